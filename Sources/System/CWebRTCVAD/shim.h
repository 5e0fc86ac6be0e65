// WebRTC's voice activity detector (BSD-3). Debian's libwebrtc_audio_processing.so exports these C functions without
// an installed header; the prototypes are those of webrtc/common_audio/vad/include/webrtc_vad.h.
#include <stddef.h>
#include <stdint.h>
typedef struct WebRtcVadInst VadInst;
VadInst *WebRtcVad_Create(void);
void WebRtcVad_Free(VadInst *handle);
int WebRtcVad_Init(VadInst *handle);
int WebRtcVad_set_mode(VadInst *handle, int mode);                                     // 0 to 3, 3 is strictest
int WebRtcVad_Process(VadInst *handle, int fs, const int16_t *frame, size_t length);  // 1, 0, or -1

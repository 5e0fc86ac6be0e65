internal import CWebRTCVAD
// WebRTC's voice activity detector as a `SpeechDetector`: 2.7 µs a frame, in fixed point; learns the noise.
package import Conversation

/// One detector of one call. Used by one thread at a time.
@safe
package final class WebRTCDetector: SpeechDetector {
    /// It decides by the spectrum: the gate only spares it the silence.
    package let marginDB: Float = 0
    private let handle: OpaquePointer
    private let mode: Int32

    /// `mode`: 0, which hears speech in much, to 3, which is strict.
    package init(mode: Int = 3) throws {
        guard (0...3).contains(mode) else {
            throw AudioError("The voice activity mode has to be 0 to 3, not \(mode).")
        }
        guard let created = unsafe WebRtcVad_Create() else {
            throw AudioError("WebRTC's voice activity detector could not be created: memory is short.")
        }
        unsafe handle = created
        self.mode = Int32(mode)
        guard unsafe WebRtcVad_Init(created) == 0, unsafe WebRtcVad_set_mode(created, self.mode) == 0 else {
            throw AudioError(
                "WebRTC's voice activity detector refused mode \(mode): is this Debian's libwebrtc-audio-processing1?")
        }
    }

    deinit { unsafe WebRtcVad_Free(handle) }

    package func isSpeech(_ frame: [Int16]) -> Bool {
        unsafe frame.withUnsafeBufferPointer { samples in
            unsafe WebRtcVad_Process(handle, Int32(VoiceActivity.sampleRate), samples.baseAddress, samples.count) == 1
        }
    }

    package func reset() {
        unsafe WebRtcVad_Init(handle)
        unsafe WebRtcVad_set_mode(handle, mode)
    }
}

/// The best detector there is here: WebRTC's strictest, or the plain energy of a frame.
package func makeDetector() -> any SpeechDetector {
    if let detector = try? WebRTCDetector() { detector } else { EnergyDetector() }
}

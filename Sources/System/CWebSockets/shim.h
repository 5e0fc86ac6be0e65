// libwebsockets 4.1.6. LWS_PRE is a computed macro, which Swift does not import.
#include <libwebsockets.h>
static const size_t voiced_lws_pre = LWS_PRE;

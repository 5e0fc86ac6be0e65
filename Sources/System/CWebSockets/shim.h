// libwebsockets 4.1.6. LWS_PRE is a computed macro, which Swift does not import.
#include <libwebsockets.h>
static const size_t voiced_lws_pre = LWS_PRE;
// A timer of the library with what its callback needs: it is handed the timer alone.
struct voiced_timer { lws_sorted_usec_list_t sul; void *owner; };

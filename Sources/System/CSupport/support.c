#define _GNU_SOURCE
#include "support.h"
#include <pthread.h>

void voiced_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }

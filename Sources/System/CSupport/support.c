#define _GNU_SOURCE
#include "support.h"
#include <pthread.h>
#include <time.h>

void voiced_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }

int voiced_monotonic_condition(pthread_cond_t *condition) {
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    int result = pthread_cond_init(condition, &attributes);
    pthread_condattr_destroy(&attributes);
    return result;
}

// What glibc offers and Swift's Glibc module does not import, or imports only as an unusable macro.
#ifndef VOICED_SUPPORT_H
#define VOICED_SUPPORT_H

#include <pthread.h>

/// Names the calling thread for gdb, top and perf: at most 15 bytes.
void voiced_name_thread(const char *name);

/// Initialises a condition whose timed waits count on CLOCK_MONOTONIC. 0 or an errno.
int voiced_monotonic_condition(pthread_cond_t *condition);

#endif

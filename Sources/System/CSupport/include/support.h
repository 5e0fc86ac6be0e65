// What glibc offers and Swift's Glibc module does not import.
#ifndef VOICED_SUPPORT_H
#define VOICED_SUPPORT_H

/// Names the calling thread for gdb, top and perf: at most 15 bytes.
void voiced_name_thread(const char *name);

#endif

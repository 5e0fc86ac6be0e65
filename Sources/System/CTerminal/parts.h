// Private to this target: what its files need of each other.
#ifndef VOICED_TERMINAL_PARTS_H
#define VOICED_TERMINAL_PARTS_H

#include <stdbool.h>
#include <stddef.h>

// keys.c. Keys come from `input`, which stays the caller's.
bool voiced_keys_open(int input);
void voiced_keys_close(void);

// capabilities.c, apart because term.h has macros for words such as "columns".
/// Whether the dashboard can live on $TERM: VOICED_TERMINAL_OK, _UNKNOWN or _TOO_SIMPLE.
int voiced_look_up_terminal(void);
/// What sets the open terminal's looks, cursor, keypad and screen back.
void voiced_restoring_text(char *buffer, size_t size);

#endif

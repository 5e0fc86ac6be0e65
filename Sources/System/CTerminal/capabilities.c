// What is known about the terminal, by its terminfo entry.
#include "parts.h"
#include "include/terminal.h"
#include <curses.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <unistd.h>

int voiced_look_up_terminal(void) {
    int result = 0;
    const char *name = getenv("TERM");
    if (!name || !*name) return VOICED_TERMINAL_UNKNOWN;
    if (setupterm(name, STDOUT_FILENO, &result) != OK) return VOICED_TERMINAL_UNKNOWN;
    const char *move = tigetstr("cup");
    bool can_move = move && move != (char *)-1;
    del_curterm(cur_term);
    return can_move ? VOICED_TERMINAL_OK : VOICED_TERMINAL_TOO_SIMPLE;
}

/// Takes out what terminfo writes for the slow terminals of old: $<5> is a pause of 5 ms.
static void drop_pauses(char *text) {
    char *kept = text;
    while (*text) {
        const char *end = text[0] == '$' && text[1] == '<' ? strchr(text, '>') : NULL;
        if (end) {
            text += end - text + 1;
        } else {
            *kept++ = *text++;
        }
    }
    *kept = 0;
}

void voiced_restoring_text(char *buffer, size_t size) {
    const char *capabilities[] = { "sgr0", "op", "cnorm", "rmkx", "rmcup" };
    buffer[0] = 0;
    for (size_t index = 0; index < sizeof capabilities / sizeof capabilities[0]; index++) {
        const char *text = tigetstr(capabilities[index]);
        if (text && text != (char *)-1) strncat(buffer, text, size - strlen(buffer) - 1);
    }
    drop_pauses(buffer);
}

// Waiting for a key, for being woken, or for a time, whichever comes first.
#define _GNU_SOURCE
#define NCURSES_WIDECHAR 1
#include "parts.h"
#include "include/terminal.h"
#include <curses.h>
#include <errno.h>
#include <poll.h>
#include <stdatomic.h>
#include <sys/eventfd.h>
#include <unistd.h>

static int input = -1;
// Made once and kept: another thread may wake at any time, also when nothing is open.
static atomic_int wake_up = -1;
static int fruitless;

bool voiced_keys_open(int descriptor) {
    input = descriptor;
    fruitless = 0;
    if (atomic_load(&wake_up) < 0) atomic_store(&wake_up, eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    return atomic_load(&wake_up) >= 0;
}

void voiced_keys_close(void) { input = -1; }

void voiced_terminal_wake(void) {
    int descriptor = atomic_load(&wake_up);
    uint64_t one = 1;
    if (descriptor >= 0 && write(descriptor, &one, sizeof one) < 0) return;
}

static int32_t special(wint_t code) {
    switch (code) {
    case KEY_UP: return VOICED_KEY_UP;
    case KEY_DOWN: return VOICED_KEY_DOWN;
    case KEY_LEFT: return VOICED_KEY_LEFT;
    case KEY_RIGHT: return VOICED_KEY_RIGHT;
    case KEY_PPAGE: return VOICED_KEY_PAGE_UP;
    case KEY_NPAGE: return VOICED_KEY_PAGE_DOWN;
    case KEY_HOME: return VOICED_KEY_HOME;
    case KEY_END: return VOICED_KEY_END;
    case KEY_ENTER: return VOICED_KEY_ENTER;
    case KEY_BACKSPACE:
    case KEY_DC: return VOICED_KEY_BACKSPACE;
    default: return VOICED_KEY_OTHER;
    }
}

/// A key that is there already; ncurses may hold some that the descriptor does not show any more.
static int32_t take(void) {
    wint_t code = 0;
    switch (get_wch(&code)) {
    case OK: return (int32_t)code;
    case KEY_CODE_YES: return special(code);
    default: return VOICED_KEY_NONE;
    }
}

bool voiced_terminal_has_key(void) {
    struct pollfd waiting = { input, POLLIN, 0 };
    return poll(&waiting, 1, 0) > 0 && waiting.revents == POLLIN;
}

int32_t voiced_terminal_key(int milliseconds) {
    int32_t key = take();
    if (key != VOICED_KEY_NONE) return key;
    struct pollfd waiting[2] = { { input, POLLIN, 0 }, { atomic_load(&wake_up), POLLIN, 0 } };
    if (poll(waiting, 2, milliseconds) <= 0) return VOICED_KEY_NONE;
    if (waiting[0].revents & (POLLHUP | POLLERR | POLLNVAL)) return VOICED_KEY_GONE;
    if (waiting[1].revents & POLLIN) {
        uint64_t count;
        if (read(waiting[1].fd, &count, sizeof count) < 0) return VOICED_KEY_NONE;
        if (!(waiting[0].revents & POLLIN)) return VOICED_KEY_WOKEN;
    }
    key = take();
    // Readable and yet nothing to read is the end of the file. Once may be half an escape sequence.
    fruitless = key == VOICED_KEY_NONE && (waiting[0].revents & POLLIN) ? fruitless + 1 : 0;
    return fruitless > 20 ? VOICED_KEY_GONE : key;
}

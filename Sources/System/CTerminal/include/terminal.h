// The few things the dashboard needs of ncurses, and of a terminal that has to be given back whatever happens. Nothing
// here knows a screen, a colour's meaning or a key's action.
//
// ncurses has one terminal per process: all functions are for the one thread that opened it, except where "any thread"
// is said. Strings are borrowed for the call.
#ifndef VOICED_TERMINAL_H
#define VOICED_TERMINAL_H

#include <stdbool.h>
#include <stdint.h>

/// What opening came to.
enum {
    VOICED_TERMINAL_OK = 0,
    VOICED_TERMINAL_NO_TTY = 1,      ///< stdin or stdout is not a terminal
    VOICED_TERMINAL_UNKNOWN = 2,     ///< TERM is not set, or nothing is known about it
    VOICED_TERMINAL_TOO_SIMPLE = 3,  ///< it cannot move its cursor
    VOICED_TERMINAL_BUSY = 4,        ///< already open
    VOICED_TERMINAL_FAILED = 5,      ///< a system call failed; errno says which way
};

/// Looks of text, to be or-ed.
enum { VOICED_BOLD = 1, VOICED_DIM = 2, VOICED_REVERSE = 4 };

/// Keys that are not characters: negative, because characters are Unicode scalars.
enum {
    VOICED_KEY_NONE = -1,
    VOICED_KEY_GONE = -2,  ///< the terminal hung up
    VOICED_KEY_WOKEN = -3, ///< voiced_terminal_wake was called
    VOICED_KEY_UP = -10,
    VOICED_KEY_DOWN = -11,
    VOICED_KEY_LEFT = -12,
    VOICED_KEY_RIGHT = -13,
    VOICED_KEY_PAGE_UP = -14,
    VOICED_KEY_PAGE_DOWN = -15,
    VOICED_KEY_HOME = -16,
    VOICED_KEY_END = -17,
    VOICED_KEY_ENTER = -18,
    VOICED_KEY_BACKSPACE = -19,
    VOICED_KEY_OTHER = -20,
};

/// Takes the terminal over. Until it is closed, 1 and 2 go to `log_path` (appended, made with mode 0600; /dev/null if
/// null), and a crash restores the terminal and prints `farewell` (copied; may be null) before it takes its course.
int voiced_terminal_open(const char *log_path, const char *farewell);

/// Gives it back as it was. Harmless when it is not open.
void voiced_terminal_close(void);

/// How many colours it has: 0, 8, 16, 256.
int voiced_terminal_colours(void);

/// Its locale is UTF-8.
bool voiced_terminal_is_utf8(void);

/// Its size; false if it does not tell.
bool voiced_terminal_size(int *columns, int *rows);

/// Lays ncurses out for a size, and forgets what is on the screen.
void voiced_terminal_resize(int columns, int rows);

/// What the cells from `row`, `column` (from 0) on hold: UTF-8 without control characters, cut at the right edge. Colours
/// are the terminal's own 0 to 15, or -1 for its default.
void voiced_terminal_put(int row, int column, const char *utf8, int looks, int foreground, int background);

/// Brings the terminal to what was put since the last time.
void voiced_terminal_flush(void);

/// The next key: a Unicode scalar, or one of the VOICED_KEY_ names. Waits up to `milliseconds`.
int32_t voiced_terminal_key(int milliseconds);

/// Another key can be read without waiting.
bool voiced_terminal_has_key(void);

/// Lets a waiting voiced_terminal_key return. Any thread; also when nothing is open.
void voiced_terminal_wake(void);

/// Blocks the signals in the calling thread that another thread takes, or that would stop it in the middle of a picture.
/// Not those of a crash, and not those by which a backtrace reaches all threads.
void voiced_terminal_block_signals(void);

#endif

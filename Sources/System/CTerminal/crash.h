// Private to this target: giving the terminal back from a crash.
#ifndef VOICED_TERMINAL_CRASH_H
#define VOICED_TERMINAL_CRASH_H

#include <termios.h>

/// What a handler has to know before anything has gone wrong. All descriptors are the caller's and stay open until
/// voiced_crash_disarm has returned.
struct voiced_crash_plan {
    int output;            ///< ncurses draws here: it is silenced, because another thread may be drawing
    int terminal;          ///< a private duplicate, to restore through
    int saved_stdout;      ///< what 1 and 2 were, to be put back, so that the crash can be read
    int saved_stderr;
    struct termios modes;  ///< the terminal's, from before
    char restore[256];     ///< what sets its screen, cursor, colours and keypad back
    char farewell[512];    ///< printed then; may be empty
};

/// Handles SEGV, ABRT, BUS, ILL, FPE and TRAP until disarmed. The plan is copied.
void voiced_crash_arm(const struct voiced_crash_plan *plan);
void voiced_crash_disarm(void);

#endif

// Opening, drawing and giving back. Keys are in keys.c, crashes in crash.c.
#define _GNU_SOURCE
#define NCURSES_WIDECHAR 1
#include "include/terminal.h"
#include "crash.h"
#include "parts.h"
#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

static SCREEN *screen;
static FILE *output, *input;
static int saved_stdout = -1, saved_stderr = -1, private_terminal = -1;
static struct termios modes;
static struct sigaction stop_action;
static bool is_utf8;
// Pairs of ncurses, made as they are asked for: [foreground + 1][background + 1], 0 for not yet.
static short pairs[17][17];
static short next_pair;

static void set_locale(void) {
    setlocale(LC_CTYPE, "");
    is_utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    // ncurses needs some multibyte locale to hold what it is given, even where only ASCII is drawn.
    if (!is_utf8) setlocale(LC_CTYPE, "C.UTF-8");
}

static void arm(const char *farewell) {
    struct voiced_crash_plan plan;
    memset(&plan, 0, sizeof plan);
    plan.output = fileno(output);
    plan.terminal = private_terminal;
    plan.saved_stdout = saved_stdout;
    plan.saved_stderr = saved_stderr;
    plan.modes = modes;
    voiced_restoring_text(plan.restore, sizeof plan.restore);
    if (farewell) strncpy(plan.farewell, farewell, sizeof plan.farewell - 1);
    voiced_crash_arm(&plan);
}

/// Duplicates that are not inherited by programs we start.
static int duplicate(int descriptor) { return fcntl(descriptor, F_DUPFD_CLOEXEC, 3); }

static bool open_streams(void) {
    saved_stdout = duplicate(STDOUT_FILENO);
    saved_stderr = duplicate(STDERR_FILENO);
    private_terminal = duplicate(STDOUT_FILENO);
    int out = duplicate(STDOUT_FILENO), in = duplicate(STDIN_FILENO);
    output = out >= 0 ? fdopen(out, "w") : NULL;
    input = in >= 0 ? fdopen(in, "r") : NULL;
    return saved_stdout >= 0 && saved_stderr >= 0 && private_terminal >= 0 && output && input;
}

static bool redirect(const char *log_path) {
    int log = open(log_path ? log_path : "/dev/null", O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (log < 0) return false;
    bool done = dup2(log, STDOUT_FILENO) >= 0 && dup2(log, STDERR_FILENO) >= 0;
    close(log);
    return done;
}

static void close_streams(void) {
    if (saved_stdout >= 0) dup2(saved_stdout, STDOUT_FILENO);
    if (saved_stderr >= 0) dup2(saved_stderr, STDERR_FILENO);
    int *descriptors[] = { &saved_stdout, &saved_stderr, &private_terminal };
    for (int index = 0; index < 3; index++) {
        if (*descriptors[index] >= 0) close(*descriptors[index]);
        *descriptors[index] = -1;
    }
    if (output) fclose(output);
    if (input) fclose(input);
    output = input = NULL;
}

static void set_modes(void) {
    // raw is cbreak with ISIG and IXON off: ^C and ^Z are keys, and ^S cannot hold up the thread that draws.
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    set_escdelay(25);
    curs_set(0);
    if (has_colors()) {
        start_color();
        use_default_colors();
    }
    memset(pairs, 0, sizeof pairs);
    next_pair = 1;
}

/// newterm takes signals over that are the server's to handle: they are taken back. A stop signal would leave the
/// terminal as it is with nobody to draw on it; until suspending is a feature, it does nothing.
static SCREEN *new_screen(void) {
    static const int numbers[] = { SIGINT, SIGTERM, SIGWINCH, SIGTSTP };
    struct sigaction before[4];
    for (int index = 0; index < 4; index++) sigaction(numbers[index], NULL, &before[index]);
    SCREEN *made = newterm(NULL, output, input);
    for (int index = 0; index < 4; index++) sigaction(numbers[index], &before[index], NULL);
    stop_action = before[3];
    if (made) signal(SIGTSTP, SIG_IGN);
    return made;
}

int voiced_terminal_open(const char *log_path, const char *farewell) {
    if (screen) return VOICED_TERMINAL_BUSY;
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) return VOICED_TERMINAL_NO_TTY;
    int known = voiced_look_up_terminal();
    if (known != VOICED_TERMINAL_OK) return known;
    set_locale();
    if (tcgetattr(STDIN_FILENO, &modes) != 0 || !open_streams() || !voiced_keys_open(fileno(input)) ||
        !redirect(log_path)) {
        int error = errno;
        voiced_keys_close();
        close_streams();
        errno = error;
        return VOICED_TERMINAL_FAILED;
    }
    screen = new_screen();
    if (!screen) {
        voiced_keys_close();
        close_streams();
        return VOICED_TERMINAL_UNKNOWN;
    }
    set_modes();
    arm(farewell);
    return VOICED_TERMINAL_OK;
}

void voiced_terminal_close(void) {
    if (!screen) return;
    endwin();
    voiced_crash_disarm();
    delscreen(screen);
    screen = NULL;
    // endwin has set the modes back; the ones from before it all are the truth.
    tcsetattr(private_terminal, TCSADRAIN, &modes);
    sigaction(SIGTSTP, &stop_action, NULL);
    voiced_keys_close();
    close_streams();
}

int voiced_terminal_colours(void) { return has_colors() ? COLORS : 0; }

bool voiced_terminal_is_utf8(void) { return is_utf8; }

bool voiced_terminal_size(int *columns, int *rows) {
    struct winsize size;
    if (ioctl(private_terminal, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return false;
    *columns = size.ws_col;
    *rows = size.ws_row;
    return true;
}

void voiced_terminal_resize(int columns, int rows) {
    resizeterm(rows, columns);
    clearok(curscr, TRUE);
    erase();
}

static short pair(int foreground, int background) {
    if (!has_colors() || foreground > 15 || background > 15) return 0;
    if (foreground < 0 && background < 0) return 0;
    short *number = &pairs[foreground + 1][background + 1];
    if (*number == 0 && next_pair < COLOR_PAIRS) {
        init_pair(next_pair, (short)foreground, (short)background);
        *number = next_pair++;
    }
    return *number;
}

static attr_t attributes(int looks, int *foreground) {
    attr_t attributes = A_NORMAL;
    if (looks & VOICED_BOLD) attributes |= A_BOLD;
    if (looks & VOICED_DIM) attributes |= A_DIM;
    if (looks & VOICED_REVERSE) attributes |= A_REVERSE;
    // Bright colours where there are only eight: grey is dim, the others are bold.
    if (*foreground >= 8 && COLORS < 16) {
        attributes |= *foreground == 8 ? A_DIM : A_BOLD;
        *foreground = *foreground == 8 ? -1 : *foreground - 8;
    }
    return attributes;
}

void voiced_terminal_put(int row, int column, const char *utf8, int looks, int foreground, int background) {
    wchar_t text[1024];
    size_t count = 0;
    mbstate_t state;
    memset(&state, 0, sizeof state);
    while (*utf8 && count < 1023) {
        size_t length = mbrtowc(&text[count], utf8, MB_CUR_MAX, &state);
        if (length == 0 || length > MB_CUR_MAX) break;
        // What the C library has no width for would be drawn as ^X or worse.
        if (wcwidth(text[count]) < 0) text[count] = L'?';
        utf8 += length;
        count++;
    }
    text[count] = 0;
    attr_t looked = attributes(looks, &foreground);
    attr_set(looked, pair(foreground, background), NULL);
    mvaddnwstr(row, column, text, (int)count);
}

void voiced_terminal_flush(void) { refresh(); }

void voiced_terminal_block_signals(void) {
    static const int blocked[] = { SIGHUP,  SIGINT,  SIGQUIT, SIGTERM, SIGPIPE, SIGALRM, SIGCHLD,
                                   SIGTSTP, SIGTTIN, SIGTTOU, SIGWINCH };
    sigset_t set;
    sigemptyset(&set);
    for (size_t index = 0; index < sizeof blocked / sizeof blocked[0]; index++) sigaddset(&set, blocked[index]);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
}

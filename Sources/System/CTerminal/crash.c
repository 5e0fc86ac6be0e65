// A crash while the dashboard is up: the terminal is given back first, then the crash takes the course it would have
// taken. Only what POSIX lists as async-signal-safe is called in the handler.
#define _GNU_SOURCE
#include "crash.h"
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

static const int crashes[] = { SIGSEGV, SIGABRT, SIGBUS, SIGILL, SIGFPE, SIGTRAP };
enum { CRASHES = sizeof crashes / sizeof crashes[0] };

static struct voiced_crash_plan plan;
static struct sigaction before[CRASHES];
static int null_device = -1;
static atomic_int is_armed;

static void say(const char *text) {
    size_t length = strlen(text);
    while (length > 0) {
        ssize_t written = write(plan.terminal, text, length);
        if (written <= 0) return;
        text += written;
        length -= (size_t)written;
    }
}

static void handle(int number, siginfo_t *info, void *context) {
    (void)context;
    // Only the first thread to crash does it.
    if (atomic_exchange(&is_armed, 0)) {
        dup2(null_device, plan.output);
        say(plan.restore);
        tcsetattr(plan.terminal, TCSANOW, &plan.modes);
        dup2(plan.saved_stdout, STDOUT_FILENO);
        dup2(plan.saved_stderr, STDERR_FILENO);
        say(plan.farewell);
    }
    // A fault of our own happens again as soon as this returns, and then meets the handler from before (Swift's backtrace)
    // with all its details. What this process raised, as abort does, or what was sent from outside has to be sent again;
    // from outside it meets the default, because its backtrace could hang.
    int is_own = info->si_code > 0 || info->si_code == SI_TKILL;
    int is_fault = info->si_code > 0 && number != SIGABRT && number != SIGTRAP;
    for (int index = 0; index < CRASHES; index++) {
        if (crashes[index] != number) continue;
        if (is_own) {
            sigaction(number, &before[index], NULL);
        } else {
            signal(number, SIG_DFL);
        }
    }
    if (!is_fault) raise(number);
}

void voiced_crash_arm(const struct voiced_crash_plan *wanted) {
    plan = *wanted;
    null_device = open("/dev/null", O_WRONLY | O_CLOEXEC);
    atomic_store(&is_armed, 1);
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = handle;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    sigfillset(&action.sa_mask);
    for (int index = 0; index < CRASHES; index++) sigaction(crashes[index], &action, &before[index]);
}

void voiced_crash_disarm(void) {
    atomic_store(&is_armed, 0);
    for (int index = 0; index < CRASHES; index++) sigaction(crashes[index], &before[index], NULL);
    if (null_device >= 0) close(null_device);
    null_device = -1;
}

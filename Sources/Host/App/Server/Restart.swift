// Swift's crash reporter asks for a key on a terminal and would leave the dashboard's screen as it is. It reads its
// settings when the process starts, so they have to be there before.
internal import Glibc

enum Crash {
    /// Runs this program anew with a crash reporter that asks nothing, unless its user has set one.
    static func restartWithoutQuestions() {
        guard unsafe getenv("SWIFT_BACKTRACE") == nil else { return }
        unsafe setenv("SWIFT_BACKTRACE", "enable=no", 1)
        // Signals blocked so far stay blocked across exec; `main` blocks them again anyway.
        unsafe _ = execv("/proc/self/exe", CommandLine.unsafeArgv)
        // Not executed: then the reporter stays as it was, and the server runs all the same.
    }
}

// The signals that ask the server to end. They are blocked everywhere and taken by one thread.
internal import Glibc
internal import Support

enum Signals {
    /// Blocks in the calling thread, and so in all that it starts, what `await` takes. Call first of all in `main`.
    static func block() {
        blockSignals()
        // A peer that has gone is an error code of write, not the end of the process.
        _ = signal(SIGPIPE, SIG_IGN)
    }

    /// For commands that have nothing to put in order: the first such signal ends the process.
    static func endProcess() { watch { _ in _exit(128 + SIGINT) } }

    /// Calls `body` with the name of each INT, TERM or HUP that arrives, on a thread of its own.
    static func watch(_ body: @escaping @Sendable (String) -> Void) {
        startThread("signals") {
            var wanted = sigset_t()
            unsafe sigemptyset(&wanted)
            for signal in [SIGINT, SIGTERM, SIGHUP] { unsafe sigaddset(&wanted, signal) }
            while true {
                var number: Int32 = 0
                guard unsafe sigwait(&wanted, &number) == 0 else { continue }
                body(number == SIGINT ? "SIGINT" : number == SIGTERM ? "SIGTERM" : "SIGHUP")
            }
        }
    }
}

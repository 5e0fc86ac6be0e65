// Threads of our own, for what blocks: C libraries' loops and plugins' work.
internal import CSupport
internal import Glibc

/// Starts a thread that runs `body` and ends with it. All signals are blocked in it: the process takes them in one place.
/// `name` shows in gdb and top, 15 bytes at most.
package func startThread(_ name: StaticString, _ body: @escaping @Sendable () -> Void) {
    let start = unsafe Unmanaged.passRetained(ThreadStart(name: name, body: body))
    var attributes = pthread_attr_t()
    unsafe pthread_attr_init(&attributes)
    unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    var thread = pthread_t()
    let result = unsafe pthread_create(
        &thread, &attributes,
        { context in
            guard let context = unsafe context else { return nil }
            let start = unsafe Unmanaged<ThreadStart>.fromOpaque(context).takeRetainedValue()
            blockSignals()
            unsafe UnsafeRawPointer(start.name.utf8Start).withMemoryRebound(to: CChar.self, capacity: 1) {
                unsafe voiced_name_thread($0)
            }
            start.body()
            return nil
        }, start.toOpaque())
    unsafe pthread_attr_destroy(&attributes)
    // Out of threads at start-up: nothing of ours could go on without this one.
    precondition(result == 0, "cannot start the thread \(name): error \(result)")
}

/// Blocks every signal in the calling thread but those that a crash raises.
package func blockSignals() {
    var signals = sigset_t()
    unsafe sigfillset(&signals)
    for crash in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT] { unsafe sigdelset(&signals, crash) }
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
}

private final class ThreadStart: Sendable {
    let name: StaticString
    let body: @Sendable () -> Void

    init(name: StaticString, body: @escaping @Sendable () -> Void) {
        self.name = name
        self.body = body
    }
}

// Starting a thread of our own, for what may not run on the pool that tasks share.
internal import CSupport
internal import Glibc

/// Starts a detached thread that runs `body` and ends with it. All signals but those of a crash are blocked in it: the
/// process takes them in one place. `name` is what top and gdb show, at most 15 bytes of it.
/// False where the system has no thread left to give.
@discardableResult
package func startThread(_ name: String, _ body: @escaping @Sendable () -> Void) -> Bool {
    let start = unsafe Unmanaged.passRetained(ThreadStart(name: name, body: body))
    var thread = pthread_t()
    var attributes = pthread_attr_t()
    unsafe pthread_attr_init(&attributes)
    defer { unsafe pthread_attr_destroy(&attributes) }
    unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    let status = unsafe pthread_create(
        &thread, &attributes,
        { argument in
            guard let argument = unsafe argument else { return nil }
            let start = unsafe Unmanaged<ThreadStart>.fromOpaque(argument).takeRetainedValue()
            blockSignals()
            unsafe voiced_name_thread(start.name)
            start.body()
            return nil
        }, start.toOpaque())
    if status != 0 { unsafe start.release() }
    return status == 0
}

/// Blocks every signal in the calling thread but those that a crash raises. Those are open from here on, whatever this
/// thread had inherited: a dispatch worker blocks SIGABRT, and a program that it executes would too.
package func blockSignals() {
    var signals = sigset_t()
    unsafe sigfillset(&signals)
    for crash in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT] { unsafe sigdelset(&signals, crash) }
    unsafe pthread_sigmask(SIG_SETMASK, &signals, nil)
}

private final class ThreadStart: Sendable {
    let name: String
    let body: @Sendable () -> Void

    init(name: String, body: @escaping @Sendable () -> Void) {
        self.name = String(decoding: name.utf8.prefix(15), as: UTF8.self)
        self.body = body
    }
}

// A value behind a lock that threads can wait on. For threads of our own only: a task that waited here would hold one
// of the few threads of the shared pool.
internal import Glibc

/// A value that threads take turns with and wait for. The waits run on the monotonic clock, so nothing stirs when the
/// wall clock is set.
@safe
package final class Monitor<Value>: @unchecked Sendable {
    // @unchecked: `value` is only touched between lock and unlock.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let changed: UnsafeMutablePointer<pthread_cond_t>
    private var value: Value

    /// What a waiting thread does next.
    package enum Step<Result> {
        /// The wait is over.
        case leave(Result)
        /// Asleep until the next signal.
        case sleep
        /// Asleep until the next signal, or this point on the monotonic clock (ns) at the latest.
        case sleepUntil(Int64)
    }

    /// Puts `value` in.
    package init(_ value: Value) {
        self.value = value
        unsafe mutex = .allocate(capacity: 1)
        unsafe mutex.initialize(to: pthread_mutex_t())
        unsafe pthread_mutex_init(mutex, nil)
        unsafe changed = .allocate(capacity: 1)
        unsafe changed.initialize(to: pthread_cond_t())
        var attributes = pthread_condattr_t()
        unsafe pthread_condattr_init(&attributes)
        unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        unsafe pthread_cond_init(changed, &attributes)
        unsafe pthread_condattr_destroy(&attributes)
    }

    deinit {
        unsafe pthread_cond_destroy(changed)
        unsafe changed.deallocate()
        unsafe pthread_mutex_destroy(mutex)
        unsafe mutex.deallocate()
    }

    /// Runs `body` with the value, alone. Not reentrant; keep it short.
    package func withLock<Result>(_ body: (inout sending Value) -> sending Result) -> sending Result {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        return body(&value)
    }

    /// Asks `body` at once and after every signal and deadline, until it leaves.
    package func wait<Result: Sendable>(_ body: (inout Value) -> Step<Result>) -> Result {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        while true {
            switch body(&value) {
            case .leave(let result): return result
            case .sleep: unsafe pthread_cond_wait(changed, mutex)
            case .sleepUntil(let deadline):
                var time = timespec(tv_sec: Int(deadline / 1_000_000_000), tv_nsec: Int(deadline % 1_000_000_000))
                unsafe pthread_cond_timedwait(changed, mutex, &time)
            }
        }
    }

    /// Wakes one waiting thread.
    package func signal() { unsafe pthread_cond_signal(changed) }

    /// Wakes every waiting thread.
    package func signalAll() { unsafe pthread_cond_broadcast(changed) }
}

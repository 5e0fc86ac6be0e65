// A flag one thread waits for and others raise.
internal import CSupport
internal import Glibc

/// Raised by any thread, waited for by one. A raise that comes before the wait is not lost.
@safe
package final class Signal: @unchecked Sendable {
    // @unchecked: `isRaised` is only touched under the mutex.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var isRaised = false

    /// A signal that is not raised.
    package init() {
        unsafe mutex = .allocate(capacity: 1)
        unsafe mutex.initialize(to: pthread_mutex_t())
        unsafe pthread_mutex_init(mutex, nil)
        unsafe condition = .allocate(capacity: 1)
        unsafe condition.initialize(to: pthread_cond_t())
        unsafe voiced_monotonic_condition(condition)
    }

    deinit {
        unsafe pthread_cond_destroy(condition)
        unsafe condition.deallocate()
        unsafe pthread_mutex_destroy(mutex)
        unsafe mutex.deallocate()
    }

    /// Wakes the waiting thread, or the next one to wait.
    package func raise() {
        unsafe pthread_mutex_lock(mutex)
        let wasRaised = isRaised
        isRaised = true
        unsafe pthread_mutex_unlock(mutex)
        if !wasRaised { unsafe pthread_cond_signal(condition) }
    }

    /// Blocks until the signal is raised or `milliseconds` have passed, lowers it, and says whether it was raised.
    @discardableResult
    package func wait(milliseconds: Int) -> Bool {
        var deadline = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &deadline)
        let nanoseconds = deadline.tv_nsec + (milliseconds % 1000) * 1_000_000
        deadline.tv_sec += milliseconds / 1000 + nanoseconds / 1_000_000_000
        deadline.tv_nsec = nanoseconds % 1_000_000_000
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        while !isRaised, unsafe pthread_cond_timedwait(condition, mutex, &deadline) == 0 {}
        defer { isRaised = false }
        return isRaised
    }
}

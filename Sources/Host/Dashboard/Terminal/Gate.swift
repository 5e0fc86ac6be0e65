// One thread waiting for another, with a limit.
internal import Glibc

/// Closed until it is opened, once.
@safe
final class Gate: @unchecked Sendable {
    // @unchecked: POSIX makes semaphores safe to use from all threads.
    private let semaphore: UnsafeMutablePointer<sem_t>

    init() {
        unsafe semaphore = .allocate(capacity: 1)
        unsafe semaphore.initialize(to: sem_t())
        unsafe sem_init(semaphore, 0, 0)
    }

    deinit {
        unsafe sem_destroy(semaphore)
        unsafe semaphore.deallocate()
    }

    func open() { unsafe sem_post(semaphore) }

    /// Waits until it is open. False if that took longer than allowed.
    @discardableResult
    func wait(seconds: Int) -> Bool {
        var until = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &until)
        until.tv_sec += seconds
        while unsafe sem_timedwait(semaphore, &until) != 0 {
            if errno != EINTR { return false }
        }
        unsafe sem_post(semaphore)
        return true
    }
}

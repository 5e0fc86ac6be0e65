// A flag one thread waits for and others raise.

/// Raised by any thread, waited for by one thread of our own. A raise that comes before the wait is not lost.
package final class Signal: Sendable {
    private let isRaised = Monitor(false)

    /// A signal that is not raised.
    package init() {}

    /// Wakes the waiting thread, or the next one to wait.
    package func raise() {
        isRaised.withLock { $0 = true }
        isRaised.signal()
    }

    /// Blocks until the signal is raised or `milliseconds` have passed, lowers it, and says whether it was raised.
    @discardableResult
    package func wait(milliseconds: Int) -> Bool {
        let deadline = MonotonicClock.nanoseconds() + Int64(milliseconds) * 1_000_000
        return isRaised.wait { isRaised in
            if isRaised {
                isRaised = false
                return .leave(true)
            }
            return MonotonicClock.nanoseconds() >= deadline ? .leave(false) : .sleepUntil(deadline)
        }
    }
}

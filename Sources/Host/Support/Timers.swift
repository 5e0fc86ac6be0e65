// All timers of the server on one thread. What they call is short; who has more to do hands it on.

/// One timer that has been set.
package struct TimerToken: Sendable, Hashable {
    fileprivate let serial: UInt64
}

/// Calls back after a time, on one thread of its own, which starts with the first timer. Deadlines are rounded up to
/// the next millisecond, so that a hundred timers of about the same time cost one wake-up.
package final class Timers: Sendable {
    private struct State {
        var queue = DeadlineQueue()
        var actions: [UInt64: @Sendable () -> Void] = [:]
        var lastSerial: UInt64 = 0
        var hasThread = false
        var isStopped = false
    }

    private static let grain: Int64 = 1_000_000

    // A class of its own for the thread to hold, so that it does not keep the timers alive.
    private let state = Monitor(State())

    /// No timers yet, and no thread.
    package init() {}

    deinit { stop() }

    /// Calls `fire` once on the timer thread, not before `nanoseconds` have passed. It must be short. Never after
    /// `stop`.
    @discardableResult
    package func schedule(after nanoseconds: Int64, _ fire: @escaping @Sendable () -> Void) -> TimerToken {
        let due = MonotonicClock.nanoseconds() &+ min(max(nanoseconds, 0), .max / 4)
        let deadline = (due / Self.grain + 1) * Self.grain
        let (token, isNext, needsThread) = state.withLock { state in
            state.lastSerial += 1
            let token = TimerToken(serial: state.lastSerial)
            guard !state.isStopped else { return (token, false, false) }
            let isNext = state.queue.first.map { deadline < $0.deadline } ?? true
            state.queue.insert(DeadlineQueue.Entry(deadline: deadline, serial: token.serial))
            state.actions[token.serial] = fire
            let needsThread = !state.hasThread
            state.hasThread = true
            return (token, isNext, needsThread)
        }
        if needsThread {
            let state = state
            startThread("timers") { Self.run(state) }
        } else if isNext {
            state.signal()
        }
        return token
    }

    /// After it returns the timer does not begin to fire any more; it may be in the middle of it on its thread.
    package func cancel(_ token: TimerToken) {
        // Dropped outside the lock: the closure may hold the last reference to something whose end comes back here.
        let action = state.withLock { state in
            let action = state.actions.removeValue(forKey: token.serial)
            // Entries of cancelled timers stay in the queue until they are most of it.
            if state.queue.count > 64, state.queue.count > state.actions.count * 2 {
                let actions = state.actions
                state.queue.keep { actions[$0.serial] != nil }
            }
            return action
        }
        _ = action
    }

    /// Drops every timer and ends the thread. Does not wait for it.
    package func stop() {
        let dropped = state.withLock { state in
            state.isStopped = true
            defer { state.actions = [:] }
            return state.actions
        }
        state.signal()
        _ = dropped
    }

    private static func run(_ state: Monitor<State>) {
        while let fire = nextDue(state) { fire() }
    }

    /// Waits for the next deadline and takes its action out, one at a time, so that a cancel can still reach what is
    /// due at the same moment; nil when the timers have been stopped.
    private static func nextDue(_ state: Monitor<State>) -> (@Sendable () -> Void)? {
        state.wait { state in
            if state.isStopped { return .leave(nil) }
            while let first = state.queue.first {
                guard let action = state.actions[first.serial] else {
                    state.queue.removeFirst()
                    continue
                }
                if first.deadline > MonotonicClock.nanoseconds() { return .sleepUntil(first.deadline) }
                state.queue.removeFirst()
                state.actions[first.serial] = nil
                return .leave(action)
            }
            return .sleep
        }
    }
}

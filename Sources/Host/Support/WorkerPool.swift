// A bounded set of threads for work that may block, so that it cannot hold the few threads that tasks share.

/// Runs jobs on threads of its own, first come, first served. Threads start when there is work for them and stay. When
/// the pool is dropped its threads finish what is queued and end.
package final class WorkerPool: Sendable {
    private struct State {
        var jobs = FIFO<@Sendable () -> Void>()
        var threads = 0
        var idle = 0
        var isStopping = false
    }

    private enum Next {
        case job(@Sendable () -> Void)
        case end
    }

    private let name: String
    private let limit: Int
    // A class of its own for the threads to hold, so that they do not keep the pool alive.
    private let state = Monitor(State())

    /// A pool of at most `threads` threads, which top and gdb show under `name`.
    package init(_ name: String, threads: Int) {
        self.name = name
        limit = max(threads, 1)
    }

    deinit { stop() }

    /// Queues a job. The queue has no bound of its own: each of its users queues one job at a time. Ignored after
    /// `stop`.
    package func submit(_ job: @escaping @Sendable () -> Void) {
        let limit = limit
        let needsThread = state.withLock { state in
            if state.isStopping { return false }
            state.jobs.append(job)
            guard state.idle < state.jobs.count, state.threads < limit else { return false }
            state.threads += 1
            return true
        }
        if needsThread { addThread() } else { state.signal() }
    }

    /// What is queued still runs; then the threads end. Does not wait for them.
    package func stop() {
        state.withLock { $0.isStopping = true }
        state.signalAll()
    }

    private func addThread() {
        let state = state
        let started = startThread(name) { Self.work(state) }
        // Out of threads: the others, if there are any, do the job when they come to it.
        if !started { state.withLock { $0.threads -= 1 } }
    }

    private static func work(_ state: Monitor<State>) {
        while case .job(let job) = next(state) { job() }
    }

    private static func next(_ state: Monitor<State>) -> Next {
        var wasIdle = false
        return state.wait { state in
            if wasIdle { state.idle -= 1 }
            wasIdle = false
            if let job = state.jobs.popFirst() { return .leave(.job(job)) }
            if state.isStopping {
                state.threads -= 1
                return .leave(.end)
            }
            state.idle += 1
            wasIdle = true
            return .sleep
        }
    }
}

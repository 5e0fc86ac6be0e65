// A thread that is the executor of one actor: "one C library, one thread, one actor". It knows nothing of the library;
// a `ThreadLoop` brings the library's own waiting.
internal import Glibc

/// A library's event loop, run on an `OwnThread` in place of the thread's plain waiting.
package protocol ThreadLoop: AnyObject, Sendable {
    /// Called once on the thread, outside any job. Returns when the loop is over; the thread then waits plainly again.
    func run()
    /// Makes `run` call `OwnThread.runJobs()` soon. Any thread, must not block; also called before `run` has begun
    /// (then it must not be lost) and after it has ended (then it does nothing).
    func wake()
}

/// One thread that runs the jobs of one actor, in order, and between them a library's event loop.
/// The thread lives until `finish()`; all signals but those of a crash are blocked in it.
@safe
package final class OwnThread: SerialExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        var loop: (any ThreadLoop)?
        /// Somebody has called for a turn since the last one: a burst costs one wake-up.
        var isWoken = false
        var isFinished = false
        var thread: pthread_t?
    }

    private let state = Locked(State())
    private let bell = Bell()
    private let name: String

    /// Starts the thread. `name` is for gdb, top and perf: at most 15 bytes of it are seen.
    package init(name: String) {
        self.name = name
        // The thread keeps its executor alive until it ends.
        let hasStarted = startThread(name) { [self] in main() }
        precondition(hasStarted, "no thread for \(name): the system has no more of them")
    }

    /// Hands the thread a loop that it runs as soon as the present job has ended. One at a time.
    package func attach(_ loop: any ThreadLoop) {
        state.withLock { $0.loop = loop }
        wake()
    }

    /// Asks for a turn of the loop. Any thread; cheap when one is already due.
    package func wake() {
        // Under the lock, so that no loop is woken after the thread has taken it away.
        state.withLock { state in
            guard !state.isWoken else { return }
            state.isWoken = true
            if let loop = state.loop { loop.wake() } else { bell.ring() }
        }
    }

    /// Runs what has been queued since the last call. Only on the thread, only from `ThreadLoop.run`.
    package func runJobs() {
        let jobs = state.withLock { state in
            state.isWoken = false
            let jobs = state.jobs
            state.jobs.removeAll(keepingCapacity: true)
            return jobs
        }
        for job in jobs {
            unsafe job.runSynchronously(on: asUnownedSerialExecutor())
        }
    }

    /// Lets the thread end once its loop, if it has one, is over. Whoever owns the actor calls it last.
    package func finish() {
        state.withLock { $0.isFinished = true }
        wake()
    }

    /// Whether the caller is on this thread.
    package var isCurrent: Bool {
        state.withLock { state in state.thread.map { pthread_equal($0, pthread_self()) != 0 } ?? false }
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let unowned = UnownedJob(job)
        state.withLock { $0.jobs.append(unowned) }
        wake()
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        unsafe UnownedSerialExecutor(ordinary: self)
    }

    package func checkIsolated() {
        precondition(isCurrent, "not on the thread \(name)")
    }

    private func main() {
        state.withLock { $0.thread = pthread_self() }
        while true {
            runJobs()
            if let loop = state.withLock({ $0.loop }) {
                loop.run()
                state.withLock { $0.loop = nil }
                continue
            }
            if state.withLock({ $0.isFinished && $0.jobs.isEmpty }) { return }
            bell.wait()
        }
    }
}

/// Counts rings; `wait` takes one and sleeps while there is none.
@safe
private final class Bell: @unchecked Sendable {
    // @unchecked: a semaphore is made for being shared.
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() {
        unsafe semaphore.initialize(to: sem_t())
        unsafe sem_init(semaphore, 0, 0)
    }

    deinit {
        unsafe sem_destroy(semaphore)
        unsafe semaphore.deallocate()
    }

    func ring() {
        unsafe sem_post(semaphore)
    }

    func wait() {
        while unsafe sem_wait(semaphore) != 0 {}
    }
}

// Worker threads: bounded, all used, in order.
import Testing

@testable import Support

@Suite struct WorkerPoolTests {
    /// Lets threads meet: a job waits here until so many others have come.
    private final class Gate: Sendable {
        private let state = Monitor((inside: 0, most: 0, isOpen: false))

        func enter() {
            state.withLock { state in
                state.inside += 1
                state.most = max(state.most, state.inside)
            }
            state.signalAll()
            state.wait { $0.isOpen ? .leave(()) : .sleep }
            state.withLock { $0.inside -= 1 }
        }

        func open() {
            state.withLock { $0.isOpen = true }
            state.signalAll()
        }

        /// False where they have not come within 20 s.
        func await(_ count: Int) -> Bool {
            let deadline = MonotonicClock.nanoseconds() + 20_000_000_000
            return state.wait { state in
                if state.inside >= count { return .leave(true) }
                return MonotonicClock.nanoseconds() > deadline ? .leave(false) : .sleepUntil(deadline)
            }
        }

        var most: Int { state.withLock { $0.most } }
    }

    private func finish(_ pool: WorkerPool) async {
        await withCheckedContinuation { continuation in pool.submit { continuation.resume() } }
    }

    @Test func asManyJobsRunAtOnceAsThereAreThreadsAndNoMore() async {
        let pool = WorkerPool("test", threads: 3)
        let gate = Gate()
        for _ in 0..<10 { pool.submit { gate.enter() } }
        #expect(gate.await(3))
        gate.open()
        await finish(pool)
        #expect(gate.most == 3)
    }

    @Test func oneThreadKeepsTheOrder() async {
        let pool = WorkerPool("test", threads: 1)
        let order = Locked<[Int]>([])
        for number in 0..<500 { pool.submit { order.withLock { $0.append(number) } } }
        await finish(pool)
        #expect(order.withLock { $0 } == Array(0..<500))
    }

    @Test func jobsFromManyThreadsAllRun() async {
        let pool = WorkerPool("test", threads: 2)
        let count = Locked(0)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    for _ in 0..<50 {
                        await withCheckedContinuation { continuation in
                            pool.submit {
                                count.withLock { $0 += 1 }
                                continuation.resume()
                            }
                        }
                    }
                }
            }
        }
        #expect(count.withLock { $0 } == 1000)
    }

    @Test func whatIsQueuedStillRunsAfterStop() async {
        let pool = WorkerPool("test", threads: 1)
        let gate = Gate()
        pool.submit { gate.enter() }
        #expect(gate.await(1))
        await withCheckedContinuation { continuation in
            pool.submit { continuation.resume() }
            pool.stop()
            pool.submit { Issue.record("a job ran that came after stop") }
            gate.open()
        }
    }

    @Test func aQueueTakesFromAnywhereAndKeepsItsOrder() {
        var queue = FIFO<Int>()
        for number in 0..<200 { queue.append(number) }
        for number in 0..<100 { #expect(queue.popFirst() == number) }
        #expect(queue.removeAll { $0.isMultiple(of: 3) } == 33)
        #expect(queue.removeFirst { $0 > 150 } == 151)
        #expect(queue.count == 66)
        var rest: [Int] = []
        while let number = queue.popFirst() { rest.append(number) }
        #expect(rest == (100..<200).filter { !$0.isMultiple(of: 3) && $0 != 151 })
        #expect(queue.isEmpty && queue.popFirst() == nil)
    }
}

// Timers in real time, with bounds that only a broken one misses.
import Testing

@testable import Support

@Suite struct TimersTests {
    /// What has fired, in order.
    private final class Log: Sendable {
        let fired = Locked<[Int]>([])
        func note(_ number: Int) { fired.withLock { $0.append(number) } }
    }

    private func wait(_ timers: Timers, milliseconds: Int64) async {
        await withCheckedContinuation { continuation in
            timers.schedule(after: milliseconds * 1_000_000) { continuation.resume() }
        }
    }

    /// Keeps the timers' thread busy until `open` is called, so that what is due then is for the test to say and not for
    /// a busy machine.
    private struct Hold {
        private let isOpen = Monitor(false)

        init(_ timers: Timers) {
            let isOpen = isOpen
            timers.schedule(after: 0) { isOpen.wait { $0 ? .leave(()) : .sleep } }
        }

        func open() {
            isOpen.withLock { $0 = true }
            isOpen.signalAll()
        }
    }

    @Test func theyFireInTheOrderOfTheirDeadlinesAndNotTooEarly() async {
        let timers = Timers()
        let log = Log()
        let start = MonotonicClock.nanoseconds()
        let early = Locked(false)
        let hold = Hold(timers)
        for (number, milliseconds) in [(3, 300), (1, 100), (2, 200), (0, 0)] as [(Int, Int64)] {
            timers.schedule(after: milliseconds * 1_000_000) {
                if MonotonicClock.nanoseconds() - start < milliseconds * 1_000_000 { early.withLock { $0 = true } }
                log.note(number)
            }
        }
        hold.open()
        await wait(timers, milliseconds: 350)
        #expect(log.fired.withLock { $0 } == [0, 1, 2, 3])
        #expect(early.withLock { $0 } == false)
    }

    @Test func aCancelledTimerDoesNotFire() async {
        let timers = Timers()
        let log = Log()
        let hold = Hold(timers)
        let token = timers.schedule(after: 1_000_000) { log.note(1) }
        timers.cancel(token)
        timers.cancel(token)
        hold.open()
        await wait(timers, milliseconds: 5)
        #expect(log.fired.withLock { $0 } == [])
    }

    @Test func aTimerMayCancelAnotherThatIsDueAtTheSameMoment() async {
        let timers = Timers()
        let log = Log()
        let other = Locked<TimerToken?>(nil)
        let hold = Hold(timers)
        timers.schedule(after: 1_000_000) {
            if let token = other.withLock({ $0 }) { timers.cancel(token) }
            log.note(1)
        }
        other.withLock { $0 = timers.schedule(after: 2_000_000) { log.note(2) } }
        hold.open()
        await wait(timers, milliseconds: 10)
        #expect(log.fired.withLock { $0 } == [1])
    }

    @Test func aTimerMaySetTheNext() async {
        let timers = Timers()
        await withCheckedContinuation { continuation in
            timers.schedule(after: 0) { timers.schedule(after: 0) { continuation.resume() } }
        }
    }

    @Test func anEarlierTimerOvertakesTheOneThatIsWaitedFor() async {
        let timers = Timers()
        timers.schedule(after: 3_600_000_000_000) {}
        let start = MonotonicClock.nanoseconds()
        // Seen on the timer's own thread: the test's may be busy elsewhere.
        let fired = await withCheckedContinuation { continuation in
            timers.schedule(after: 5_000_000) { continuation.resume(returning: MonotonicClock.nanoseconds()) }
        }
        #expect(fired - start < 60_000_000_000)
    }

    @Test func nothingFiresAfterStop() async {
        let timers = Timers()
        let other = Timers()
        let log = Log()
        let hold = Hold(timers)
        timers.schedule(after: 1_000_000) { log.note(1) }
        timers.stop()
        timers.schedule(after: 0) { log.note(2) }
        hold.open()
        await wait(other, milliseconds: 20)
        #expect(log.fired.withLock { $0 } == [])
    }

    @Test func aThousandCancelledTimersLeaveTheRestInOrder() async {
        let timers = Timers()
        let log = Log()
        let hold = Hold(timers)
        // Far enough apart that the order of setting them does not matter, however slowly that goes.
        let tokens = (0..<1000).map { number in
            timers.schedule(after: Int64(number % 2) * 300_000_000) { log.note(number) }
        }
        for (index, token) in tokens.enumerated() where index >= 6 { timers.cancel(token) }
        hold.open()
        await wait(timers, milliseconds: 350)
        #expect(log.fired.withLock { $0 } == [0, 2, 4, 1, 3, 5])
    }

    @Test func theQueueGivesTheEarliestFirst() {
        var queue = DeadlineQueue()
        var state: UInt64 = 7
        for serial in 0..<500 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            queue.insert(.init(deadline: Int64(state >> 56), serial: UInt64(serial)))
        }
        queue.keep { $0.serial % 5 != 0 }
        var all: [DeadlineQueue.Entry] = []
        while let first = queue.first {
            all.append(first)
            queue.removeFirst()
        }
        #expect(all.count == 400)
        #expect(all == all.sorted())
    }
}

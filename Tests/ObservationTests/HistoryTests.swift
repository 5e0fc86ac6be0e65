// The bounded list of events, percentiles and counts.
internal import Conversation
internal import Testing

@testable import Observation

@Suite struct HistoryTests {
    private func ledger(_ count: Int, keeping: Int, gap: Int = 1) -> Ledger {
        var limits = Ledger.Limits()
        limits.events = keeping
        var ledger = Ledger(limits: limits)
        for number in 1...count {
            var event = Event(.log, at: .ms(Double(number)))
            event.sequence = number * gap
            ledger.apply(event)
        }
        return ledger
    }

    @Test(arguments: [(3, 5), (5, 5), (6, 5), (23, 5)]) func newestAreKept(_ count: Int, _ keeping: Int) {
        let history = ledger(count, keeping: keeping).history
        #expect(history.ordinals == max(count - keeping, 0)..<count)
        #expect(history.ordinals.compactMap { history[$0]?.sequence } == Array(max(count - keeping, 0) + 1...count))
        #expect(history[history.start - 1] == nil)
        #expect(history[history.end] == nil)
    }

    @Test func foundBySequence() {
        let history = ledger(23, keeping: 5, gap: 3).history
        #expect(history.event(sequence: 69)?.at == .ms(23))
        #expect(history.event(sequence: 57)?.at == .ms(19))
        #expect(history.event(sequence: 54) == nil)
        #expect(history.event(sequence: 58) == nil)
        #expect(history.event(sequence: 70) == nil)
    }

    @Test func percentilesAreNearestRankOfTheNewest() {
        var percentiles = Percentiles(capacity: 100)
        #expect(percentiles.value(at: 0.5) == nil)
        for value in 1...300 { percentiles.add(Double(value)) }
        percentiles.add(.nan)
        #expect(percentiles.count == 100)
        for (fraction, value) in [(0.0, 201.0), (0.01, 201), (0.5, 250), (0.95, 295), (0.991, 300), (1, 300), (7, 300)]
        {
            #expect(percentiles.value(at: fraction) == value)
        }
    }

    @Test func percentilesAgreeWithSorting() {
        var generator = SystemRandomNumberGenerator()
        var percentiles = Percentiles(capacity: 37)
        var all: [Double] = []
        for _ in 0..<500 {
            let value = Double(Int.random(in: 0..<20, using: &generator))
            percentiles.add(value)
            all.append(value)
            let newest = all.suffix(37).sorted()
            #expect(percentiles.value(at: 0.5) == newest[(newest.count + 1) / 2 - 1])
        }
    }

    @Test func countIsOfTheLastHour() {
        var count = HourCount()
        let minute = 60_000.0
        for at in [0.0, 0.5, 10, 59.9, 61, 200] { count.add(at: .ms(at * minute)) }
        #expect(count.count(at: .ms(200 * minute)) == 1)
        #expect(count.count(at: .ms(259 * minute)) == 1)
        #expect(count.count(at: .ms(260 * minute)) == 0)
        var early = HourCount()
        for at in [0.0, 0.5, 10, 59.9, 61] { early.add(at: .ms(at * minute)) }
        #expect(early.count(at: .ms(61 * minute)) == 3)
        #expect(early.count(at: .ms(70 * minute)) == 2)
        #expect(early.count(at: .ms(1e9)) == 0)
    }
}

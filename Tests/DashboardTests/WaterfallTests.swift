// The bars add up, whatever the turn.
internal import Conversation
internal import Testing

@testable import Dashboard
@testable import Observation

@Suite struct WaterfallTests {
    @Test(arguments: [
        ([300.0, 60, 270, 50, 110, 20], 810.0, 25.0, [12, 2, 11, 2, 4, 1]),
        ([0, 0, 0, 0, 0, 0], 0, 25, [0, 0, 0, 0, 0, 0]),
        ([12, 12, 12, 12, 12, 12], 72, 25, [3, 0, 0, 0, 0, 0]),
        ([13, 13, 13, 13, 13, 13], 78, 26, [0, 0, 0, 1, 1, 1]),
        ([1000, 1, 1, 1, 1, 1], 1005, 100, [10, 0, 0, 0, 0, 0]),
    ])
    func cells(_ lengths: [Double], _ total: Double, _ step: Double, _ cells: [Int]) {
        #expect(Waterfall.cells(of: lengths, total: total, step: step) == cells)
    }

    @Test func barsSumToTheMeasuredTime() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            let lengths: [Double] = (0..<6).map { _ in
                let length = Double.random(in: 0...2000, using: &generator)
                return Bool.random(using: &generator) && length < 500 ? 0 : length
            }
            let total = lengths.reduce(0, +)
            let steps: [Double] = [5, 10, 25, 50, 100, 250, 1000]
            let step = steps.randomElement(using: &generator) ?? 25
            let cells = Waterfall.cells(of: lengths, total: total, step: step)
            #expect(cells.reduce(0, +) == Int((total / step).rounded()))
            #expect(cells.allSatisfy { $0 >= 0 })
            // All but the largest are where they would be alone, unless that one was used up.
            let largest = lengths.indices.max { lengths[$0] < lengths[$1] } ?? 0
            for index in lengths.indices where index != largest && cells[largest] > 0 {
                #expect(abs(Double(cells[index]) - lengths[index] / step) <= 0.5)
            }
        }
    }

    @Test(arguments: [
        (1000.0, 41, 25.0, 8), (810, 41, 20, 10), (1420, 41, 50, 8), (4000, 41, 100, 10), (90_000, 41, 4000, 10),
        (100, 41, 5, 20),
    ])
    func scale(_ span: Double, _ room: Int, _ step: Double, _ tick: Int) {
        let scale = Waterfall.Scale(span: span, room: room)
        #expect(scale.step == step)
        #expect(scale.tick == tick)
        #expect(span / scale.step <= Double(room))
    }

    @Test func timelineWithAGapIsSeen() throws {
        var fields: Event.Fields = ["total_ms": 900]
        for stage in Ledger.Stage.allCases { fields["\(stage.rawValue)_ms"] = 100 }
        let gap = Ledger.Timeline(Event(.turnTimed, at: .zero, fields))
        #expect(!gap.isWhole)
        var canvas = Canvas(columns: 80, rows: 2)
        Waterfall.preview(on: &canvas, row: 0, gap)
        #expect(canvas.lines[1].hasSuffix("sum 600 is not 900 ms"))
    }
}

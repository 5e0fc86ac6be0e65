// A turn's six parts as bars, one below the other, with what has to change to change each. The bars add up to the measured
// time by construction.
//
//              0       200     400     600     800     1000 ms  owner
//  endpointing ├██████████┤ 300                                 silence_ms 300
//  stt final               ├┤ 60                                deepgram
//  llm token                 ├███↻█████┤ 270                    openai, 1 retry
//                                 budget 1.00 s ends   ┊
internal import Observation

enum Waterfall {
    /// How many cells each of the six parts gets when a cell stands for `step` ms. Each is rounded by itself; what then is
    /// missing to the cells of the whole, or is too much, goes to the largest part (and on to the next largest, should
    /// that be used up). So they always sum to `round(total / step)`.
    static func cells(of lengths: [Double], total: Double, step: Double) -> [Int] {
        guard step > 0 else { return lengths.map { _ in 0 } }
        var cells = lengths.map { Int((min(max($0, 0), 1e9) / step).rounded()) }
        var rest = Int((min(max(total, 0), 1e9) / step).rounded()) - cells.reduce(0, +)
        for index in lengths.indices.sorted(by: { lengths[$0] > lengths[$1] }) where rest != 0 {
            let change = max(rest, -cells[index])
            cells[index] += change
            rest -= change
        }
        return cells
    }

    /// An axis: how many ms a cell stands for, and every how many cells it has a number.
    struct Scale: Equatable {
        var step: Double
        var tick: Int

        /// The finest of the round scales on which `span` ms fit into `room` cells.
        init(span: Double, room: Int) {
            let room = Double(max(room, 1))
            var step = 5.0
            var tick = 10
            for (next, cells) in [
                (5.0, 20), (10, 10), (20, 10), (25, 8), (50, 8), (100, 10), (200, 10), (250, 8), (500, 10),
            ] {
                (step, tick) = (next, cells)
                if span / step <= room { break }
            }
            while span / step > room { step *= 2 }
            self.step = step
            self.tick = tick
        }
    }

    static let height = 8

    /// Draws the axis, the six parts and the budget's line: eight rows from `row` on. `owners` is the column of the owners;
    /// beyond the right edge they are left out.
    static func draw(on canvas: inout Canvas, row: Int, turn: Ledger.Turn, _ scene: Scene) {
        guard let timeline = turn.timeline else { return }
        let start = 13
        let owners = canvas.columns < 72 ? canvas.columns : canvas.columns - (canvas.columns >= 120 ? 30 : 18)
        let room = owners - start - 8
        let scale = Scale(span: max(timeline.total, scene.budget), room: room)
        axis(on: &canvas, At(row, start, end: owners), scale)
        if owners < canvas.columns { canvas.put("owner", At(row, owners), .faint) }
        let lengths = timeline.parts.map(\.length)
        let cells = cells(of: lengths, total: timeline.total, step: scale.step)
        var column = start
        for (index, part) in timeline.parts.enumerated() {
            let line = row + 1 + index
            let retries = part.stage.slot.map { turn.retries(of: $0) } ?? 0
            canvas.put(part.stage.label, At(line, 1))
            let bar = bar(cells[index], isThere: part.length > 0, isRetried: retries > 0)
            let next = canvas.put(bar, At(line, column, end: owners), part.stage.style)
            if retries > 0, cells[index] > 0 {
                canvas.put("↻", At(line, column + cells[index] / 2, end: owners), .retry)
            }
            canvas.put(Format.ms(part.length), At(line, next + 1, end: owners))
            let owner = owner(of: part, retries: retries, room: canvas.columns - owners - 1)
            canvas.put(owner, At(line, owners), .faint)
            column += cells[index]
        }
        budget(on: &canvas, At(row + 7, start, end: owners), scale, scene)
    }

    private static func axis(on canvas: inout Canvas, _ at: At, _ scale: Scale) {
        var cell = 0
        var last = at.column
        while at.column + cell + 8 < at.end {
            last = canvas.put(String(Int(Double(cell) * scale.step)), At(at.row, at.column + cell), .faint)
            cell += scale.tick
        }
        canvas.put("ms", At(at.row, last + 1), .faint)
    }

    private static func budget(on canvas: inout Canvas, _ at: At, _ scale: Scale, _ scene: Scene) {
        let column = at.column + Int((scene.budget / scale.step).rounded())
        let label = "budget \(Format.seconds(ms: scene.budget)) s ends"
        canvas.put("┊", At(at.row, column), .faint)
        if column - 3 - label.utf8.count >= at.column {
            canvas.putRight(label, At(at.row, at.column, end: column - 3), .faint)
        } else {
            canvas.put(label, At(at.row, column + 3, end: at.end), .faint)
        }
    }

    private static func bar(_ cells: Int, isThere: Bool, isRetried: Bool) -> String {
        switch cells {
        case ...0: isThere ? "▏" : ""
        case 1: isRetried ? "↻" : "▌"
        default: "├" + String(repeating: "█", count: cells - 2) + "┤"
        }
    }

    private static func owner(of part: Ledger.Timeline.Part, retries: Int, room: Int) -> String {
        guard retries > 0 else { return Columns.clip(part.owner, to: room) }
        let text = "\(part.owner), \(retries) \(retries == 1 ? "retry" : "retries")"
        return Columns.width(of: text) <= room ? text : Columns.clip(part.owner, to: room - 3) + " ↻\(retries)"
    }

    /// The same on two rows, for the preview: ` endpointing ███████ 300   stt final █ 60 …`, with the sum at the end.
    static func preview(on canvas: inout Canvas, row: Int, _ timeline: Ledger.Timeline) {
        // In halves of a cell: the bars of both rows together are as long as the whole turn.
        let room = 44.0 + Double(min(max(canvas.columns - 80, 0), 80)) / 2
        let step =
            [10.0, 20, 25, 50, 100, 200, 500, 1000].first { timeline.total / $0 <= room } ?? timeline.total / room
        let halves = cells(of: timeline.parts.map(\.length), total: timeline.total, step: step)
        for line in 0..<2 {
            var column = 1
            for index in line * 3..<line * 3 + 3 {
                let part = timeline.parts[index]
                column = canvas.put(part.stage.label + " ", At(row + line, column))
                let bar = String(repeating: "█", count: halves[index] / 2) + (halves[index] % 2 == 1 ? "▌" : "")
                column = canvas.put(
                    bar.isEmpty && part.length > 0 ? "▏" : bar, At(row + line, column), part.stage.style)
                column = canvas.put(" " + Format.ms(part.length), At(row + line, column)) + 3
            }
        }
        let sum = timeline.isWhole ? "sum" : "sum \(Format.ms(timeline.sum)) is not"
        canvas.putRight(
            "\(sum) \(Format.ms(timeline.total)) ms", At(row + 1, 0, end: canvas.columns - 1),
            timeline.isWhole ? .normal : .overBudget)
    }
}

// All turns of a call, newest right: how long each took, which were interrupted, which is looked at.
//
//    6 ▂   7 ▃   8 ▃✂  [9 ▄]
//   .65   .71   .78    .81        p50 .71  p95 .81
internal import Observation

struct TurnStrip {
    let session: Ledger.Session
    /// The number of the turn that is looked at.
    let shown: Int
    let scene: Scene

    /// Draws a rule and two rows.
    func draw(on canvas: inout Canvas, row: Int) {
        canvas.rule(row, Spans("turns"))
        let summary = summary
        let cell = session.turnNumber < 100 ? 6 : 7
        let room = max((canvas.columns - 4 - summary.width) / cell, 1)
        let turns = session.turns
        let index = turns.lastIndex { $0.number == shown } ?? turns.count - 1
        let window = window(of: turns.count, around: index, rows: room)
        for (place, item) in window.enumerated() where item != index {
            draw(turns[item], on: &canvas, At(row + 1, 1 + place * cell))
        }
        // Last, because its brackets reach into its neighbours' room.
        if window.contains(index) {
            draw(turns[index], on: &canvas, At(row + 1, 1 + (index - window.lowerBound) * cell))
        }
        canvas.put(summary, At(row + 2, canvas.columns - 2 - summary.width))
    }

    private func draw(_ turn: Ledger.Turn, on canvas: inout Canvas, _ at: At) {
        let isShown = turn.number == shown
        let number = Columns.right((isShown ? "[" : "") + String(turn.number), 3)
        var next = canvas.put(number, at, isShown ? .title : .faint)
        if let latency = turn.latency {
            let shown = scene.latency(latency)
            let spark = SessionList.spark(latency, budget: scene.budget)
            next = canvas.put(" " + spark, At(at.row, next), shown.style)
            canvas.putRight(
                Format.shortSeconds(ms: latency), At(at.row + 1, at.column, end: at.column + 5), shown.style)
        } else {
            next = canvas.put(turn.outcome == nil ? " …" : " –", At(at.row, next), .faint)
        }
        if turn.isInterrupted { next = canvas.put("✂", At(at.row, next), .bargeIn) }
        if isShown { canvas.put("]", At(at.row, next), .title) }
    }

    private var summary: Spans {
        var percentiles = Percentiles()
        for turn in session.turns { if let latency = turn.latency { percentiles.add(latency) } }
        guard let median = percentiles.value(at: 0.5), let high = percentiles.value(at: 0.95) else { return Spans() }
        return Spans("p50 \(Format.shortSeconds(ms: median))  p95 \(Format.shortSeconds(ms: high))")
    }
}

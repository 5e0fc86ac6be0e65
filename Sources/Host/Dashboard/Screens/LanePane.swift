// Who was heard when, over the last 30 s: two lanes over a clock.
//
// user   ···▇▇▇▇▇▇▇···············▇▇▇▇▇▇▇▇▇····························▇▇▇▇▇······
// agent  ━━━━✂          ━━━━━━━━━━━━━━━━       ━━━━━━━━━━━━━━━━━━━━━━━      ━━━▸
//        14:02:57              14:03:07             14:03:17             14:03:27
internal import Conversation
internal import Observation

struct LanePane {
    let session: Ledger.Session
    let scene: Scene
    private static let shown = TimeSpan.seconds(30)
    private static let start = 7

    /// An ended call shows its last half minute.
    private var now: Moment { session.endedAt ?? scene.now }

    /// Draws three rows.
    func draw(on canvas: inout Canvas, row: Int) {
        let start = Self.start
        let width = canvas.columns - start - 1
        guard width > 20 else { return }
        let columns = TimeColumns(width: width, now: now, shown: Self.shown)
        canvas.put("user", At(row, 0), .user)
        canvas.put("agent", At(row + 1, 0), .agent)
        for column in 0..<width {
            let from = columns.start(of: column)
            let to = columns.start(of: column + 1)
            let isSpeaking = session.caller.spans.contains { $0.touches(from, to, now) }
            canvas.put(isSpeaking ? "▇" : "·", At(row, start + column), isSpeaking ? .user : .faint)
            drawAgent(on: &canvas, At(row + 1, start + column), from..<to)
        }
        for (fraction, place) in [(0.0, 0), (1.0 / 3, 1), (2.0 / 3, 1), (1.0, 2)] {
            let middle = columns.start(of: Int(Double(width) * fraction)) + .ms(500)
            let label = scene.clock.time(min(middle, now))
            let column = Int((Double(width) * fraction).rounded()) - place * 4
            canvas.put(label, At(row + 2, start + column), .faint)
        }
    }

    private func drawAgent(on canvas: inout Canvas, _ at: At, _ range: Range<Moment>) {
        let span = session.agent.spans.last { $0.touches(range.lowerBound, range.upperBound, now) }
        guard let span else { return }
        let isLast = (span.end ?? now) <= range.upperBound
        if span.isCut, isLast {
            canvas.put("✂", at, .bargeIn)
        } else {
            // It is going on: the tip moves.
            canvas.put(range.upperBound >= now && session.agent.isActive(at: now) ? "▸" : "━", at, .agent)
        }
    }
}

/// A stretch of time in columns. They stand still in time: a span's edge stays in its column until all move by one.
private struct TimeColumns {
    private let step: Int64
    private let first: Int64

    init(width: Int, now: Moment, shown: TimeSpan) {
        step = shown.microseconds / Int64(width)
        first = (now.microseconds + step - 1) / step - Int64(width)
    }

    func start(of column: Int) -> Moment { Moment(microseconds: (first + Int64(column)) * step) }
}

extension Ledger.Span {
    /// It was heard, before `now`, between the two.
    fileprivate func touches(_ from: Moment, _ to: Moment, _ now: Moment) -> Bool {
        start < to && min(end ?? now, now) > from
    }
}

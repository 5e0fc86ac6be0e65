internal import Conversation
// All that one event holds, and what led to it.
//
// ── event 18 402 ────────────────────────────────────────────────────────────────
//   request.retrying   slot tts   provider elevenlabs   attempt 2   of 4
//   caused by   18 391 request.started < 18 388 turn.started (4aa8f1 turn 4)
internal import Observation

enum EventDetails {
    static let height = 6

    static func draw(_ event: Event, on canvas: inout Canvas, row: Int, _ scene: Scene) {
        canvas.rule(row, Spans("event \(Format.grouped(Double(event.sequence)))"))
        var facts = Spans(event.kind.rawValue, .title)
        for (name, value) in event.fields.pairs {
            let shown = value.number.map(EventWords.number) ?? event.text(name)
            // Held together by no-break spaces, which the canvas draws as spaces.
            facts.add(" ")
            facts.add("\u{A0}\u{A0}\(name.sanitised(limit: 40))\u{A0}", .faint)
            facts.add(shown.split(separator: " ").joined(separator: "\u{A0}"))
        }
        let room = canvas.columns - 4
        var lines = facts.wrapped(to: room).prefix(2).map { $0 }
        if let words = event.words {
            lines += Spans("“\(scene.words(words.sanitised(limit: 400)))”").wrapped(to: room).prefix(4 - lines.count)
        }
        for (index, line) in lines.prefix(4).enumerated() { canvas.put(line, At(row + 1 + index, 2)) }
        let causes = chain(of: event, scene)
        if !causes.isEmpty {
            canvas.put("caused by ", At(row + 5, 2), .faint)
            canvas.put(Columns.clip(causes.joined(separator: " < "), to: canvas.columns - 14), At(row + 5, 14))
        }
    }

    /// The events it follows from, the nearest first; a chain that goes in a circle or too far is cut.
    private static func chain(of event: Event, _ scene: Scene) -> [String] {
        var chain: [String] = []
        var sequence = event.sequence
        var cause = event.cause
        while let next = cause, next < sequence, chain.count < 8 {
            guard let found = scene.ledger.history.event(sequence: next) else {
                chain.append(Format.grouped(Double(next)))
                break
            }
            chain.append("\(Format.grouped(Double(next))) \(found.kind.rawValue)")
            sequence = next
            cause = found.cause
        }
        return chain
    }
}

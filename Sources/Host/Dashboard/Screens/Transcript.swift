// A turn's words as lines: what the caller said, what the agent said, what of that was never heard ‹in brackets›, and what
// happened in between.
internal import Observation

struct Transcript {
    /// One row.
    struct Line {
        /// The turn's number, on its first row.
        var number = ""
        var speaker = Spans()
        var words: Spans
        /// At the right edge.
        var latency: (text: String, style: Style)?
    }

    /// The column of the words.
    static let indent = 10
    let width: Int
    let scene: Scene
    /// Shows only what was heard.
    var heardOnly = false

    /// A turn's rows, oldest first.
    func lines(of turn: Ledger.Turn) -> [Line] {
        var lines: [Line] = []
        if !turn.user.isEmpty {
            lines += rows("user", .user, Spans(scene.words(turn.user)))
        }
        let reply = Self.reply(turn, scene, heardOnly: heardOnly)
        if !reply.isEmpty {
            var rows = rows("agent", .agent, reply)
            if let latency = turn.latency {
                let shown = scene.latency(latency)
                rows[0].latency = (shown.text + (shown.mark.isEmpty ? "" : " " + shown.mark), shown.style)
            }
            lines += rows
        }
        for note in turn.notes {
            let (text, style) = note.line(scene)
            lines += Spans(text, style).wrapped(to: room).map { Line(words: $0) }
        }
        if turn.outcome == "failed" { lines.append(Line(words: Spans("✗ the turn failed", .failure))) }
        if !lines.isEmpty { lines[0].number = String(turn.number) }
        return lines
    }

    /// The rows of what the caller is saying just now.
    func lines(of utterance: Ledger.Session.Utterance, turn: Int) -> [Line] {
        guard !utterance.text.isEmpty else { return [] }
        var lines = rows("user", .user, Self.pending(utterance, scene))
        lines[0].number = String(turn)
        return lines
    }

    static func pending(_ utterance: Ledger.Session.Utterance, _ scene: Scene) -> Spans {
        var words = Spans(scene.words(utterance.final))
        if !words.isEmpty, !utterance.interim.isEmpty { words.add(" ") }
        words.add(scene.words(utterance.interim) + "▌", .partial)
        return words
    }

    /// The reply, with what was not heard in brackets.
    static func reply(_ turn: Ledger.Turn, _ scene: Scene, heardOnly: Bool = false) -> Spans {
        let said = scene.words(turn.said)
        guard let heard = turn.heardWords else {
            var words = Spans(said)
            if turn.isReplying, !said.isEmpty { words.add("▌", .partial) }
            return words
        }
        let all = said.split(separator: " ")
        var words = Spans(all.prefix(heard).joined(separator: " "))
        let rest = all.dropFirst(heard).joined(separator: " ")
        if !rest.isEmpty, !heardOnly {
            if !words.isEmpty { words.add(" ") }
            words.add("‹\(rest)›", .unheard)
        }
        return words.isEmpty && !all.isEmpty ? Spans("nothing of it was heard", .faint) : words
    }

    /// Draws lines from a row on.
    static func draw(_ lines: some Sequence<Line>, on canvas: inout Canvas, row: Int) {
        for (index, line) in lines.enumerated() {
            canvas.putRight(line.number, At(row + index, 0, end: 2), .title)
            canvas.put(line.speaker, At(row + index, 3))
            canvas.put(line.words, At(row + index, indent))
            if let latency = line.latency {
                let end = canvas.columns - (latency.text.hasSuffix("!") ? 2 : 4)
                canvas.putRight(latency.text, At(row + index, 0, end: end), latency.style)
            }
        }
    }

    private var room: Int { max(width - Self.indent - 10, 10) }

    private func rows(_ speaker: String, _ style: Style, _ words: Spans) -> [Line] {
        var lines = words.wrapped(to: room).map { Line(words: $0) }
        if !lines.isEmpty { lines[0].speaker = Spans(speaker, style) }
        return lines
    }
}

extension Ledger.Note {
    /// The note in a line.
    func line(_ scene: Scene) -> (text: String, style: Style) {
        switch what {
        case .bargeIn(_, let heard, let total, let onset):
            let quiet = onset.map { ", quiet in \(Format.ms($0)) ms" } ?? ""
            return ("✂ barge-in \(scene.clock.time(at)), heard \(heard) of \(total) words\(quiet)", .bargeIn)
        case .dismissed(let rule, let after):
            let why = rule.isEmpty ? "" : " (\(rule))"
            return ("✂ \(scene.clock.time(at)) no barge-in\(why), resumed after \(Format.ms(after)) ms", .faint)
        case .retrying(let retry):
            return ("↻ \(retry.slot) \(retry.provider) \(retry.summary)", .retry)
        case .failed(let slot, let provider, let reason):
            return ("✗ \(slot) \(provider) \(scene.words(reason))", .failure)
        case .failover(let slot, let from, let to, let reason):
            return ("⇄ \(slot) \(from) → \(to)\(reason.isEmpty ? "" : ", \(reason)")", .retry)
        case .reconnected(let provider, let after):
            return ("⇄ \(provider) reconnected in \(Format.ms(after)) ms", .retry)
        }
    }
}

extension Ledger.Retry {
    /// "2/4 in 0.8 s, throttled"
    var summary: String {
        let when = delay < 50 ? "at once" : "in \(Format.decimal(delay / 1000, places: 1)) s"
        return "\(attempt)/\(limit) \(when)\(reason.isEmpty ? "" : ", " + reason)"
    }
}

// The lower half of the list of calls: the chosen call's lanes, the waterfall of its newest timed turn, its last words.
internal import Observation

struct Preview {
    let session: Ledger.Session
    let scene: Scene

    /// How many rows it takes in a window.
    static func height(rows: Int) -> Int { 9 + extra(rows) }

    private static func extra(_ rows: Int) -> Int { max(rows - 26, 0) / 2 }

    /// Draws as many rows as `height` says.
    func draw(on canvas: inout Canvas, row: Int) {
        let timed = session.lastTimed
        var title = Spans(session.name, .title)
        if let timed { title.add("  turn \(timed.number)") }
        canvas.rule(row, title, note: Self.measured(timed, scene))
        LanePane(session: session, scene: scene).draw(on: &canvas, row: row + 1)
        if let timeline = timed?.timeline {
            Waterfall.preview(on: &canvas, row: row + 4, timeline)
        } else {
            canvas.put("no turn has been timed yet", At(row + 4, 1), .faint)
        }
        canvas.rule(row + 6, Spans("last words"), note: Spans("following", .faint))
        drawLastWords(on: &canvas, row: row + 7, rows: 2 + Self.extra(canvas.rows))
    }

    /// "0.81 s of 1.00 s"
    static func measured(_ turn: Ledger.Turn?, _ scene: Scene) -> Spans {
        guard let latency = turn?.latency else { return Spans() }
        let shown = scene.latency(latency)
        var spans = Spans("\(shown.text) s", shown.style)
        spans.add(" of \(Format.seconds(ms: scene.budget)) s")
        if !shown.mark.isEmpty { spans.add(" " + shown.mark, shown.style) }
        return spans
    }

    private func drawLastWords(on canvas: inout Canvas, row: Int, rows: Int) {
        guard rows <= 3 else {
            let transcript = Transcript(width: canvas.columns, scene: scene)
            var lines = transcript.lines(of: session.utterance, turn: session.turnNumber + 1)
            for turn in session.turns.reversed() where lines.count < rows { lines = transcript.lines(of: turn) + lines }
            return Transcript.draw(lines.suffix(rows), on: &canvas, row: row)
        }
        let turn = session.turns.last
        let room = canvas.columns - 10
        canvas.put("user", At(row, 1), .user)
        canvas.put("agent", At(row + 1, 1), .agent)
        if session.utterance.text.isEmpty {
            canvas.put(Columns.clipFront(scene.words(turn?.user ?? ""), to: room), At(row, 8))
        } else {
            let pending = Transcript.pending(session.utterance, scene)
            canvas.put(pending.clippedFront(to: room), At(row, 8))
        }
        if let turn { canvas.put(Transcript.reply(turn, scene).clippedFront(to: room), At(row + 1, 8)) }
    }
}

extension Spans {
    /// The end of it in at most `limit` columns; what is cut begins with "…".
    func clippedFront(to limit: Int) -> Spans {
        var room = limit
        var kept: [Part] = []
        for part in parts.reversed() where room > 0 {
            let text = Columns.clipFront(part.text, to: room)
            kept.append(Part(text: text, style: part.style))
            room -= Columns.width(of: text)
            if text != part.text { break }
        }
        return kept.reversed().reduce(into: Spans()) { $0.add($1.text, $1.style) }
    }
}

// One call: its transcript, the chosen turn's waterfall, and all turns as a strip.
//
//  Sessions › 7f3a2c  » speaking 2:41  turn 9 of 9  deepgram · openai · elevenlabs
// ── transcript ───────────────────────────────────────────────────── following ──
//  8 user   thursday if possible
//    agent  Thursday works. I can offer nine or ‹half past ten or noon›    0.78
//           ✂ barge-in 14:03:11, heard 8 of 13 words, quiet in 42 ms
// ── turn 9   user stops → user hears agent ────────────────── 0.81 s of 1.00 s ──
// (waterfall)
// ── turns ───────────────────────────────────────────────────────────────────────
//    7 ▃   8 ▃✂  [9 ▄]
//   .71   .78    .81        p50 .71  p95 .81
internal import Conversation
internal import Observation

struct SessionScreen: Screen {
    let room = Room.session
    var filter: Filter?
    let id: SessionID
    /// The turn that is looked at; nil follows the newest.
    private(set) var chosen: Int?
    /// How many rows the transcript is scrolled up from the end of the chosen turn.
    private var scroll = 0
    private var heardOnly = false

    init(_ id: SessionID, turn: Int? = nil) {
        self.id = id
        chosen = turn
    }

    private var isFollowing: Bool { chosen == nil && scroll == 0 }

    func crumbs(_ scene: Scene) -> Spans? {
        var spans = Spans("Sessions › ")
        guard let session = scene.ledger.sessions[id] else { return spans }
        let state = session.state(at: scene.now)
        spans.add(session.name, .title)
        spans.add("  ")
        spans.add(state.label, state.style)
        spans.add(" \(Format.age(session.age(at: scene.now)))")
        if let last = session.turns.last {
            let shown = shownTurn(session)?.number ?? last.number
            spans.add("  turn \(shown) of \(last.number)")
        }
        let providers = [Slot.stt, .llm, .tts].compactMap { session.providers[$0] }
        spans.add("  " + providers.joined(separator: " · "))
        return spans
    }

    mutating func handle(_ action: Action, _ scene: Scene, page: Int) -> Wish? {
        guard let session = scene.ledger.sessions[id] else { return action == .back ? .back : nil }
        switch action {
        case .up: scrollUp(1, session)
        case .pageUp: scrollUp(page, session)
        case .down: scroll = max(scroll - 1, 0)
        case .pageDown: scroll = max(scroll - page, 0)
        case .top: choose(session.turns.first, session)
        case .bottom:
            chosen = nil
            scroll = 0
        case .previousTurn: choose(session.turns.last { $0.number < shownNumber(session) }, session)
        case .nextTurn: choose(session.turns.first { $0.number > shownNumber(session) }, session)
        case .heardOnly: heardOnly.toggle()
        case .endSession: return .end(id)
        case .interrupt: return .interrupt(id)
        case .back: return .back
        default: break
        }
        return nil
    }

    /// Scrolling up is pausing: the newest turn is pinned, whatever comes.
    private mutating func scrollUp(_ rows: Int, _ session: Ledger.Session) {
        if chosen == nil { chosen = session.turns.last?.number }
        scroll = min(scroll + rows, 10_000)
    }

    private mutating func choose(_ turn: Ledger.Turn?, _ session: Ledger.Session) {
        guard let turn else { return }
        scroll = 0
        chosen = turn.number == session.turns.last?.number ? nil : turn.number
    }

    private func shownNumber(_ session: Ledger.Session) -> Int { chosen ?? session.turnNumber }

    private func shownTurn(_ session: Ledger.Session) -> Ledger.Turn? {
        chosen.flatMap(session.turn) ?? session.turns.last
    }

    func draw(on canvas: inout Canvas, _ scene: Scene) {
        guard let session = scene.ledger.sessions[id] else {
            canvas.put("this session is not kept any more; the event file has it", At(3, 2), .faint)
            return
        }
        // From the bottom: key line, strip, waterfall; what is left is the transcript's. Small windows drop the waterfall.
        let strip = canvas.rows - 4
        let hasWaterfall = canvas.rows >= 22
        let waterfall = hasWaterfall ? strip - Waterfall.height - 1 : strip
        drawTranscript(on: &canvas, rows: 2..<waterfall - (hasWaterfall ? 1 : 0), session, scene)
        if hasWaterfall { drawWaterfall(on: &canvas, row: waterfall, session, scene) }
        TurnStrip(session: session, shown: shownNumber(session), scene: scene).draw(on: &canvas, row: strip)
    }

    private func drawTranscript(
        on canvas: inout Canvas, rows: Range<Int>, _ session: Ledger.Session, _ scene: Scene
    ) {
        let state = isFollowing ? Spans("following", .faint) : Spans(" paused ", .held)
        canvas.rule(rows.lowerBound, Spans(heardOnly ? "transcript, as heard" : "transcript"), note: state)
        let room = rows.count - 1
        guard room > 0 else { return }
        let transcript = Transcript(width: canvas.columns, scene: scene, heardOnly: heardOnly)
        var lines: [Transcript.Line] = []
        if chosen == nil { lines = transcript.lines(of: session.utterance, turn: session.turnNumber + 1) }
        for turn in session.turns.reversed() where turn.number <= shownNumber(session) {
            guard lines.count < room + scroll else { break }
            lines = transcript.lines(of: turn) + lines
        }
        let hidden = min(scroll, max(lines.count - room, 0))
        Transcript.draw(lines.dropLast(hidden).suffix(room), on: &canvas, row: rows.lowerBound + 1)
        if lines.isEmpty { canvas.put("nothing has been said yet", At(rows.lowerBound + 1, 3), .faint) }
    }

    private func drawWaterfall(on canvas: inout Canvas, row: Int, _ session: Ledger.Session, _ scene: Scene) {
        // A turn that is under way has no times yet; the last one that has is worth more than nothing.
        let turn = chosen == nil ? session.lastTimed : shownTurn(session)
        let title = turn.map { "turn \($0.number)" } ?? "turn"
        canvas.rule(row, Spans("\(title)   user stops → user hears agent"), note: Preview.measured(turn, scene))
        guard let turn, turn.timeline != nil else {
            canvas.put(turn == nil ? "no turn has been timed yet" : "not timed: no audio left", At(row + 2, 1), .faint)
            return
        }
        Waterfall.draw(on: &canvas, row: row + 1, turn: turn, scene)
    }
}

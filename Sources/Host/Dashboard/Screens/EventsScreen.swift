// What happens, as it happens: retries, reconnects and barge-ins, or everything. Scrolling up pauses; the picture is
// pinned to events, not rows.
//
//   filter  barge -dismissed                                               paused
//   TIME          LEVEL   SESSION TURN  EVENT
//   14:03:11.418  notice  7f3a2c     8  ✂ barge-in   by voice, heard 8 of 13 words
// > 14:03:16.020  warn    4aa8f1     4  ↻ retry      tts elevenlabs 2/4 in 0.8 s
// ── event 18 402 ────────────────────────────────────────────────────────────────
internal import Conversation
internal import Observation

struct EventsScreen: Screen {
    let room = Room.events
    var filter: Filter? = Filter("") { didSet { rescan() } }
    private(set) var showsAll = false
    /// The ordinals of the events that pass, up to `scanned`. Kept from batch to batch, so that a filter over many events
    /// costs what the new ones cost.
    private var passing: [Int] = []
    private var scanned = 0
    /// Paused: the chosen event, and where the stream stood. Nil follows.
    private var pause: Pause?

    private struct Pause {
        var chosen: Int
        var end: Int
    }

    /// Takes note of new events.
    mutating func update(_ scene: Scene) {
        let history = scene.ledger.history
        for ordinal in max(scanned, history.start)..<max(history.end, scanned, history.start) {
            guard let event = history[ordinal], passes(event, scene) else { continue }
            passing.append(ordinal)
        }
        scanned = max(scanned, history.end)
        // Forgotten in bulk, because removing from the front moves the rest.
        let gone = passing.firstIndex { $0 >= history.start } ?? passing.count
        if gone > 1000 || gone == passing.count { passing.removeFirst(gone) }
    }

    private func passes(_ event: Event, _ scene: Scene) -> Bool {
        if !showsAll, EventLine.level(of: event, budget: scene.budget) < .notice { return false }
        guard let filter, !filter.isEmpty else { return true }
        let line = EventLine(event, scene)
        return filter.matches("\(event.kind.rawValue) \(event.session?.short ?? "") \(line.level) \(line.text)")
    }

    private mutating func rescan() {
        passing = []
        scanned = 0
        pause = nil
    }

    /// What can be shown of `passing`, oldest first.
    private func shown(_ scene: Scene) -> ArraySlice<Int> {
        let history = scene.ledger.history
        let end = min(pause?.end ?? history.end, history.end)
        let first = passing.firstIndex { $0 >= history.start } ?? passing.count
        let last = passing.lastIndex { $0 < end }.map { $0 + 1 } ?? first
        return passing[first..<max(first, last)]
    }

    func note(_ scene: Scene) -> Spans {
        guard let pause else { return Spans() }
        let newer = passing.count - (passing.firstIndex { $0 >= pause.end } ?? passing.count)
        return newer > 0 ? Spans("\(Format.grouped(Double(newer))) newer") : Spans()
    }

    mutating func handle(_ action: Action, _ scene: Scene, page: Int) -> Wish? {
        switch action {
        case .up: move(by: -1, scene)
        case .down: move(by: 1, scene)
        case .pageUp: move(by: -page, scene)
        case .pageDown: move(by: page, scene)
        case .top: move(by: -passing.count, scene)
        case .bottom: pause = nil
        case .allEvents:
            showsAll.toggle()
            rescan()
            update(scene)
        case .open:
            guard let ordinal = pause?.chosen ?? shown(scene).last, let event = scene.ledger.history[ordinal],
                let session = event.session
            else { return nil }
            return .open(session, turn: event.turn)
        default: break
        }
        return nil
    }

    private mutating func move(by rows: Int, _ scene: Scene) {
        let shown = shown(scene)
        guard let last = shown.indices.last else { return }
        let current = pause.flatMap { pause in shown.lastIndex { $0 <= pause.chosen } } ?? last
        let next = max(current + rows, shown.startIndex)
        // Past the end is the present.
        if next > last || (pause == nil && rows > 0) {
            pause = nil
        } else {
            pause = Pause(chosen: shown[next], end: pause?.end ?? scene.ledger.history.end)
        }
    }

    func draw(on canvas: inout Canvas, _ scene: Scene) {
        let state = pause == nil ? Spans("following", .faint) : Spans(" paused ", .held)
        let isFiltered = !(filter?.isEmpty ?? true)
        canvas.put("filter", At(2, 2), .faint)
        canvas.put(isFiltered ? filter?.text ?? "" : showsAll ? "all events" : "notable events", At(2, 10))
        canvas.put(state, At(2, canvas.columns - 2 - state.width))
        let isCompact = Chrome.isCompact(canvas)
        let columns = EventColumns(width: canvas.columns)
        columns.drawHeadings(on: &canvas, row: 3)
        let details = isCompact ? 0 : EventDetails.height
        let rows = canvas.rows - 4 - details - 2
        let shown = shown(scene)
        let chosen = pause.flatMap { pause in shown.lastIndex { $0 <= pause.chosen } } ?? shown.endIndex - 1
        for (line, place) in window(of: shown.count, around: chosen - shown.startIndex, rows: rows).enumerated() {
            let ordinal = shown[shown.startIndex + place]
            guard let event = scene.ledger.history[ordinal] else { continue }
            columns.draw(event, on: &canvas, row: 4 + line, scene)
            if pause != nil, shown.startIndex + place == chosen {
                canvas.put(">", At(4 + line, 0))
                canvas.highlight(row: 4 + line, columns: 0..<canvas.columns, .selected)
            }
        }
        if shown.isEmpty { canvas.put(isFiltered ? "no event has all of them" : "nothing yet", At(5, 2), .faint) }
        guard !isCompact, shown.indices.contains(chosen), let event = scene.ledger.history[shown[chosen]] else {
            return
        }
        EventDetails.draw(event, on: &canvas, row: canvas.rows - 1 - details, scene)
    }
}

/// The columns of the list of events. Narrow windows lose the level, then the turn.
private struct EventColumns {
    let width: Int

    private var hasLevel: Bool { width >= 80 }
    private var hasTurn: Bool { width >= 70 }
    private var session: Int { hasLevel ? 24 : hasTurn ? 16 : 12 }
    private var event: Int { session + (hasTurn ? 14 : 8) }

    func drawHeadings(on canvas: inout Canvas, row: Int) {
        canvas.put("TIME", At(row, 2), .faint)
        if hasLevel { canvas.put("LEVEL", At(row, 16), .faint) }
        canvas.put("SESSION", At(row, session), .faint)
        if hasTurn { canvas.put("TURN", At(row, session + 8), .faint) }
        canvas.put("EVENT", At(row, event), .faint)
    }

    func draw(_ event: Event, on canvas: inout Canvas, row: Int, _ scene: Scene) {
        let line = EventLine(event, scene)
        canvas.put(hasTurn ? scene.clock.timeWithMilliseconds(event.at) : scene.clock.time(event.at), At(row, 2))
        if hasLevel { canvas.put("\(line.level)", At(row, 16), line.level.style) }
        canvas.put(event.session?.short ?? "-", At(row, session, end: session + 7))
        if hasTurn { canvas.putRight(event.turn.map(String.init) ?? "-", At(row, session, end: session + 12)) }
        let next = canvas.put(line.head, At(row, self.event), line.style)
        canvas.put(Columns.clip(line.detail, to: width - next), At(row, next))
    }
}

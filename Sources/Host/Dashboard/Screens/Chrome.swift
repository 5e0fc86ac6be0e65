// What surrounds every screen: the status line, the tabs and the key line.
//
// voiced ● live   7 sessions  2 speaking   p50 0.74  p95 1.42   ↻2 ✗1 ✂5  14:03:27
//  [1 Sessions]   5 Events                                                  ? keys
//  …
//  ↵ open  / filter  s sort  f freeze  K end session  ? keys  q leave
internal import Conversation
internal import Observation

enum Chrome {
    /// Columns leave and the preview is left out below this.
    static func isCompact(_ canvas: Canvas) -> Bool { canvas.columns < 80 || canvas.rows < 20 }

    // MARK: Status

    static func status(on canvas: inout Canvas, _ scene: Scene) {
        let right = news(scene, isWide: canvas.columns >= 120)
        let start = canvas.columns - right.width
        canvas.put(right, At(0, start))
        // What matters least leaves first.
        var parts = isCompact(canvas) ? compactParts(scene) : parts(scene, isWide: canvas.columns >= 120)
        while parts.count > 1, width(parts) + 2 > start {
            guard let least = parts.indices.min(by: { parts[$0].weight < parts[$1].weight }) else { break }
            parts.remove(at: least)
        }
        var column = 0
        for (index, part) in parts.enumerated() {
            column = canvas.put(part.spans, At(0, index == 0 ? 0 : column + part.gap, end: start - 1))
        }
    }

    private struct Part {
        var spans: Spans
        var weight: Int
        var gap = 3
    }

    private static func width(_ parts: [Part]) -> Int {
        parts.reduce(0) { $0 + $1.spans.width + $1.gap } - (parts.first?.gap ?? 0)
    }

    private static func parts(_ scene: Scene, isWide: Bool) -> [Part] {
        var name = Spans("voiced ", .title)
        if let frozenAt = scene.frozenAt {
            name.add(" FROZEN \(scene.clock.time(frozenAt)) ", .held)
        } else {
            name.add(scene.ledger.totals.isStopping ? "● stopping" : "● live")
        }
        var parts = [Part(spans: name, weight: 9)]
        if scene.newer > 0 { parts.append(Part(spans: Spans("\(scene.newer) newer"), weight: 4, gap: 2)) }
        parts.append(Part(spans: Spans(Format.count(scene.ledger.live.count, "session")), weight: 5))
        let speaking = scene.ledger.count(.speaking, at: scene.now)
        parts.append(Part(spans: Spans("\(speaking) speaking"), weight: 1, gap: 2))
        if isWide {
            let hearing = scene.ledger.count(.hearing, at: scene.now)
            parts.append(Part(spans: Spans("\(hearing) hearing"), weight: 0, gap: 2))
        }
        return parts + latencies(scene, prefix: isWide ? "turn " : "")
    }

    private static func latencies(_ scene: Scene, prefix: String) -> [Part] {
        guard let median = scene.ledger.totals.latency.value(at: 0.5) else { return [] }
        return [Part(spans: percentile("\(prefix)p50", median, scene), weight: 2), p95(scene, gap: 2)].compactMap { $0 }
    }

    private static func p95(_ scene: Scene, gap: Int) -> Part? {
        scene.ledger.totals.latency.value(at: 0.95).map {
            Part(spans: percentile("p95", $0, scene), weight: 8, gap: gap)
        }
    }

    private static func percentile(_ name: String, _ ms: Double, _ scene: Scene) -> Spans {
        let shown = scene.latency(ms)
        var spans = Spans("\(name) ")
        spans.add(shown.text + (shown.mark.isEmpty ? "" : " " + shown.mark), shown.style)
        return spans
    }

    private static func compactParts(_ scene: Scene) -> [Part] {
        var name = Spans("● ")
        if let frozenAt = scene.frozenAt { name = Spans(" FROZEN \(scene.clock.time(frozenAt)) ", .held) }
        let sessions = Spans(Format.count(scene.ledger.live.count, "session"))
        return [
            Part(spans: name, weight: 9), Part(spans: sessions, weight: 5, gap: scene.frozenAt == nil ? 0 : 1),
            p95(scene, gap: 2),
        ].compactMap { $0 }
    }

    /// What is not as it should be, of the last hour, and the time. Good news is no news.
    private static func news(_ scene: Scene, isWide: Bool) -> Spans {
        let totals = scene.ledger.totals
        var spans = Spans()
        func add(_ mark: String, _ count: Int, _ style: Style) {
            guard count > 0 else { return }
            spans.add("\(mark)\(count)", style)
            spans.add(" ")
        }
        let bargeIns = totals.bargeIns.count(at: scene.now)
        if isWide, bargeIns > 0 { spans.add("barge-ins \(bargeIns)/h   ") }
        add("↻", totals.retries.count(at: scene.now), .retry)
        add("✗", totals.failures.count(at: scene.now), .failure)
        if !isWide { add("✂", bargeIns, .bargeIn) }
        if scene.dropped > 0 { spans.add(" dropped \(Format.grouped(Double(scene.dropped))) ", .failure) }
        if !spans.isEmpty { spans.add(" ") }
        spans.add(scene.clock.time(scene.now))
        return spans
    }

    // MARK: Tabs

    /// The screens that are tabs, in their order. The gaps in the numbers are screens to come.
    static let tabs: [(number: Int, room: Room)] = [(1, .sessions), (5, .events)]

    static func tabs(on canvas: inout Canvas, _ screen: some Screen, _ scene: Scene) {
        if let crumbs = screen.crumbs(scene) {
            canvas.put(crumbs, At(1, 1))
            return
        }
        var column = isCompact(canvas) ? 1 : 0
        for tab in tabs {
            let isShown = tab.room == screen.room
            let label = isCompact(canvas) ? "\(tab.number)" : "\(tab.number) \(tab.room.title)"
            let text = isShown ? "[\(label)]" : isCompact(canvas) ? label : " \(label) "
            column = canvas.put(text, At(1, column + (isCompact(canvas) ? 0 : 1)), isShown ? .title : .normal)
            column += isCompact(canvas) ? 1 : 2
        }
        if isCompact(canvas) { canvas.put(screen.room.title, At(1, column + 1)) }
        let note = screen.note(scene).isEmpty ? Spans("? keys") : screen.note(scene)
        canvas.put(note, At(1, max(canvas.columns - 2 - note.width, column + 2)))
    }

    // MARK: Keys

    /// The key line, from the table: what the room adds, then what holds everywhere. What does not fit is left out, the
    /// room's last first.
    static func keyLine(on canvas: inout Canvas, _ room: Room, _ scene: Scene) {
        var added = scene.keys.added(by: room).compactMap { hint($0, room, scene) }
        let general = scene.keys.everywhere.compactMap { hint($0, room, scene) }
        while !added.isEmpty, (added + general).reduce(0, { $0 + $1.width + 2 }) > canvas.columns + 1 {
            added.removeLast()
        }
        var column = 1
        for hint in added + general { column = canvas.put(hint, At(canvas.rows - 1, column)) + 2 }
    }

    private static func hint(_ binding: Binding, _ room: Room, _ scene: Scene) -> Spans? {
        guard let hint = binding.hint, hint.rooms.contains(room) else { return nil }
        let keys = hint.keys.isEmpty ? Array(binding.keys.prefix(1)) : hint.keys
        let ascii = scene.options.ascii
        var spans = Spans(keys.map { $0.name(ascii: ascii) }.joined(separator: ascii ? " " : ""), .title)
        spans.add(" " + hint.text)
        return spans
    }
}

// The columns of the list of calls: which there are at a width, and what stands in them.
internal import Conversation
internal import Observation

/// Where the columns are. They leave in a fixed order (trend, barge-ins, age, turn); state, last latency and the newest
/// words stay.
struct SessionColumns {
    private let hasTrend: Bool
    private let hasBargeIns: Bool
    private let hasAge: Bool
    private let hasTurn: Bool
    private let trendWidth: Int
    private let width: Int

    init(width: Int) {
        self.width = width
        hasTrend = width >= 80
        hasBargeIns = width >= 74
        hasAge = width >= 68
        hasTurn = width >= 62
        trendWidth = min(8 + max(width - 80, 0) / 4, 24)
    }

    // Left edges; right-aligned columns are given by their right edges, exclusive.
    private var ageEnd: Int { hasAge ? 26 : 20 }
    private var turnEnd: Int { hasTurn ? ageEnd + 6 : ageEnd }
    private var last: Int { turnEnd + 2 }
    private var trend: Int { last + 8 }
    private var bargeInEnd: Int { (hasTrend ? trend + trendWidth + 2 : last + 8) + (hasBargeIns ? 4 : 0) }
    private var now: Int { hasBargeIns ? bargeInEnd + 2 : last + 8 }

    /// The mark of the order stands on the side of its heading that has room.
    func drawHeadings(on canvas: inout Canvas, row: Int, _ order: SessionsScreen.Order, isReversed: Bool) {
        func heading(_ text: String, _ column: SessionsScreen.Order, end: Int) {
            canvas.putRight((order == column ? isReversed ? "^ " : "v " : "") + text, At(row, 0, end: end), .faint)
        }
        canvas.put("SESSION STATE", At(row, 2), .faint)
        if hasAge { heading("AGE", .age, end: ageEnd) }
        if hasTurn { heading("TURN", .turn, end: turnEnd) }
        canvas.put("LAST" + (order == .last ? isReversed ? " ^" : " v" : ""), At(row, last), .faint)
        if hasTrend { canvas.put("TREND", At(row, trend), .faint) }
        if hasBargeIns { heading("BARGE", .bargeIns, end: now - 1) }
        canvas.put("NOW", At(row, now), .faint)
    }

    func draw(_ session: Ledger.Session, on canvas: inout Canvas, row: Int, _ scene: Scene) {
        let state = session.state(at: scene.now)
        canvas.put(session.name, At(row, 2, end: 9), state == .ended ? .faint : .normal)
        canvas.put(state.label, At(row, 10, end: 20), state.style)
        if hasAge { canvas.putRight(Format.age(session.age(at: scene.now)), At(row, 20, end: ageEnd)) }
        if hasTurn, session.turnNumber > 0 {
            canvas.putRight(String(session.turnNumber), At(row, ageEnd, end: turnEnd))
        }
        if let latency = session.lastLatency {
            let shown = scene.latency(latency)
            canvas.put(shown.text, At(row, last), shown.style)
            canvas.put(shown.mark, At(row, last + 5), shown.style)
        }
        if hasTrend { canvas.put(trend(session, scene), At(row, trend)) }
        if hasBargeIns { canvas.putRight(String(session.bargeIns.confirmed), At(row, 0, end: bargeInEnd)) }
        let news = SessionList.news(session, scene)
        canvas.put(Columns.clip(news.text, to: width - now - 1), At(row, now), news.style)
    }

    private func trend(_ session: Ledger.Session, _ scene: Scene) -> String {
        session.latencies.suffix(trendWidth).map { SessionList.spark($0, budget: scene.budget) }.joined()
    }
}

enum SessionList {
    /// A latency as a block, on a scale that is the same for all: the lowest up to 0.3 of the budget, the highest from 1.3.
    static func spark(_ ms: Double, budget: Double) -> String {
        let blocks = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
        let level = ((ms / max(budget, 1) - 0.3) * 7).rounded()
        return blocks[Int(min(max(level, 0), 7))]
    }

    /// What a call is about just now: the newest words, or why there are none.
    static func news(_ session: Ledger.Session, _ scene: Scene) -> (text: String, style: Style) {
        let turn = session.turns.last
        switch session.state(at: scene.now) {
        case .ended:
            let at = session.endedAt.map { " " + scene.clock.time($0) } ?? ""
            return (ending(session.endReason) + at, .faint)
        case .retrying:
            guard let retry = session.retry else { return ("", .retry) }
            let delay = Format.decimal(retry.delay / 1000, places: 1)
            return ("\(retry.slot) \(retry.reason) \(retry.attempt)/\(retry.limit) \(delay)s", .retry)
        case .speaking: return (scene.words(turn?.said ?? ""), .agent)
        case .hearing:
            let words = session.utterance.text
            return words.isEmpty ? ("", .user) : (scene.words(words), .user)
        case .thinking: return (scene.words(turn?.user ?? ""), .user)
        case .silent:
            guard let since = session.quietSince(scene.now) else { return ("", .faint) }
            return ("\((scene.now - since).microseconds / 1_000_000) s without speech", .faint)
        }
    }

    static func ending(_ reason: String) -> String {
        switch reason {
        case "ended", "left": "caller left"
        case "dead": "connection lost"
        case "slow": "caller too slow"
        case "abuse": "closed for abuse"
        case "stopping": "server stopped"
        default: reason.isEmpty ? "ended" : reason
        }
    }
}

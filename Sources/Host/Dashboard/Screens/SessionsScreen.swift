// All calls, and a preview of the chosen one, so that most looks need no key at all.
//
//   SESSION STATE        AGE  TURN  LAST v  TREND     BARGE NOW
// > 7f3a2c  » speaking  2:41     9  0.81    ▃▄▃▅▃▃▄▆     2  Great, half past ten…
//   b01e77  … thinking  0:52     3  1.42 !  ▃▃█          0  what's the cancellat…
//
// ── 7f3a2c  turn 9 ────────────────────────────────────────── 0.81 s of 1.00 s ──
// (lanes, waterfall, last words)
internal import Conversation
internal import Observation

struct SessionsScreen: Screen {
    let room = Room.sessions
    var filter: Filter? = Filter("")
    private(set) var order = Order.age
    private(set) var isReversed = false
    /// The chosen call; nil for the first.
    private(set) var chosen: SessionID?

    /// What the list is sorted by.
    enum Order: CaseIterable {
        case age, last, turn, bargeIns

        var next: Order {
            switch self {
            case .age: .last
            case .last: .turn
            case .turn: .bargeIns
            case .bargeIns: .age
            }
        }

        func value(_ session: Ledger.Session) -> Double {
            switch self {
            case .age: Double(session.startedAt.microseconds)
            case .last: session.lastLatency ?? -1
            case .turn: Double(session.turnNumber)
            case .bargeIns: Double(session.bargeIns.confirmed)
            }
        }
    }

    /// The calls as they are listed: live ones sorted, largest or newest first, then ended ones, newest first.
    func list(_ scene: Scene) -> [SessionID] {
        let ledger = scene.ledger
        var live = ledger.live.map { (id: $0, value: ledger.sessions[$0].map(order.value) ?? 0) }
        live.sort { $0.value == $1.value ? $0.id.text < $1.id.text : ($0.value > $1.value) != isReversed }
        let all = live.map(\.id) + ledger.ended.reversed()
        guard let filter, !filter.isEmpty else { return all }
        return all.filter { id in
            guard let session = ledger.sessions[id] else { return false }
            let providers = session.providers.values.joined(separator: " ")
            let now = SessionList.news(session, scene).text
            let state = session.state(at: scene.now).rawValue
            return filter.matches("\(id.text) \(state) \(session.peer) \(providers) \(now)")
        }
    }

    mutating func handle(_ action: Action, _ scene: Scene, page: Int) -> Wish? {
        let list = list(scene)
        let index = chosen.flatMap { list.firstIndex(of: $0) } ?? 0
        func choose(_ index: Int) -> SessionID? {
            list.isEmpty ? nil : list[min(max(index, 0), list.count - 1)]
        }
        switch action {
        case .up: chosen = choose(index - 1)
        case .down: chosen = choose(index + 1)
        case .pageUp: chosen = choose(index - page)
        case .pageDown: chosen = choose(index + page)
        case .top: chosen = choose(0)
        case .bottom: chosen = choose(list.count - 1)
        case .sort:
            order = order.next
            isReversed = false
        case .reverse: isReversed.toggle()
        case .open: return choose(index).map { .open($0, turn: nil) }
        case .endSession: return choose(index).map { .end($0) }
        case .interrupt: return choose(index).map { .interrupt($0) }
        default: break
        }
        return nil
    }

    func draw(on canvas: inout Canvas, _ scene: Scene) {
        let list = list(scene)
        let index = chosen.flatMap { list.firstIndex(of: $0) } ?? 0
        let isCompact = Chrome.isCompact(canvas)
        let preview = isCompact ? 0 : Preview.height(rows: canvas.rows)
        let top = isCompact ? 2 : 3
        let columns = SessionColumns(width: canvas.columns)
        columns.drawHeadings(on: &canvas, row: top, order, isReversed: isReversed)
        let rows = canvas.rows - top - 2 - preview - (isCompact ? 0 : 1)
        if list.isEmpty { empty(on: &canvas, row: top + 2, scene) }
        for (line, item) in window(of: list.count, around: index, rows: rows).enumerated() {
            guard let session = scene.ledger.sessions[list[item]] else { continue }
            columns.draw(session, on: &canvas, row: top + 1 + line, scene)
            if item == index {
                canvas.put(">", At(top + 1 + line, 0))
                canvas.highlight(row: top + 1 + line, columns: 0..<canvas.columns, .selected)
            }
        }
        guard !isCompact, !list.isEmpty, let session = scene.ledger.sessions[list[index]] else { return }
        Preview(session: session, scene: scene).draw(on: &canvas, row: canvas.rows - 2 - preview)
    }

    private func empty(on canvas: inout Canvas, row: Int, _ scene: Scene) {
        if let filter, !filter.isEmpty {
            canvas.put("no session has all of: \(filter.text)", At(row, 2), .faint)
        } else {
            canvas.put("no calls yet", At(row, 2), .faint)
        }
    }
}

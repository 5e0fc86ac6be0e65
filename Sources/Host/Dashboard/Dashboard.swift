// The dashboard as a value: events and keys in, a picture out. It knows no terminal and reads no clock; what it cannot do
// itself it asks for.
package import Conversation
internal import Observation

/// The state of the dashboard.
package struct Dashboard: Sendable {
    /// What the dashboard wants done by somebody else.
    package enum Request: Sendable, Equatable {
        case leave, stopServer
        case endSession(SessionID)
        case interrupt(SessionID)
    }

    private let options: DashboardOptions
    private let keys: KeyTable
    private(set) var ledger = Ledger()
    private var columns = 80
    private var rows = 24
    private var dropped = 0
    private var clock = WallClock(startOfServer: .zero)

    private var sessions = SessionsScreen()
    private var events = EventsScreen()
    /// One session, over the tab it was opened from.
    private var session: SessionScreen?
    private var tab = Room.sessions

    private var frozen: (ledger: Ledger, at: Moment)?
    private var question: Question?
    private var typing: String?
    private var showsKeys = false
    private var hidesWords: Bool

    /// A request that waits for a "y".
    private struct Question {
        var text: String
        var request: Request
    }

    /// A dashboard that has seen nothing yet.
    package init(_ options: DashboardOptions = DashboardOptions()) {
        self.options = options
        keys = KeyTable(readOnly: options.readOnly)
        hidesWords = options.hideWords
    }

    // MARK: In

    /// Folds new events. `dropped` is how many this view has lost so far.
    package mutating func apply(_ batch: [Event], dropped: Int = 0) {
        for event in batch { ledger.apply(event) }
        self.dropped = dropped
        var scene = scene(at: ledger.now)
        scene.ledger = ledger
        events.update(scene)
    }

    /// The window has another size.
    package mutating func resize(columns: Int, rows: Int) { (self.columns, self.rows) = (columns, rows) }

    /// The time of day at which the server started.
    package mutating func set(_ clock: WallClock) { self.clock = clock }

    /// Acts on a key, pressed at `now`.
    package mutating func handle(_ key: Key, at now: Moment) -> Request? {
        if let question {
            self.question = nil
            return key == .character("y") || key == .character("Y") ? question.request : nil
        }
        if typing != nil { return type(key) }
        let action = keys.action(for: key, in: room)
        if showsKeys {
            showsKeys = false
            guard action == .stopServer else { return nil }
        }
        return action.flatMap { perform($0, at: now) }
    }

    // MARK: Out

    /// Draws everything, as it is at `now`.
    package func draw(on canvas: inout Canvas, at now: Moment) {
        let scene = scene(at: now)
        guard canvas.columns >= 60, canvas.rows >= 16 else {
            Chrome.status(on: &canvas, scene)
            let size = canvas.columns < 32 ? "" : ", this is \(canvas.columns)x\(canvas.rows)"
            canvas.put("needs 60x16\(size)", At(1, 0))
            return
        }
        Chrome.status(on: &canvas, scene)
        Chrome.tabs(on: &canvas, screen, scene)
        screen.draw(on: &canvas, scene)
        if showsKeys { KeyOverlay.draw(on: &canvas, room, scene) }
        drawLastRow(on: &canvas, scene)
    }

    private func drawLastRow(on canvas: inout Canvas, _ scene: Scene) {
        let row = canvas.rows - 1
        if let question {
            canvas.put(" \(question.text) y/n ", At(row, 0), .held)
        } else if let typing {
            let next = canvas.put(" /\(typing)▌", At(row, 0), .title)
            canvas.put("words to match, -word to leave out   enter keep  esc clear", At(row, next + 3), .faint)
        } else if showsKeys {
            canvas.put(" esc close", At(row, 0))
        } else {
            Chrome.keyLine(on: &canvas, room, scene)
        }
    }

    // MARK: Inside

    private var room: Room { session?.room ?? tab }

    private var screen: any Screen {
        if let session { return session }
        return tab == .events ? events : sessions
    }

    private func scene(at now: Moment) -> Scene {
        var scene = Scene(
            ledger: frozen?.ledger ?? ledger, now: frozen?.at ?? max(now, ledger.now), clock: clock, options: options,
            keys: keys)
        scene.hidesWords = hidesWords
        scene.frozenAt = frozen?.at
        scene.newer = frozen.map { ledger.history.end - $0.ledger.history.end } ?? 0
        scene.dropped = dropped
        return scene
    }

    private mutating func perform(_ action: Action, at now: Moment) -> Request? {
        switch action {
        case .sessionsScreen: (tab, session) = (.sessions, nil)
        case .eventsScreen: (tab, session) = (.events, nil)
        case .freeze: frozen = frozen == nil ? (ledger, max(now, ledger.now)) : nil
        case .hideWords: hidesWords.toggle()
        case .keys: showsKeys = true
        case .leave: return .leave
        case .stopServer: question = Question(text: "stop the server?", request: .stopServer)
        case .filter: typing = screen.filter?.text ?? ""
        case .back where session == nil: set(filter: "")
        default: return forward(action, at: now)
        }
        return nil
    }

    /// The screen's own keys.
    private mutating func forward(_ action: Action, at now: Moment) -> Request? {
        let scene = scene(at: now)
        let page = max(rows - 14, 4)
        let wish: Wish?
        if session != nil {
            wish = session?.handle(action, scene, page: page)
        } else if tab == .events {
            wish = events.handle(action, scene, page: page)
        } else {
            wish = sessions.handle(action, scene, page: page)
        }
        switch wish {
        case .open(let id, let turn):
            // Following beats pinning where it is the newest turn that was asked for.
            let newest = scene.ledger.sessions[id]?.turnNumber
            session = SessionScreen(id, turn: turn == newest ? nil : turn)
        case .back: session = nil
        case .interrupt(let id): return isLive(id) ? .interrupt(id) : nil
        case .end(let id):
            guard isLive(id), let record = ledger.sessions[id] else { return nil }
            let state = record.state(at: max(now, ledger.now)).rawValue
            let age = Format.age(record.age(at: max(now, ledger.now)))
            question = Question(text: "end session \(record.name), \(state), \(age)?", request: .endSession(id))
        case nil: break
        }
        return nil
    }

    private func isLive(_ id: SessionID) -> Bool { ledger.sessions[id].map { $0.endedAt == nil } ?? false }

    // MARK: The filter

    private mutating func type(_ key: Key) -> Request? {
        switch key {
        case .enter: typing = nil
        case .escape:
            typing = nil
            set(filter: "")
        case .backspace:
            // At the beginning there is nothing to take away but the filter itself.
            typing = typing.flatMap { $0.isEmpty ? nil : String($0.dropLast()) }
            set(filter: typing ?? "")
        case .character(let character) where (typing?.count ?? 0) < 60:
            typing?.append(character)
            set(filter: typing ?? "")
        default: break
        }
        return nil
    }

    private mutating func set(filter text: String) {
        if tab == .events {
            guard events.filter?.text != text else { return }
            events.filter = Filter(text)
            var scene = scene(at: ledger.now)
            scene.ledger = ledger
            events.update(scene)
        } else {
            sessions.filter = Filter(text)
        }
    }
}

// The one table of keys: it binds them, prints the key line and the overlay, and is what `voiced keys` prints.

/// What a key can do.
package enum Action: Sendable, Hashable, CaseIterable {
    case sessionsScreen, eventsScreen, open, back, filter, freeze
    case up, down, pageUp, pageDown, top, bottom
    case sort, reverse, previousTurn, nextTurn, heardOnly, allEvents
    case hideWords, interrupt, endSession, keys, leave, stopServer
}

/// A screen, as far as keys are concerned.
package enum Room: Sendable, Hashable, CaseIterable {
    case sessions, session, events

    /// Its title in the overlay.
    package var title: String {
        switch self {
        case .sessions: "Sessions"
        case .session: "one session"
        case .events: "Events"
        }
    }
}

/// One line of the table.
package struct Binding: Sendable {
    package var action: Action
    package var keys: [Key]
    /// Where it holds; nil everywhere.
    package var room: Room?
    /// In the overlay.
    package var text: String
    /// In the key line; nil to leave it out.
    package var hint: Hint?
    /// It changes a call or the server: it is not there in a read-only dashboard.
    package var isDangerous = false
}

/// How a binding stands in the key line.
package struct Hint: Sendable {
    package var text: String
    /// Where; in all rooms where the binding holds, unless it is said.
    package var rooms: [Room]
    /// Shown in place of the first key of the binding.
    package var keys: [Key]

    init(_ text: String, _ rooms: [Room] = Room.allCases, keys: [Key] = []) {
        self.text = text
        self.rooms = rooms
        self.keys = keys
    }
}

/// The table.
package struct KeyTable: Sendable {
    package let bindings: [Binding]

    /// The keys there are. A read-only dashboard has no dangerous ones.
    package init(readOnly: Bool = false) {
        bindings = Self.all.filter { !(readOnly && $0.isDangerous) }
    }

    /// What a key does in a room.
    package func action(for key: Key, in room: Room) -> Action? {
        bindings.first { ($0.room ?? room) == room && $0.keys.contains(key) }?.action
    }

    /// The bindings that hold everywhere.
    package var everywhere: [Binding] { bindings.filter { $0.room == nil } }
    /// Those that a room adds.
    package func added(by room: Room) -> [Binding] { bindings.filter { $0.room == room } }

    private static let all: [Binding] = rooms + general

    private static let general: [Binding] = [
        Binding(action: .sessionsScreen, keys: [.character("1")], text: "sessions"),
        Binding(action: .eventsScreen, keys: [.character("5")], text: "events"),
        Binding(action: .back, keys: [.escape], text: "back, clear filter", hint: Hint("back", [.session])),
        Binding(
            action: .freeze, keys: [.character("f")], text: "freeze the picture",
            hint: Hint("freeze", [.sessions, .events])),
        Binding(action: .hideWords, keys: [.character("P")], text: "hide words"),
        Binding(action: .keys, keys: [.character("?")], text: "these keys", hint: Hint("keys")),
        Binding(action: .leave, keys: [.character("q")], text: "leave, calls go on", hint: Hint("leave")),
        Binding(
            action: .stopServer, keys: [.character("Q"), .control("c")], text: "stop server, asks", isDangerous: true),
        Binding(action: .up, keys: [.up, .character("k")], text: "up"),
        Binding(action: .down, keys: [.down, .character("j")], text: "down"),
        Binding(action: .top, keys: [.character("g"), .home], text: "top"),
        Binding(action: .bottom, keys: [.character("G"), .end], text: "bottom, follow"),
        Binding(action: .pageUp, keys: [.pageUp, .control("u")], text: "page up"),
        Binding(action: .pageDown, keys: [.pageDown, .control("d")], text: "page down"),
    ]

    private static let rooms: [Binding] = [
        Binding(action: .open, keys: [.enter], room: .sessions, text: "open session", hint: Hint("open")),
        Binding(
            action: .filter, keys: [.character("/")], room: .sessions, text: "filter by words", hint: Hint("filter")),
        Binding(action: .sort, keys: [.character("s")], room: .sessions, text: "sort by next", hint: Hint("sort")),
        Binding(action: .reverse, keys: [.character("S")], room: .sessions, text: "reverse order"),
        interrupt(in: .sessions, hint: nil), endSession(in: .sessions),

        Binding(
            action: .previousTurn, keys: [.left, .character("h")], room: .session, text: "previous turn",
            hint: Hint("turn", keys: [.left, .right])),
        Binding(action: .nextTurn, keys: [.right, .character("l")], room: .session, text: "next turn"),
        Binding(
            action: .heardOnly, keys: [.character("t")], room: .session, text: "all, or what was heard",
            hint: Hint("said/heard")),
        interrupt(in: .session, hint: Hint("interrupt")), endSession(in: .session),

        Binding(action: .open, keys: [.enter], room: .events, text: "go to its turn", hint: Hint("go to turn")),
        Binding(action: .filter, keys: [.character("/")], room: .events, text: "filter by words", hint: Hint("filter")),
        Binding(
            action: .allEvents, keys: [.character("a")], room: .events, text: "all, or notable",
            hint: Hint("all/notable")),
    ]

    private static func interrupt(in room: Room, hint: Hint?) -> Binding {
        Binding(
            action: .interrupt, keys: [.character("i")], room: room, text: "interrupt agent", hint: hint,
            isDangerous: true)
    }

    private static func endSession(in room: Room) -> Binding {
        Binding(
            action: .endSession, keys: [.character("K")], room: room, text: "end session, asks",
            hint: Hint("end session"), isDangerous: true)
    }
}

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
    package var hint: String?
    /// It changes a call or the server: it is not there in a read-only dashboard.
    package var isDangerous = false
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
        Binding(action: .up, keys: [.up, .character("k")], text: "up"),
        Binding(action: .down, keys: [.down, .character("j")], text: "down"),
        Binding(action: .pageUp, keys: [.pageUp, .control("u")], text: "page up"),
        Binding(action: .pageDown, keys: [.pageDown, .control("d")], text: "page down"),
        Binding(action: .top, keys: [.character("g"), .home], text: "top"),
        Binding(action: .bottom, keys: [.character("G"), .end], text: "bottom (follow)"),
        Binding(action: .back, keys: [.escape], text: "back, or clear filter"),
        Binding(action: .freeze, keys: [.character("f")], text: "freeze the picture", hint: "freeze"),
        Binding(action: .hideWords, keys: [.character("P")], text: "hide words"),
        Binding(action: .keys, keys: [.character("?")], text: "these keys", hint: "keys"),
        Binding(action: .leave, keys: [.character("q")], text: "leave (calls go on)", hint: "leave"),
        Binding(
            action: .stopServer, keys: [.character("Q"), .control("c")], text: "stop the server (asks)",
            isDangerous: true),
    ]

    private static let rooms: [Binding] = [
        Binding(action: .open, keys: [.enter], room: .sessions, text: "open the session", hint: "open"),
        Binding(action: .filter, keys: [.character("/")], room: .sessions, text: "filter by words", hint: "filter"),
        Binding(action: .sort, keys: [.character("s")], room: .sessions, text: "sort by the next column", hint: "sort"),
        Binding(action: .reverse, keys: [.character("S")], room: .sessions, text: "reverse the order"),
        interrupt(in: .sessions, hint: nil), endSession(in: .sessions),

        Binding(
            action: .previousTurn, keys: [.left, .character("h")], room: .session, text: "previous turn", hint: "turn"),
        Binding(action: .nextTurn, keys: [.right, .character("l")], room: .session, text: "next turn"),
        Binding(
            action: .heardOnly, keys: [.character("t")], room: .session, text: "all that was said, or heard",
            hint: "said/heard"),
        interrupt(in: .session, hint: "interrupt"), endSession(in: .session),

        Binding(action: .open, keys: [.enter], room: .events, text: "go to its turn", hint: "go to turn"),
        Binding(action: .filter, keys: [.character("/")], room: .events, text: "filter by words", hint: "filter"),
        Binding(
            action: .allEvents, keys: [.character("a")], room: .events, text: "all events, or notable ones", hint: "all"
        ),
    ]

    private static func interrupt(in room: Room, hint: String?) -> Binding {
        Binding(
            action: .interrupt, keys: [.character("i")], room: room, text: "interrupt the agent", hint: hint,
            isDangerous: true)
    }

    private static func endSession(in room: Room) -> Binding {
        Binding(
            action: .endSession, keys: [.character("K")], room: room, text: "end the session (asks)",
            hint: "end session", isDangerous: true)
    }
}

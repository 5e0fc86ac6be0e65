// What sessions are given to work with.
internal import Conversation
internal import Observation
internal import Providers
internal import Support

/// The server's clock: monotonic, from the server's start.
struct ServerClock: Sendable {
    private let origin = MonotonicClock.nanoseconds()

    func now() -> Moment { Moment(microseconds: (MonotonicClock.nanoseconds() - origin) / 1000) }
}

/// The parts of the server that all sessions share.
struct CallCentre: Sendable {
    let registry: ProviderRegistry
    let settings: ConversationSettings
    let persona: Persona
    let clock: ServerClock
    let timers: Timers
    let bus: EventBus
    let lines: ServerLines
    let maxSessions: Int
}

/// One session's view of them.
struct SessionContext: Sendable {
    let id: SessionID
    let centre: CallCentre

    var settings: ConversationSettings { centre.settings }

    func now() -> Moment { centre.clock.now() }

    func emit(_ kind: Event.Kind, turn: Int? = nil, words: String? = nil, _ fields: Event.Fields = [:]) {
        centre.bus.emit(Event(kind, at: now(), session: id, turn: turn, words: words, fields))
    }
}

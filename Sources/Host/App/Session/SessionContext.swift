// What a session is given to work with.
internal import Conversation
internal import Observation
internal import Support

/// The server's clock: monotonic, from the server's start.
struct ServerClock: Sendable {
    private let origin = MonotonicClock.nanoseconds()

    func now() -> Moment { Moment(microseconds: (MonotonicClock.nanoseconds() - origin) / 1000) }
}

/// The parts of the server a session uses.
struct SessionContext: Sendable {
    let id: SessionID
    let settings: ConversationSettings
    let persona: Persona
    let clock: ServerClock
    let timers: Timers
    let bus: EventBus
    let lines: ServerLines

    func now() -> Moment { clock.now() }

    func emit(_ kind: Event.Kind, turn: Int? = nil, words: String? = nil, _ fields: Event.Fields = [:]) {
        bus.emit(Event(kind, at: now(), session: id, turn: turn, words: words, fields))
    }
}

// One event as it crosses to a plugin: a number, an id, and bytes.
internal import CVoicePlugin
internal import Conversation
internal import JSON

struct PluginCall: Sendable, Equatable {
    enum Payload: Sendable, Equatable {
        case none
        /// JSON.
        case bytes([UInt8])
        case samples([Int16])
    }

    /// What must still hold when its turn comes.
    enum Condition: Sendable, Equatable {
        case none
        /// Its request is not over.
        case live
        /// The timer of this serial number is the one that is set.
        case timer(Int)
    }

    var event: UInt32
    var id: RequestID
    var payload = Payload.none
    var condition = Condition.live

    /// The samples it carries; 0 for anything but audio.
    var samples: Int { if case .samples(let samples) = payload { samples.count } else { 0 } }

    /// Cancels and timers are never refused: there are no more of them than requests, and they are what frees a plugin.
    var isAlwaysTaken: Bool { event == UInt32(VOICE_EVENT_CANCEL) || event == UInt32(VOICE_EVENT_TIMER) }

    static func cancel(_ id: RequestID) -> PluginCall {
        PluginCall(event: UInt32(VOICE_EVENT_CANCEL), id: id, condition: .none)
    }

    static func timer(_ id: RequestID, serial: Int) -> PluginCall {
        PluginCall(event: UInt32(VOICE_EVENT_TIMER), id: id, condition: .timer(serial))
    }
}

extension PluginCall {
    init(_ event: ProviderEvent, id: RequestID) {
        let (number, payload) = Self.encode(event)
        let alone = event.standsAlone
        self.init(
            event: UInt32(number), id: alone ? 0 : id, payload: payload, condition: alone ? .none : .live)
    }

    private static func encode(_ event: ProviderEvent) -> (number: Int, payload: Payload) {
        switch event {
        case .listen(let rate): (VOICE_EVENT_LISTEN, json(["sample_rate": JSON(rate)]))
        case .audio(let samples): (VOICE_EVENT_AUDIO, .samples(samples))
        case .speechStarted(let at): (VOICE_EVENT_SPEECH_STARTED, json(["at_ms": JSON(at)]))
        case .speechEnded(let at): (VOICE_EVENT_SPEECH_ENDED, json(["at_ms": JSON(at)]))
        case .generate(let turn, let messages):
            (VOICE_EVENT_GENERATE, json(["turn": JSON(turn), "messages": .array(messages.map(\.json))]))
        case .speak(let text): (VOICE_EVENT_SPEAK, json(["text": .string(text)]))
        case .remember(let message): (VOICE_EVENT_REMEMBER, json(message.json))
        case .recall(let turn): (VOICE_EVENT_RECALL, json(["turn": JSON(turn)]))
        case .forget: (VOICE_EVENT_FORGET, .none)
        }
    }

    private static func json(_ value: JSON) -> Payload { .bytes(Array(value.text.utf8)) }
}

extension ChatMessage {
    fileprivate var json: JSON { ["role": .string(role.rawValue), "content": .string(content)] }
}

extension HeardMessage {
    fileprivate var json: JSON {
        ["turn": JSON(turn), "role": .string(role.rawValue), "text": .string(text), "cut": .bool(isCut)]
    }
}

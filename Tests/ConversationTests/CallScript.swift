// A call on a clock of its own: inputs at moments in, effects out as short lines that a test compares with literals.
@testable import Conversation

/// Drives one turn machine.
struct CallScript {
    var machine: TurnMachine
    var events: [Event] = []
    var now = Moment.zero

    init(_ settings: ConversationSettings = ConversationSettings()) {
        var persona = Persona()
        persona.prompt = "Be Nova."
        machine = TurnMachine(session: SessionID("test"), settings: settings, persona: persona)
    }

    /// Gives `inputs` at `ms` and returns what is to be done, without events and alarms.
    @discardableResult
    mutating func at(_ ms: Double, _ inputs: Input...) -> [String] {
        now = .ms(ms)
        return inputs.flatMap { input in
            machine.handle(input, at: .ms(ms)).compactMap { effect -> String? in
                if case .emit(let event) = effect {
                    events.append(event)
                    return nil
                }
                return effect.line
            }
        }
    }

    /// The kinds of all events so far.
    var kinds: [String] { events.map(\.kind.rawValue) }

    /// The caller says `text` from `start` ms, for a second, and is understood at `start` + 1 510 ms.
    @discardableResult
    mutating func caller(says text: String, from start: Double) -> [String] {
        at(start + 200, .speechStarted(position: 0, onset: .ms(start)))
            + at(start + 1_500, .speechStopped(position: 16_000, lastSpeech: .ms(start + 1_000)))
            + at(start + 1_510, .finalHeard(Transcript(text, isFinalized: true)))
    }

    /// A turn in which `answer` was generated at once; its first sentence is under synthesis. Begins at 0, now is 1 600.
    static func answering(_ answer: String, settings: ConversationSettings = ConversationSettings()) -> CallScript {
        var call = CallScript(settings)
        call.caller(says: "hello", from: 0)
        call.at(1_520, .recalled(turn: 1, [ChatMessage(.user, "hello")]))
        call.at(1_600, .tokenArrived(turn: 1, answer), .modelFinished(turn: 1))
        return call
    }
}

extension Input {
    /// `ms` of audio for a sentence.
    static func audio(_ ms: Int, turn: Int = 1, sentence: Int) -> Input {
        .speechArrived(turn: turn, sentence: sentence, [Int16](repeating: 1, count: ms * 24))
    }
}

extension Effect {
    /// The effect in a line; nil for alarms.
    var line: String? {
        switch self {
        case .tell(let message): message.line
        case .send(let samples, let turn): "send \(turn) \(samples.count / 24)ms"
        case .flush(let turn, let message): "flush \(turn) \(message.line)"
        case .recall(let turn): "recall \(turn)"
        case .ask(let turn, let messages):
            "ask \(turn) " + messages.map { "\($0.role): \($0.content)" }.joined(separator: " | ")
        case .speak(let turn, let sentence, let text): "speak \(turn).\(sentence) \(text)"
        case .play(let turn, let sentence, let line): "play \(turn).\(sentence) \(line)"
        case .cancel(let turn, let what): "cancel \(turn) \(what)"
        case .remember(let message): "remember \(message.role): \(message.text)\(message.isCut ? " …" : "")"
        case .forget: "forget"
        case .restartRecognition: "restart recognition"
        case .close(let reason): "close \(reason)"
        case .emit, .wake: nil
        }
    }
}

extension ServerMessage {
    var line: String {
        switch self {
        case .connected: "connected"
        case .transcript(let text, let isFinal): "\(isFinal ? "final" : "interim") \(text)"
        case .thinking: "thinking"
        case .audioStart: "audio_start"
        case .speaking: "speaking"
        case .audioEnd: "audio_end"
        case .audioInterrupted: "audio_interrupted"
        case .response(let text): "response \(text)"
        case .error: "error"
        }
    }
}

// The order of the classic dialect: which message may follow which. A value; reads no clock and no socket.
internal import Conversation

/// Follows one connection and says what was against docs/protocol.md. After a violation it goes on as well as it can.
struct ClassicChecker {
    enum Phase: Equatable {
        /// `connected` has not come yet.
        case unconnected
        /// No turn is under way.
        case listening
        /// A turn is under way that nothing is to be heard of yet.
        case thinking
        /// Between `audio_start` and `speaking`.
        case starting
        /// Between `speaking` and the end of the audio.
        case speaking
        /// After `audio_end`: `response` has to follow.
        case ended
    }

    private(set) var phase = Phase.unconnected
    /// An `error` has come since the last `thinking`.
    private(set) var hasError = false
    private var hasWords = false
    private var hasAudio = false

    /// Whether there is an `audio_start` whose end has not come.
    var isInReply: Bool { phase == .starting || phase == .speaking }

    /// Takes the server's next message.
    mutating func take(_ message: ServerMessage) -> Violation? {
        if case .connected = message { return connect() }
        if phase == .unconnected {
            phase = .listening
            return Violation("\(message.type) came before connected")
        }
        switch message {
        case .connected: return nil
        case .transcript(_, let isFinal):
            hasWords = hasWords || isFinal
            return nil
        case .error:
            hasError = true
            return nil
        case .thinking: return think()
        case .audioStart:
            defer { (phase, hasAudio) = (.starting, false) }
            return phase == .thinking ? nil : misplaced(message)
        case .speaking:
            defer { phase = .speaking }
            return phase == .starting ? nil : misplaced(message)
        case .audioEnd:
            defer { phase = .ended }
            guard phase == .speaking else { return misplaced(message) }
            return hasAudio ? nil : Violation("audio_end came for a reply without audio")
        case .audioInterrupted:
            defer { phase = .listening }
            return isInReply ? nil : misplaced(message)
        case .response:
            defer { phase = .listening }
            // An answer that nobody could speak is given as text.
            return phase == .ended || phase == .thinking && hasError ? nil : misplaced(message)
        }
    }

    /// Takes a binary frame of so many bytes.
    mutating func take(audioBytes count: Int) -> Violation? {
        hasAudio = true
        guard phase == .speaking else { return Violation("audio came \(phase.place)") }
        guard count > 0 else { return Violation("an audio frame was empty") }
        return count % 2 == 0 ? nil : Violation("an audio frame had \(count) bytes, half a sample too many")
    }

    private mutating func connect() -> Violation? {
        guard phase == .unconnected else { return Violation("connected came twice") }
        phase = .listening
        return nil
    }

    private mutating func think() -> Violation? {
        defer { (phase, hasWords, hasError) = (.thinking, false, false) }
        guard phase == .listening || phase == .thinking else { return misplaced(.thinking) }
        return hasWords ? nil : Violation("thinking came without a final transcript")
    }

    private func misplaced(_ message: ServerMessage) -> Violation { Violation("\(message.type) came \(phase.place)") }
}

extension ClassicChecker.Phase {
    /// When, for a sentence.
    fileprivate var place: String {
        switch self {
        case .unconnected: "before connected"
        case .listening: "outside of a turn"
        case .thinking: "before audio_start"
        case .starting: "between audio_start and speaking"
        case .speaking: "before the end of the reply's audio"
        case .ended: "between audio_end and response"
        }
    }
}

extension ServerMessage {
    /// Its "type" on the wire.
    fileprivate var type: String {
        switch self {
        case .connected: "connected"
        case .transcript: "transcript"
        case .thinking: "thinking"
        case .audioStart: "audio_start"
        case .speaking: "speaking"
        case .audioEnd: "audio_end"
        case .audioInterrupted: "audio_interrupted"
        case .response: "response"
        case .error: "error"
        }
    }
}

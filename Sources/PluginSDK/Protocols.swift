// What a plugin author writes: one type that conforms to one of four protocols. It never blocks (unless it says so),
// never sleeps, opens no socket and starts no task: events come in as calls, answers go out through the outbox.
public import JSON

/// The id of one request. Answers carry it; a plugin that serves requests at once tells them apart by it.
public typealias RequestID = UInt64

/// What every plugin instance can be told. One instance serves one session.
public protocol VoicePlugin {
    /// Makes an instance, or throws the `Failure` the operator will read. Keep the outbox.
    init(_ configuration: Configuration, outbox: Outbox) throws(Failure)
    /// The request is over: nothing may be sent on `id` any more. Also called for requests that have just ended.
    mutating func cancel(_ id: RequestID)
    /// A timer set on the running request `id` has run out.
    mutating func timerFired(_ id: RequestID)
}

extension VoicePlugin {
    /// Nothing to stop.
    public mutating func cancel(_ id: RequestID) {}
    /// No timers.
    public mutating func timerFired(_ id: RequestID) {}
}

/// Turns the caller's audio into text. There is one stream at a time.
public protocol SpeechToText: VoicePlugin {
    /// A call begins. Audio is mono at `sampleRate` Hz until `cancel(id)`.
    mutating func listen(_ id: RequestID, sampleRate: Int)
    /// The next samples of the stream.
    mutating func audio(_ id: RequestID, _ samples: UnsafeBufferPointer<Int16>)
    /// The host heard speech begin at `milliseconds` of the call's audio.
    mutating func speechStarted(_ id: RequestID, at milliseconds: Int)
    /// The caller has stopped: answer with exactly one finalized result.
    mutating func speechEnded(_ id: RequestID, at milliseconds: Int)
}

/// Answers a conversation, token by token.
public protocol LanguageModel: VoicePlugin {
    /// Answer `request` with tokens, then done.
    mutating func generate(_ request: ChatRequest, id: RequestID)
}

/// Turns a sentence into audio.
public protocol TextToSpeech: VoicePlugin {
    /// Answer with the format, samples, then done.
    mutating func speak(_ text: String, id: RequestID)
}

/// Decides what of a conversation the model is shown.
public protocol Memory: VoicePlugin {
    /// Keep this message.
    mutating func remember(_ message: HeardMessage)
    /// Answer with the context for `turn`, then done.
    mutating func recall(turn: Int, id: RequestID)
    /// Forget everything.
    mutating func forget()
}

/// The manifest entry an instance is made for.
public struct Configuration: Sendable {
    /// "stt", "llm", "tts" or "memory".
    public var slot: String
    /// The entry's name in `plugins.json`, for messages to people.
    public var entry: String
    /// The entry's settings, checked on reading through the accessors of `Settings`.
    public var settings: Settings
    /// The entry's secrets by their names in the manifest. Never log them.
    public var secrets: [String: String]

    /// A configuration as a literal, for tests.
    public init(slot: String, entry: String = "test", settings: JSON.Object = [:], secrets: [String: String] = [:]) {
        self.slot = slot
        self.entry = entry
        self.settings = Settings(settings)
        self.secrets = secrets
    }
}

/// One message of a conversation, as a model is shown it.
public struct ChatMessage: Sendable, Equatable {
    /// Who says it.
    public enum Role: String, Sendable { case system, user, assistant }
    /// Who says it.
    public var role: Role
    /// UTF-8 text.
    public var content: String

    /// A message.
    public init(_ role: Role, _ content: String) {
        self.role = role
        self.content = content
    }
}

/// What a language model is asked.
public struct ChatRequest: Sendable, Equatable {
    /// The turn of the call, from 1.
    public var turn: Int
    /// Oldest first; the persona is the first one's `system` text.
    public var messages: [ChatMessage]

    /// A request.
    public init(turn: Int, messages: [ChatMessage]) {
        self.turn = turn
        self.messages = messages
    }
}

/// One message as it really happened: what was heard, not what was meant.
public struct HeardMessage: Sendable, Equatable {
    /// The turn it belongs to, from 1.
    public var turn: Int
    /// Who said it: `.user` or `.assistant`.
    public var role: ChatMessage.Role
    /// For the assistant, what the caller heard of it.
    public var text: String
    /// The assistant was interrupted: there was more.
    public var isCut: Bool

    /// A message.
    public init(turn: Int, role: ChatMessage.Role, text: String, isCut: Bool = false) {
        self.turn = turn
        self.role = role
        self.text = text
        self.isCut = isCut
    }
}

/// Why a request, or a whole instance, cannot be served. The class decides what the host does about it.
public struct Failure: Error, Sendable, Equatable {
    /// The classes of `voice_plugin.h`, ACTION_FAIL.
    public enum Class: String, Sendable, CaseIterable {
        /// The vendor cannot be reached. Retried, then failed over.
        case unreachable
        /// Too busy now; `retryAfter` says when. Retried, then failed over.
        case throttled
        /// The key is wrong. Failed over at once.
        case unauthorised
        /// No credit left. Failed over at once.
        case exhausted
        /// The request or a setting is wrong. Failed over at once.
        case invalid
        /// The vendor's own trouble. Retried, then failed over.
        case vendor
        /// No progress in time. Retried, then failed over.
        case late
    }

    /// What kind of trouble.
    public var kind: Class
    /// A sentence for the operator, without secrets.
    public var message: String
    /// The wait the vendor asked for, in ms.
    public var retryAfter: Int?

    /// A failure.
    public init(_ kind: Class, _ message: String, retryAfter: Int? = nil) {
        self.kind = kind
        self.message = message
        self.retryAfter = retryAfter
    }
}

// One action as it comes from a plugin, read strictly: what does not fit is not guessed at.
internal import CVoicePlugin
internal import Conversation
internal import JSON

enum PluginAction: Sendable, Equatable {
    case isWanted
    /// In ms.
    case setTimer(Double)
    /// UTF-8, which may begin and end in the middle of a character.
    case text([UInt8])
    case message(ProviderMessage)

    /// The numbers of `voice_plugin.h`.
    enum Kind {
        case done, fail, setTimer, log, isWanted, interim, final, token, format, pcm, context

        init?(_ number: UInt32) {
            switch Int(number) {
            case VOICE_ACTION_DONE: self = .done
            case VOICE_ACTION_FAIL: self = .fail
            case VOICE_ACTION_SET_TIMER: self = .setTimer
            case VOICE_ACTION_LOG: self = .log
            case VOICE_ACTION_IS_WANTED: self = .isWanted
            case VOICE_ACTION_INTERIM: self = .interim
            case VOICE_ACTION_FINAL: self = .final
            case VOICE_ACTION_TOKEN: self = .token
            case VOICE_ACTION_FORMAT: self = .format
            case VOICE_ACTION_PCM: self = .pcm
            case VOICE_ACTION_CONTEXT: self = .context
            default: return nil
            }
        }

        /// An instance for `slot` may say it. A stream of audio has no good end of its own, so stt is never done.
        func fits(_ slot: Slot) -> Bool {
            switch self {
            case .fail, .setTimer, .log, .isWanted: true
            case .done: slot != .stt
            case .interim, .final: slot == .stt
            case .token: slot == .llm
            case .format, .pcm: slot == .tts
            case .context: slot == .memory
            }
        }
    }

    /// nil where the bytes do not fit.
    init?(_ kind: Kind, _ bytes: UnsafeRawBufferPointer) {
        switch kind {
        case .isWanted: self = .isWanted
        case .done: self = .message(.done)
        case .token: self = unsafe .text(Array(bytes))
        case .pcm:
            guard let samples = unsafe Self.samples(bytes) else { return nil }
            self = .message(.pcm(samples))
        default:
            guard let json = unsafe try? JSON(parsing: bytes, limits: .own), let action = Self.read(kind, json) else {
                return nil
            }
            self = action
        }
    }

    private static func read(_ kind: Kind, _ json: JSON) -> PluginAction? {
        switch kind {
        case .setTimer: json.number.flatMap { (0...3_600_000).contains($0) ? .setTimer($0) : nil }
        case .fail: Failure(json: json).map { .message(.failed($0)) }
        case .log: log(json).map { .message($0) }
        case .interim: json["text"]?.string.map { .message(.interim($0)) }
        case .final: Transcript(json: json).map { .message(.final($0)) }
        case .format:
            json["sample_rate"]?.int.flatMap {
                (8000...48_000).contains($0) ? .message(.format(sampleRate: $0)) : nil
            }
        case .context: context(json).map { .message(.context($0)) }
        case .done, .isWanted, .token, .pcm: nil
        }
    }

    private static func samples(_ bytes: UnsafeRawBufferPointer) -> [Int16]? {
        guard bytes.count.isMultiple(of: 2), bytes.count <= 64 * 1024 else { return nil }
        return unsafe [Int16](unsafeUninitializedCapacity: bytes.count / 2) { samples, count in
            unsafe UnsafeMutableRawBufferPointer(samples).copyMemory(from: bytes)
            count = bytes.count / 2
        }
    }

    private static func log(_ json: JSON) -> ProviderMessage? {
        guard let level = json["level"]?.string, ["debug", "info", "warn", "error"].contains(level),
            let message = json["message"]?.string
        else { return nil }
        return .log(level: level, String(message.prefix(2000)))
    }

    private static func context(_ json: JSON) -> [ChatMessage]? {
        guard let list = json["messages"]?.array else { return nil }
        let messages = list.compactMap(ChatMessage.init(json:))
        return messages.count == list.count ? messages : nil
    }
}

extension Failure {
    /// A class that a newer plugin may know is the vendor's own trouble. Only the host cancels.
    fileprivate init?(json: JSON) {
        guard let name = json["class"]?.string, let message = json["message"]?.string else { return nil }
        let kind = Kind(rawValue: name).flatMap { $0 == .cancelled ? nil : $0 } ?? .vendor
        let wait = json["retry_after_ms"]?.number.map { TimeSpan.ms(min(max($0, 0), 3_600_000)) }
        self.init(kind, String(message.prefix(2000)), retryAfter: wait)
    }
}

extension Transcript {
    fileprivate init?(json: JSON) {
        guard let text = json["text"]?.string else { return nil }
        let list = json["words"]?.array ?? []
        let words = list.compactMap(Word.init(json:))
        guard words.count == list.count else { return nil }
        self.init(text, words: words, isFinalized: json["finalized"]?.bool ?? false)
    }
}

extension Transcript.Word {
    fileprivate init?(json: JSON) {
        guard let word = json["word"]?.string, let start = json["start_ms"]?.int, let end = json["end_ms"]?.int,
            start >= 0, end >= start
        else { return nil }
        self.init(word, start: start, end: end)
    }
}

extension ChatMessage {
    fileprivate init?(json: JSON) {
        guard let role = Role(rawValue: json["role"]?.string ?? ""), let content = json["content"]?.string else {
            return nil
        }
        self.init(role, content)
    }
}

// The way from a plugin to the host, typed. Where it leads is a closure, so a test collects `Action` values and compares
// them with literals.

/// One thing a plugin tells the host, on a request's id (0: about the instance).
public enum Action: Sendable, Equatable {
    case done
    case failed(Failure)
    /// In ms.
    case setTimer(Int)
    case log(LogLevel, String)
    case isWanted
    case interim(String)
    case final(Transcript)
    case token(String)
    /// In Hz.
    case format(sampleRate: Int)
    case pcm([Int16])
    case context([ChatMessage])

    /// How loud a log line is.
    public enum LogLevel: String, Sendable { case debug, info, warn, error }
}

/// A piece of an utterance that will not change any more.
public struct Transcript: Sendable, Equatable {
    /// One word and where it was, in ms of the call's audio.
    public struct Word: Sendable, Equatable {
        /// As it was said.
        public var text: String
        /// In ms of the call's audio.
        public var start: Int
        /// In ms of the call's audio.
        public var end: Int

        /// A word.
        public init(_ text: String, _ start: Int, _ end: Int) {
            self.text = text
            self.start = start
            self.end = end
        }
    }

    /// May be empty when it answers `speechEnded`.
    public var text: String
    /// Empty where the provider tells no times.
    public var words: [Word]
    /// It answers `speechEnded`.
    public var isFinalized: Bool

    /// A result.
    public init(_ text: String, words: [Word] = [], isFinalized: Bool = false) {
        self.text = text
        self.words = words
        self.isFinalized = isFinalized
    }
}

/// Where a plugin puts its answers. Usable from any thread.
public struct Outbox: Sendable {
    private let sink: @Sendable (Action, RequestID) -> Bool

    /// An outbox that hands every action to `sink`, which says whether somebody still waits for the id.
    public init(_ sink: @escaping @Sendable (Action, RequestID) -> Bool) { self.sink = sink }

    /// Sends an action. False: the request was cancelled, stop working on it.
    @discardableResult
    public func send(_ action: Action, _ id: RequestID) -> Bool { sink(action, id) }

    /// Whether somebody still waits for `id`; for long work that sends nothing.
    public func isWanted(_ id: RequestID) -> Bool { sink(.isWanted, id) }

    /// A line for the operator.
    public func log(_ level: Action.LogLevel, _ message: String) { _ = sink(.log(level, message), 0) }
}

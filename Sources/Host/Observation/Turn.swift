// One turn, as the events tell it: what the caller said, what the agent said and how much of that was heard, and why it
// took as long as it did.
package import Conversation

extension Ledger {
    /// One exchange of a call.
    package struct Turn: Sendable {
        /// From 1.
        package let number: Int
        package let startedAt: Moment
        /// The caller's utterance; empty for a turn that was only seen from its middle.
        package var user = ""
        /// What the model said, sentence by sentence.
        package private(set) var sentences: [String] = []
        /// How many words of the reply were heard, where it was cut short; nil where all was, or will be.
        package private(set) var heardWords: Int?
        package private(set) var timeline: Timeline?
        /// What went wrong or in between, oldest first.
        package private(set) var notes: [Note] = []
        /// completed, interrupted, failed, cancelled; nil while it goes on.
        package private(set) var outcome: String?
        package private(set) var replyStartedAt: Moment?
        /// All audio of the reply has left.
        package private(set) var isSent = false

        private static let sentenceLimit = 200
        private static let noteLimit = 32

        init(number: Int, startedAt: Moment) {
            self.number = number
            self.startedAt = startedAt
        }

        /// From the caller's end of speech to the first audio, in ms.
        package var latency: Double? { timeline?.total }
        /// The reply, as far as it was said.
        package var said: String { sentences.joined(separator: " ") }
        /// A barge-in cut it short.
        package var isInterrupted: Bool { heardWords != nil && outcome != "failed" }
        /// The model still writes, or its words are still being synthesised.
        package var isReplying: Bool { outcome == nil && !isSent }

        /// How often requests of a slot were tried again.
        package func retries(of slot: Slot) -> Int {
            notes.count { if case .retrying(let retry) = $0.what { retry.slot == slot.rawValue } else { false } }
        }

        /// Takes in an event of this turn. What a turn does not show is ignored.
        mutating func apply(_ event: Event) {
            switch event.kind {
            case .turnStarted: user = event.safeWords
            case .sentenceReady: if sentences.count < Self.sentenceLimit { sentences.append(event.safeWords) }
            case .turnTimed: timeline = Timeline(event)
            case .replyStarted: replyStartedAt = event.at
            case .replySent: isSent = true
            case .bargeInConfirmed: cut(by: event, words: event.int("heard_words"))
            case .turnEnded: end(event)
            default: break
            }
            if let note = Note(event) {
                if notes.count >= Self.noteLimit { notes.removeFirst() }
                notes.append(note)
            }
        }

        private mutating func cut(by event: Event, words: Int?) {
            heardWords = max(words ?? Self.count(event.safeWords), 0)
        }

        private mutating func end(_ event: Event) {
            outcome = event.text("outcome")
            // Cut without a barge-in that counted the words: by the client, by the end of the call, by a failure.
            if outcome != "completed", heardWords == nil, !sentences.isEmpty { cut(by: event, words: nil) }
        }

        private static func count(_ words: String) -> Int { words.split(separator: " ").count }
    }
}

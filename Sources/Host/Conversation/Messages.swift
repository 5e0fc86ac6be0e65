// The words that pass between the turn machine and its providers, as values.

/// One message of a conversation, as a model is shown it.
package struct ChatMessage: Sendable, Equatable {
    package enum Role: String, Sendable { case system, user, assistant }
    package var role: Role
    package var content: String

    package init(_ role: Role, _ content: String) {
        self.role = role
        self.content = content
    }
}

/// What one side said in a turn, as memory keeps it: of the agent, what was heard.
package struct HeardMessage: Sendable, Equatable {
    package var turn: Int
    package var role: ChatMessage.Role
    package var text: String
    /// The agent was cut short: there was more.
    package var isCut: Bool

    package init(turn: Int, role: ChatMessage.Role, text: String, isCut: Bool = false) {
        self.turn = turn
        self.role = role
        self.text = text
        self.isCut = isCut
    }
}

/// A piece of the caller's utterance that will not change any more.
package struct Transcript: Sendable, Equatable {
    /// A word and where it was, in ms of the call's audio.
    package struct Word: Sendable, Equatable {
        package var text: String
        package var start: Int
        package var end: Int

        package init(_ text: String, start: Int, end: Int) {
            self.text = text
            self.start = start
            self.end = end
        }
    }

    package var text: String
    /// Empty where the provider tells no times.
    package var words: [Word]
    /// It answers the host's "the caller has stopped".
    package var isFinalized: Bool

    package init(_ text: String, words: [Word] = [], isFinalized: Bool = false) {
        self.text = text
        self.words = words
        self.isFinalized = isFinalized
    }
}

/// What kind of provider: one chain of the manifest's pipeline each.
package enum Slot: String, Sendable, CaseIterable { case stt, llm, tts, memory }

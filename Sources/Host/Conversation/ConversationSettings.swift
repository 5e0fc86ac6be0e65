// What the operator may tune of a conversation, `conversation` in plugins.json. Defaults with their reasons.

/// The numbers of a conversation.
package struct ConversationSettings: Sendable, Equatable {
    /// Rate of the audio sent to callers, in Hz. Classic clients of this kind of server expect 24 000.
    package var outputSampleRate = 24_000
    /// Silence after the last speech that ends an utterance. 0 of 61 test utterances were cut at 500 ms.
    package var silence: TimeSpan = .ms(500)
    /// An utterance is ended here even if the caller goes on.
    package var longestUtterance: TimeSpan = .ms(30_000)
    /// How long the recogniser may take for its last word after the caller has stopped. On a machine that is too busy a
    /// late answer is still better than none.
    package var finalTimeout: TimeSpan = .ms(5_000)
    /// How long memory may take; then the turn goes on with the last utterance alone.
    package var recallTimeout: TimeSpan = .ms(500)
    /// How long the model may take to its first token.
    package var firstTokenTimeout: TimeSpan = .ms(8_000)
    /// How long the model may fall silent between tokens.
    package var tokenTimeout: TimeSpan = .ms(5_000)
    /// How long synthesis may take to its first byte, and between bytes.
    package var synthesisTimeout: TimeSpan = .ms(5_000)
    /// What the server says itself when nothing else is left.
    package var lines = Lines()

    /// The defaults.
    package init() {}

    /// Lines the server says itself. They are synthesised at start-up, so that they work when everything else is down.
    package struct Lines: Sendable, Equatable {
        /// Nobody could answer.
        package var apology = "Sorry, I can't answer right now. Could you say that again?"
        /// The answer broke off.
        package var lostThread = "Sorry, I lost my thread."

        package init() {}
    }
}

/// Who the agent is: the first message every model is shown.
package struct Persona: Sendable, Equatable {
    package var name = "Nova"
    package var prompt = """
        You are Nova, a friendly and concise voice assistant. You are heard, not read: answer in one to three short \
        spoken sentences, without lists, markdown, emoji or links. If you did not understand, ask one short question.
        """

    package init() {}
}

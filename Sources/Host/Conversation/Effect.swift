// What the turn machine wants done, in the imperative. The session carries effects out in order and nothing else.

/// One thing to do.
package enum Effect: Sendable, Equatable {
    /// Tell the client.
    case tell(ServerMessage)
    /// Send reply audio, at the session's output rate, marked with its turn.
    case send([Int16], turn: Int)
    /// Drop what is queued of the turn's audio, then tell the client. Not one byte of the turn may follow.
    case flush(turn: Int, then: ServerMessage)

    /// Ask memory what the model should be shown.
    case recall(turn: Int)
    /// Ask the model.
    case ask(turn: Int, [ChatMessage])
    /// Have a sentence spoken.
    case speak(turn: Int, sentence: Int, String)
    /// Play a line the server keeps ready, as if it were a sentence of the turn.
    case play(turn: Int, sentence: Int, ServerLine)
    /// Stop what is under way upstream for the turn.
    case cancel(turn: Int, Upstream)
    /// Keep this in memory.
    case remember(HeardMessage)
    /// Empty the memory.
    case forget
    /// Give the recogniser's stream up and begin a new one: what it still holds is not wanted.
    case restartRecognition

    /// Put an event on the stream.
    case emit(Event)
    /// Come back with `clockTicked` at this moment, or earlier.
    case wake(Moment)
    /// Close the connection once everything before has been sent.
    case close(reason: CloseReason)

    /// What works for a turn.
    package enum Upstream: Sendable { case everything, model, synthesis }

    /// Why a session closes its connection.
    package enum CloseReason: String, Sendable { case ended, abuse, slow, stopping }
}

/// The lines of `ConversationSettings.Lines`.
package enum ServerLine: Sendable, Hashable, CaseIterable { case apology, lostThread }

/// What a client is told: `client-protocol.md`, "Server to client".
package enum ServerMessage: Sendable, Equatable {
    case connected(SessionID)
    case transcript(String, isFinal: Bool)
    case thinking
    case audioStart(sampleRate: Int)
    case speaking
    case audioEnd
    case audioInterrupted
    case response(String)
    /// A sentence a person can act on, without internals.
    case error(String)
}

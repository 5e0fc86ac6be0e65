// What can happen in a call, in the past tense.

/// One thing that happened, given to the turn machine together with its moment.
package enum Input: Sendable, Equatable {
    // The caller's voice, from voice activity and endpointing. Positions are samples of the call's audio at 16 kHz.
    /// Something like speech began at `onset`; it may still be a cough.
    case speechSuspected(onset: Moment)
    /// The suspicion came to nothing.
    case speechDismissed
    /// It is speech.
    case speechStarted(position: Int, onset: Moment)
    /// The caller has been silent long enough; the last speech was at `lastSpeech`.
    case speechStopped(position: Int, lastSpeech: Moment)

    // The recogniser.
    case interimHeard(String)
    case finalHeard(Transcript)
    case recognitionFailed(Failure)

    // Memory and the model, for a turn.
    case recalled(turn: Int, [ChatMessage])
    case recallFailed(turn: Int, Failure)
    case tokenArrived(turn: Int, String)
    case modelFinished(turn: Int)
    case modelFailed(turn: Int, Failure)

    // Synthesis, for a sentence of a turn (from 0). Samples are at the session's output rate.
    case speechArrived(turn: Int, sentence: Int, [Int16])
    case sentenceSpoken(turn: Int, sentence: Int)
    case synthesisFailed(turn: Int, sentence: Int, Failure)
    /// The first audio of the turn has been handed to the socket.
    case audioLeft(turn: Int)

    // The client.
    case interruptReceived
    case clearReceived
    case endReceived
    /// The socket is gone.
    case callerLeft

    /// A moment asked for with `Effect.wake` has come (or another one: it is only a look at the clock).
    case clockTicked
}

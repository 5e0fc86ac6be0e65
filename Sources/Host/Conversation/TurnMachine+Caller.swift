// The caller's side: voice, words, and the moment when a turn begins.

extension TurnMachine {
    mutating func callerStarted(position: Int, onset: Moment) {
        utterance.isSpeaking = true
        // Whoever goes on speaking is not waited for: the next end of speech begins the wait anew.
        utterance.deadline = nil
        emit(.speechStarted, ["position_ms": .ms(.samples(position, rate: 16_000))])
        guard let reply else { return }
        if reply.hasStarted {
            confirmBargeIn(rule: "voice", onset: onset)
        } else {
            holdReply()
        }
    }

    mutating func callerStopped(position: Int, lastSpeech: Moment) {
        guard utterance.isSpeaking else { return }
        utterance.isSpeaking = false
        emit(.speechStopped, ["position_ms": .ms(.samples(position, rate: 16_000))])
        if utterance.isDeaf {
            utterance = Utterance()
            return
        }
        utterance.awaitedFinals += 1
        utterance.lastSpeech = lastSpeech
        utterance.endpointed = now
        utterance.deadline = now + settings.finalTimeout
    }

    mutating func hear(interim text: String) {
        guard !text.isEmpty else { return }
        utterance.hear(interim: text)
        perform(.tell(.transcript(text, isFinal: false)))
        emit(.transcriptInterim, words: text)
        yieldToWords()
    }

    mutating func hear(_ transcript: Transcript) {
        utterance.hear(transcript)
        if !transcript.text.isEmpty {
            perform(.tell(.transcript(transcript.text, isFinal: true)))
            emit(.transcriptFinal, words: transcript.text)
            yieldToWords()
        }
        beginTurnIfComplete()
    }

    /// Words of the caller end whatever the agent is doing: an audible reply is interrupted, one that is not audible yet
    /// is given up, because what it answers was not all the caller had to say.
    private mutating func yieldToWords() {
        guard let reply else { return }
        if reply.hasStarted {
            confirmBargeIn(rule: "words", onset: suspicion)
        } else {
            abandonReply(outcome: "cancelled")
        }
    }

    mutating func recognitionFailed(_ failure: Failure) {
        let wasListening = !utterance.isIdle
        settle()
        utterance.deadline = nil
        guard wasListening else { return }
        perform(.tell(.error(failure.kind == .throttled ? Self.tooBusyToHear : Self.couldNotHear)))
        utterance.isDeaf = utterance.isSpeaking
        beginTurnIfComplete()
    }

    /// The recogniser did not say its last word in time: what it said so far has to do.
    mutating func finalIsLate() {
        settle()
        perform(.restartRecognition)
        emit(.log, words: "the recogniser did not finish in time", ["level": "warn", "source": "stt"])
        if utterance.text.isEmpty { perform(.tell(.error(Self.couldNotHear))) }
        beginTurnIfComplete()
    }

    /// What was last heard becomes final, for the client too: it is told every word that the model is asked.
    private mutating func settle() {
        let guess = utterance.settle()
        guard !guess.isEmpty else { return }
        perform(.tell(.transcript(guess, isFinal: true)))
        emit(.transcriptFinal, words: guess)
    }

    private mutating func beginTurnIfComplete() {
        guard utterance.isComplete else { return }
        let heard = utterance
        utterance = Utterance()
        let question = heard.text
        guard !question.isEmpty else { return }

        turns += 1
        var timeline = Timeline(start: heard.lastSpeech ?? now)
        timeline.end(.endpointing, at: heard.endpointed ?? now)
        timeline.end(.transcription, at: now)
        var next = Reply(
            turn: turns, question: question, timeline: timeline, sampleRate: settings.outputSampleRate)
        next.deadline = (.inference, now + settings.recallTimeout)
        reply = next
        emit(.turnStarted, words: question)
        perform(.tell(.thinking))
        perform(.remember(HeardMessage(turn: turns, role: .user, text: question)))
        perform(.recall(turn: turns))
    }

    private static let couldNotHear = "I could not understand that. Please say it again."
    private static let tooBusyToHear = "I am listening to too many people at once. Please say that again in a moment."
}

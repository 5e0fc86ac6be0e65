// Everything that ends a reply early: the caller's voice, words and buttons, and the end of the call.

extension TurnMachine {
    // MARK: Barge-in

    mutating func suspect(since onset: Moment) {
        guard let reply, reply.playout.isAudible(at: now), suspicion == nil else { return }
        suspicion = onset
        emit(
            .bargeInSuspected,
            [
                "rule": "voice",
                "position_ms": .ms(.samples(reply.playout.heard(at: now), rate: reply.playout.sampleRate)),
            ])
    }

    mutating func dismissSuspicion() {
        guard let onset = suspicion else { return }
        suspicion = nil
        emit(.bargeInDismissed, ["rule": "silence", "ms": .ms(now - onset)])
    }

    mutating func interrupt() {
        guard let reply else { return }
        if reply.hasStarted {
            confirmBargeIn(rule: "client", onset: nil)
        } else {
            abandonReply(outcome: "cancelled")
        }
    }

    /// The reply ends here. The first effect is the one the caller's ear waits for.
    mutating func confirmBargeIn(rule: String, onset: Moment?) {
        guard let reply else { return }
        let heard = reply.playout.heardText(at: now)
        stopReply()
        var fields: Event.Fields = [
            "rule": .text(rule), "heard_words": .int(heard.words), "of_words": .int(heard.ofWords),
            "heard_ms": .ms(.samples(reply.playout.heard(at: now), rate: reply.playout.sampleRate)),
            "audio_ms": .ms(.samples(reply.playout.sent, rate: reply.playout.sampleRate)),
        ]
        if let onset { fields["onset_ms"] = .ms(now - onset) }
        emit(.bargeInConfirmed, words: heard.text, fields)
        if !heard.text.isEmpty {
            perform(.remember(HeardMessage(turn: reply.turn, role: .assistant, text: heard.text, isCut: true)))
        }
        closeTurn(outcome: "interrupted", heard: heard.text)
    }

    /// Ends a reply of which nothing was heard yet, or which nobody is to remember.
    mutating func abandonReply(outcome: String) {
        guard let reply else { return }
        stopReply()
        closeTurn(outcome: outcome, heard: reply.playout.heardText(at: now).text)
    }

    /// The caller speaks before the agent could: what is being synthesised waits until it is clear whether there are
    /// words in it. With words the reply is given up; without, it is said.
    mutating func holdReply() {
        guard var reply, let speaking = reply.speaking else { return }
        perform(.cancel(turn: reply.turn, .synthesis))
        reply.speaking = nil
        reply.playout.withdraw()
        reply.waiting.insert(speaking.part, at: 0)
        reply.deadline = nil
        self.reply = reply
    }

    private mutating func stopReply() {
        guard let reply else { return }
        // Once `audio_end` is out, the protocol has no interruption for this reply any more.
        if reply.hasStarted, reply.phase != .sent { perform(.flush(turn: reply.turn, then: .audioInterrupted)) }
        if reply.phase != .sent { perform(.cancel(turn: reply.turn, .everything)) }
        suspicion = nil
    }

    mutating func closeTurn(outcome: String, heard: String) {
        guard let reply else { return }
        emit(
            .turnEnded, words: heard,
            [
                "outcome": .text(outcome), "sentences": .int(reply.playout.sentences.count),
                "generated": .int(reply.generated.count), "heard": .int(heard.count),
                "audio_ms": .ms(.samples(reply.playout.sent, rate: reply.playout.sampleRate)),
            ])
        self.reply = nil
        suspicion = nil
    }

    // MARK: The client's other wishes

    mutating func clear() {
        abandonReply(outcome: "cancelled")
        if !utterance.isIdle { perform(.restartRecognition) }
        utterance = Utterance()
        perform(.forget)
        emit(.memoryCleared)
    }

    mutating func end(closing: Bool) {
        abandonReply(outcome: "cancelled")
        hasEnded = true
        if closing { perform(.close(reason: .ended)) }
    }
}

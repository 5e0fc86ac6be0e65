// The agent's side: from the question to the last audible sample of the answer. Sentences are spoken while the model is
// still writing, one of them ahead of the caller's ear.

extension TurnMachine {
    // MARK: Memory and model

    mutating func ask(_ messages: [ChatMessage]) {
        guard var reply, reply.phase == .recalling else { return }
        reply.phase = .thinking
        reply.deadline = (.inference, now + settings.firstTokenTimeout)
        self.reply = reply
        perform(.ask(turn: reply.turn, [ChatMessage(.system, persona.prompt)] + messages))
    }

    /// Memory is an extra: without it the agent still answers what was just said.
    mutating func askWithoutMemory() {
        guard let reply else { return }
        ask([ChatMessage(.user, reply.question)])
    }

    mutating func take(token: String) {
        guard var reply, !reply.modelIsDone else { return }
        reply.timeline.end(.inference, at: now)
        reply.phase = .answering
        reply.generated += token
        if reply.speaking == nil { reply.deadline = (.inference, now + settings.tokenTimeout) }
        let sentences = reply.splitter.append(token)
        self.reply = reply
        enqueue(sentences)
    }

    mutating func modelFinished() {
        guard var reply, !reply.modelIsDone else { return }
        let rest = reply.splitter.finish()
        reply.modelIsDone = true
        if reply.speaking == nil { reply.deadline = nil }
        self.reply = reply
        enqueue(rest)
        if reply.generated.allSatisfy(\.isWhitespace) {
            giveUp(Failure(.vendor, "the model's answer was empty"))
        }
    }

    mutating func modelFailed(_ failure: Failure) {
        guard var reply, !reply.modelIsDone else { return }
        reply.modelIsDone = true
        guard reply.hasStarted || !reply.waiting.isEmpty || reply.speaking != nil else {
            self.reply = reply
            giveUp(failure)
            return
        }
        // Part of the answer is on its way to the caller: finish that, then say that there is no more.
        reply.failure = failure
        reply.waiting.append(.line(.lostThread, settings.lines.lostThread))
        reply.generated += " " + settings.lines.lostThread
        if reply.speaking == nil { reply.deadline = nil }
        self.reply = reply
        perform(.tell(.error(Self.answerBrokeOff)))
    }

    /// Nothing came of the answer: the caller is told in text and in a line that needs nobody's help.
    private mutating func giveUp(_ failure: Failure) {
        guard var reply else { return }
        reply.failure = failure
        reply.generated = settings.lines.apology
        reply.waiting = [.line(.apology, settings.lines.apology)]
        reply.deadline = nil
        self.reply = reply
        perform(.tell(.error(Self.noAnswer)))
    }

    private mutating func enqueue(_ sentences: [String]) {
        guard reply?.isMute == false else { return }
        reply?.waiting += sentences.map { Speakable.text($0) }.filter { !$0.isEmpty }.map { .sentence($0) }
    }

    // MARK: Voice

    /// Moves the reply on as far as it goes now: the next sentence, the end of sending, the end of hearing.
    mutating func advance() {
        beginNextSentence()
        finishSending()
        finishHearing()
    }

    private mutating func beginNextSentence() {
        guard var reply, let part = reply.waiting.first, let due = reply.nextSentenceDue, due <= now,
            reply.hasStarted || !utterance.isSpeaking
        else { return }
        reply.waiting.removeFirst()
        reply.requests += 1
        let sentence = reply.requests
        reply.speaking = (sentence, part)
        reply.timeline.end(.segmentation, at: now)
        reply.playout.begin(part.text)
        reply.deadline = (.synthesis, now + settings.synthesisTimeout)
        self.reply = reply
        emit(.sentenceReady, words: part.text, ["sentence": .int(reply.playout.sentences.count)])
        switch part {
        case .sentence(let text): perform(.speak(turn: reply.turn, sentence: sentence, text))
        case .line(let line, _): perform(.play(turn: reply.turn, sentence: sentence, line))
        }
    }

    mutating func take(samples: [Int16], sentence: Int) {
        guard var reply, reply.speaking?.id == sentence, !samples.isEmpty else { return }
        let isFirst = !reply.hasStarted
        reply.hasStarted = true
        reply.timeline.end(.synthesis, at: now)
        reply.playout.send(samples: samples.count, at: now)
        reply.deadline = (.synthesis, now + settings.synthesisTimeout)
        self.reply = reply
        if isFirst {
            perform(.tell(.audioStart(sampleRate: settings.outputSampleRate)))
            perform(.tell(.speaking))
            emit(.replyStarted, ["sample_rate": .int(settings.outputSampleRate)])
        }
        perform(.send(samples, turn: reply.turn))
    }

    mutating func sentenceSpoken(_ sentence: Int) {
        guard reply?.speaking?.id == sentence else { return }
        reply?.playout.complete()
        endSentence()
    }

    mutating func synthesisFailed(_ sentence: Int, _ failure: Failure) {
        guard var reply, let speaking = reply.speaking, speaking.id == sentence else { return }
        // From here on the answer is text; what comes of it is still told when the model is done.
        reply.failure = failure
        reply.isMute = true
        reply.waiting = []
        if case .sentence = speaking.part, !reply.hasStarted {
            reply.waiting = [.line(.apology, settings.lines.apology)]
        }
        self.reply = reply
        endSentence()
        perform(.tell(.error(Self.noVoice)))
    }

    private mutating func endSentence() {
        guard var reply else { return }
        reply.speaking = nil
        reply.deadline = reply.modelIsDone ? nil : (.inference, now + settings.tokenTimeout)
        self.reply = reply
    }

    mutating func audioLeft() {
        guard var reply, !reply.isTimed else { return }
        reply.isTimed = true
        reply.timeline.end(.playout, at: now)
        self.reply = reply
        emit(.turnTimed, timelineFields(of: reply.timeline))
    }

    private mutating func finishSending() {
        guard var reply, reply.isAllSent, reply.phase != .sent else { return }
        reply.phase = .sent
        reply.deadline = nil
        self.reply = reply
        if reply.hasStarted {
            perform(.tell(.audioEnd))
            emit(.replySent, ["audio_ms": .ms(.samples(reply.playout.sent, rate: reply.playout.sampleRate))])
        }
        let text = reply.generated.trimmingSpace
        if !text.isEmpty { perform(.tell(.response(text))) }
    }

    /// The turn is over when the caller has heard it, not when it was sent.
    mutating func finishHearing() {
        guard let reply, reply.phase == .sent, !reply.playout.isAudible(at: now) else { return }
        let heard = reply.failure == nil ? reply.generated.trimmingSpace : reply.playout.heardText(at: now).text
        if !heard.isEmpty {
            perform(.remember(HeardMessage(turn: reply.turn, role: .assistant, text: heard)))
        }
        closeTurn(outcome: reply.failure == nil ? "completed" : "failed", heard: heard)
    }

    // MARK: Time

    mutating func stageIsLate(_ stage: Stage) {
        guard let reply else { return }
        switch (stage, reply.phase) {
        case (.synthesis, _):
            guard let speaking = reply.speaking else { return }
            perform(.cancel(turn: reply.turn, .synthesis))
            synthesisFailed(speaking.id, Failure(.late, "synthesis made no progress"))
        case (_, .recalling): askWithoutMemory()
        default:
            perform(.cancel(turn: reply.turn, .model))
            modelFailed(Failure(.late, "the model made no progress"))
        }
    }

    private func timelineFields(of timeline: Timeline) -> Event.Fields {
        let owners: [Stage: String] = [
            .endpointing: "silence_ms \(Int(settings.silence.milliseconds))",
            .transcription: providers[.stt] ?? "stt", .inference: providers[.llm] ?? "llm", .segmentation: "host",
            .synthesis: providers[.tts] ?? "tts", .playout: "host",
        ]
        // Rounded once, and the whole from the rounded parts, so that the sum holds on the wire too.
        var fields: Event.Fields = [:]
        var total = 0.0
        for (stage, length) in timeline.parts {
            let rounded = (length.milliseconds * 10).rounded() / 10
            total += rounded
            fields["\(stage.rawValue)_ms"] = .number(rounded)
            fields["\(stage.rawValue)_owner"] = .text(owners[stage] ?? "")
        }
        fields["total_ms"] = .number((total * 10).rounded() / 10)
        return fields
    }

    private static let noAnswer = "I can't answer right now. Please try again in a moment."
    private static let answerBrokeOff = "The answer broke off. Please ask again."
    private static let noVoice = "I have no voice right now. The answer comes as text."
}

extension String {
    /// Without white space at both ends.
    var trimmingSpace: String {
        let start = drop(while: \.isWhitespace)
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...end])
    }
}

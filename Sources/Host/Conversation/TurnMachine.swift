// The whole behaviour of a call as one value: it takes what happened and when, and returns what is to be done. It reads
// no clock, knows no socket and never waits, so that every rule can be tested as a table.
//
//     caller   speaks ──► stops ──► every word is in ──► a turn begins
//     reply    recalling ──► thinking ──► answering ──► sent ──► heard to its end
//
// Both run side by side: the caller may speak at any moment of the reply. The extensions hold one aspect each:
// `+Caller`, `+Reply`, `+Interruption`.

/// One call's behaviour. Feed it inputs in the order of their moments; carry its effects out in order.
package struct TurnMachine: Sendable {
    package let session: SessionID
    /// Who serves the stages, for the timeline's owners.
    package var providers: [Slot: String] = [:]
    package var settings: ConversationSettings
    let persona: Persona

    /// What the caller is saying.
    package internal(set) var utterance = Utterance()
    /// The turn under way; nil while nobody is answered.
    package internal(set) var reply: Reply?
    /// Turns begun so far.
    package internal(set) var turns = 0
    /// The session is over: nothing has any effect any more.
    package internal(set) var hasEnded = false
    /// When what may be an interruption began.
    var suspicion: Moment?

    var now = Moment.zero
    private var effects: [Effect] = []
    private var scheduledWake: Moment?

    /// A call that has just begun.
    package init(session: SessionID, settings: ConversationSettings, persona: Persona) {
        self.session = session
        self.settings = settings
        self.persona = persona
    }

    /// Takes one input and says what to do about it.
    package mutating func handle(_ input: Input, at moment: Moment) -> [Effect] {
        guard !hasEnded else { return [] }
        now = max(now, moment)
        effects = []
        // A reply that was heard to its end by now cannot be interrupted any more.
        finishHearing()
        if let turn = input.turn, turn != reply?.turn {
            // The guard of the whole design: whatever is late for an older turn ends here.
            emit(.staleDropped, turn: turn, ["what": .text(input.name)])
        } else {
            take(input)
        }
        enforceDeadlines()
        advance()
        scheduleWake()
        return effects
    }

    private mutating func take(_ input: Input) {
        switch input {
        case .speechSuspected(let onset): suspect(since: onset)
        case .speechDismissed: dismissSuspicion()
        case .speechStarted(let position, let onset): callerStarted(position: position, onset: onset)
        case .speechStopped(let position, let last): callerStopped(position: position, lastSpeech: last)
        case .interimHeard(let text): hear(interim: text)
        case .finalHeard(let transcript): hear(transcript)
        case .recognitionFailed(let failure): recognitionFailed(failure)
        case .recalled(_, let messages): ask(messages)
        case .recallFailed: askWithoutMemory()
        case .tokenArrived(_, let token): take(token: token)
        case .modelFinished: modelFinished()
        case .modelFailed(_, let failure): modelFailed(failure)
        case .speechArrived(_, let sentence, let samples): take(samples: samples, sentence: sentence)
        case .sentenceSpoken(_, let sentence): sentenceSpoken(sentence)
        case .synthesisFailed(_, let sentence, let failure): synthesisFailed(sentence, failure)
        case .audioLeft: audioLeft()
        case .interruptReceived: interrupt()
        case .clearReceived: clear()
        case .endReceived: end(closing: true)
        case .callerLeft: end(closing: false)
        case .clockTicked: break
        }
    }

    // MARK: Time

    private mutating func enforceDeadlines() {
        if let deadline = utterance.deadline, deadline <= now { finalIsLate() }
        if let deadline = reply?.deadline, deadline.at <= now { stageIsLate(deadline.stage) }
    }

    private mutating func scheduleWake() {
        var moments = [utterance.deadline, reply?.deadline?.at].compactMap(\.self)
        if let reply {
            if reply.phase == .sent, let end = reply.playout.audibleUntil { moments.append(end) }
            if !reply.waiting.isEmpty, let due = reply.nextSentenceDue, due > now { moments.append(due) }
        }
        guard !hasEnded, let next = moments.min() else { return }
        if let scheduledWake, scheduledWake > now, scheduledWake <= next { return }
        scheduledWake = next
        perform(.wake(next))
    }

    // MARK: Effects

    mutating func perform(_ effect: Effect) { effects.append(effect) }

    mutating func emit(
        _ kind: Event.Kind, turn: Int? = nil, words: String? = nil, _ fields: Event.Fields = [:]
    ) {
        perform(
            .emit(Event(kind, at: now, session: session, turn: turn ?? reply?.turn, words: words, fields)))
    }
}

extension Input {
    /// The turn this input belongs to, if it comes from upstream.
    var turn: Int? {
        switch self {
        case .recalled(let turn, _), .recallFailed(let turn, _), .tokenArrived(let turn, _), .modelFinished(let turn),
            .modelFailed(let turn, _), .speechArrived(let turn, _, _), .sentenceSpoken(let turn, _),
            .synthesisFailed(let turn, _, _), .audioLeft(let turn):
            turn
        default: nil
        }
    }

    /// What kind of input this is, for the record of what was dropped.
    var name: String {
        switch self {
        case .recalled, .recallFailed: "recall"
        case .tokenArrived, .modelFinished, .modelFailed: "model"
        case .speechArrived, .sentenceSpoken, .synthesisFailed: "synthesis"
        default: "input"
        }
    }
}

// How one call's record follows its events. Nothing here reads a clock or keeps a flag that could be left standing.
internal import Conversation

extension Ledger.Session {
    /// Takes in an event of this session.
    mutating func apply(_ event: Event) {
        lastEventAt = event.at
        switch event.kind {
        case .sessionStarted: begin(event)
        case .sessionEnded: end(event)
        case .speechStarted, .speechStopped, .transcriptInterim, .transcriptFinal, .memoryCleared: hear(event)
        case .turnStarted:
            utterance = Utterance()
            retry = nil
        case .turnTimed: time(event)
        case .requestRetrying, .requestAnswered, .requestFinished, .requestFailed, .requestCancelled, .providerFailover:
            follow(event)
        case .replyStarted, .replySent, .turnEnded: speak(event)
        case .bargeInSuspected: bargeIns.suspected += 1
        case .bargeInDismissed: bargeIns.dismissed += 1
        case .bargeInConfirmed:
            bargeIns.confirmed += 1
            retry = nil
            agent.close(at: event.at, isCut: true)
        default: break
        }
        withTurn(of: event) { $0.apply(event) }
    }

    private mutating func begin(_ event: Event) {
        startedAt = event.at
        peer = event.text("peer")
        for slot in Slot.allCases {
            let name = event.text(slot.rawValue)
            if !name.isEmpty { providers[slot] = name }
        }
    }

    private mutating func end(_ event: Event) {
        endedAt = event.at
        endReason = event.text("reason")
        retry = nil
        caller.close(at: event.at)
        agent.close(at: event.at)
    }

    private mutating func hear(_ event: Event) {
        switch event.kind {
        case .speechStarted:
            caller.open(at: event.at)
            // Words that never became a turn are not the beginning of this one.
            if event.at - utterance.at > .seconds(3) { utterance = Utterance() }
        case .speechStopped: caller.close(at: event.at)
        case .transcriptInterim: utterance.interim = event.safeWords
        case .transcriptFinal:
            utterance.final = utterance.final.isEmpty ? event.safeWords : utterance.final + " " + event.safeWords
            if utterance.final.utf8.count > 8000 { utterance.final = String(utterance.final.suffix(4000)) }
            utterance.interim = ""
        default: utterance = Utterance()
        }
        utterance.at = event.at
    }

    private mutating func time(_ event: Event) {
        guard let total = event.number("total_ms") else { return }
        if latencies.count >= Self.latencyLimit { latencies.removeFirst() }
        latencies.append(total)
    }

    private mutating func follow(_ event: Event) {
        if event.kind == .requestRetrying {
            retries += 1
            retry = Ledger.Retry(event)
        } else if event.kind == .providerFailover {
            if let slot = Slot(rawValue: event.text("slot")) { providers[slot] = event.text("to") }
            if retry?.slot == event.text("slot") { retry = nil }
        } else if retry?.request == event.requestName, retry?.slot == event.text("slot") {
            retry = nil
        }
    }

    private mutating func speak(_ event: Event) {
        switch event.kind {
        case .replyStarted: agent.open(at: event.at)
        case .replySent:
            if let length = event.span("audio_ms") { agent.end(after: length, notBefore: event.at) }
        default:
            retry = nil
            // A completed reply is heard to its end, which may lie ahead; any other is over now.
            if event.text("outcome") == "completed" {
                agent.endIfOpen(at: event.at)
            } else {
                agent.close(at: event.at)
            }
        }
    }

    /// The record of the event's turn, made if the turn is newer than all that are kept.
    private mutating func withTurn(of event: Event, _ body: (inout Ledger.Turn) -> Void) {
        guard let number = event.turn ?? turns.last?.number, number > 0 else { return }
        if let index = turns.lastIndex(where: { $0.number == number }) {
            body(&turns[index])
        } else if number > turnNumber, event.beginsTurn {
            if turns.count >= Self.turnLimit { turns.removeFirst(turns.count - Self.turnLimit + 1) }
            turns.append(Ledger.Turn(number: number, startedAt: event.at))
            body(&turns[turns.count - 1])
        }
    }
}

extension Event {
    /// A turn may be met in its middle, by a view that came later; but what only precedes or outlives one does not make it.
    fileprivate var beginsTurn: Bool {
        switch kind {
        case .turnStarted, .sentenceReady, .replyStarted, .turnTimed: true
        default: false
        }
    }
}

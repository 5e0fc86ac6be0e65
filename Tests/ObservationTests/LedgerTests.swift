// The fold: what a call is said to be doing, after which events and when.
internal import Conversation
internal import Testing

@testable import Observation

@Suite struct LedgerTests {
    typealias State = Ledger.Session.State

    @Test(arguments: [
        (500.0, State.silent), (1100, .hearing), (1350, .hearing), (1500, .hearing), (1700, .thinking),
        (1999, .thinking),
        (2000, .speaking), (5900, .speaking), (6001, .silent),
    ])
    func stateFollowsTheCall(_ ms: Double, _ state: State) throws {
        var ledger = Ledger()
        for event in Story.speaking().events where event.at <= .ms(ms) { ledger.apply(event) }
        #expect(try #require(ledger.sessions.values.first).state(at: .ms(ms)) == state)
        #expect(ledger.count(state, at: .ms(ms)) == 1)
    }

    @Test func turnHoldsWhatWasSaid() throws {
        let call = try #require(Story.speaking().call)
        let turn = try #require(call.turns.first)
        #expect(call.peer == "127.0.0.1:5")
        #expect(call.providers == [.stt: "ears", .llm: "mind", .tts: "voice"])
        #expect(turn.user == "what time is it")
        #expect(turn.said == "It is ten past nine. Anything else?")
        #expect(turn.heardWords == nil)
        #expect(turn.latency == 600)
        #expect(call.latencies == [600])
        #expect(call.utterance.text.isEmpty)
        #expect(turn.timeline?.isWhole == true)
        #expect(turn.timeline?.parts.map(\.start) == [0, 200, 201, 400, 450, 599])
        #expect(turn.timeline?.parts.map(\.owner) == ["silence_ms 200", "", "mind", "", "", ""])
    }

    @Test func utteranceIsFinalPiecesAndTheNewestInterim() throws {
        var story = Story.started()
        story.at(100, .speechStarted)
        story.at(300, .transcriptInterim, words: "I wou")
        story.at(500, .transcriptFinal, words: "I would like")
        story.at(600, .transcriptInterim, words: "a ta")
        story.at(700, .transcriptInterim, words: "a table")
        #expect(story.call?.utterance.text == "I would like a table")
        #expect(story.call?.utterance.final == "I would like")
        story.at(900, .turnStarted, turn: 1, words: "I would like a table")
        #expect(story.call?.utterance.text == "")
    }

    @Test func wordsThatNeverBecameATurnAreForgotten() throws {
        var story = Story.started()
        story.at(100, .speechStarted)
        story.at(200, .transcriptInterim, words: "uh")
        story.at(300, .speechStopped)
        #expect(story.call?.state(at: .ms(3200)) == .hearing)
        #expect(story.call?.state(at: .ms(3400)) == .silent)
        story.at(9000, .speechStarted)
        #expect(story.call?.utterance.text == "")
    }

    @Test func bargeInCutsTheReply() throws {
        var story = Story.speaking()
        story.at(3400, .bargeInSuspected, turn: 1, ["rule": "voice"])
        story.at(
            3500, .bargeInConfirmed, turn: 1, words: "It is ten",
            ["rule": "words", "heard_words": 3, "of_words": 7, "onset_ms": 42])
        let call = try #require(story.call)
        #expect(call.state(at: .ms(3501)) == .silent)
        #expect(call.bargeIns == .init(suspected: 1, confirmed: 1, dismissed: 0))
        #expect(call.turns[0].heardWords == 3)
        #expect(call.turns[0].isInterrupted)
        #expect(call.turns[0].notes.map(\.what) == [.bargeIn(rule: "words", heard: 3, of: 7, onset: 42)])
        #expect(call.agent.spans == [Ledger.Span(start: .ms(2000), end: .ms(3500), isCut: true)])
        #expect(story.ledger.totals.bargeIns.count(at: .ms(3500)) == 1)
    }

    @Test func dismissedBargeInLeavesTheReply() throws {
        var story = Story.speaking()
        story.at(3400, .bargeInSuspected, turn: 1, ["rule": "voice"])
        story.at(3700, .bargeInDismissed, turn: 1, ["rule": "backchannel", "ms": 300])
        let call = try #require(story.call)
        #expect(call.state(at: .ms(3800)) == .speaking)
        #expect(call.bargeIns == .init(suspected: 1, confirmed: 0, dismissed: 1))
        #expect(call.turns[0].heardWords == nil)
    }

    @Test(
        arguments: [
            ("completed", 6000.0, nil), ("interrupted", 3500, 3), ("cancelled", 3500, 3), ("failed", 3500, 3),
        ] as [(String, Double, Int?)])
    func endOfTurn(_ outcome: String, _ end: Double, _ heard: Int?) throws {
        var story = Story.speaking()
        story.at(3500, .turnEnded, turn: 1, words: "It is ten", ["outcome": .text(outcome), "audio_ms": 4000])
        let call = try #require(story.call)
        #expect(call.agent.spans.last?.end == .ms(end))
        #expect(call.turns[0].heardWords == heard)
        #expect(call.turns[0].outcome == outcome)
        #expect(!call.turns[0].isReplying)
    }

    @Test(arguments: [
        Event.Kind.requestAnswered, .requestFinished, .requestFailed, .requestCancelled, .turnEnded, .bargeInConfirmed,
        .turnStarted, .sessionEnded,
    ])
    func retryIsOver(_ kind: Event.Kind) throws {
        var story = Story.speaking()
        story.at(
            2500, .requestRetrying, turn: 1,
            [
                "slot": "tts", "provider": "voice", "request": 7, "attempt": 2, "of": 4, "delay_ms": 800,
                "reason": "throttled",
            ])
        #expect(story.call?.state(at: .ms(2500)) == .retrying)
        #expect(story.call?.retry?.limit == 4)
        story.at(2600, .requestAnswered, turn: 1, ["slot": "tts", "provider": "voice", "request": 8])
        #expect(story.call?.state(at: .ms(2600)) == .retrying, "another request's answer")
        story.at(2700, kind, turn: kind == .turnStarted ? 2 : 1, ["slot": "tts", "provider": "voice", "request": 7])
        #expect(story.call?.retry == nil)
        #expect(story.call?.retries == 1)
        #expect(story.ledger.totals.retries.count(at: .ms(2700)) == 1)
    }

    @Test func failoverChangesTheProviderShown() throws {
        var story = Story.speaking()
        story.at(2500, .requestRetrying, turn: 1, ["slot": "tts", "request": 7])
        story.at(2600, .providerFailover, turn: 1, ["slot": "tts", "from": "voice", "to": "other", "reason": "late"])
        #expect(story.call?.providers[.tts] == "other")
        #expect(story.call?.retry == nil)
        #expect(story.call?.turns[0].notes.count == 2)
    }

    @Test func endedSessionsAreKeptInOrderAndBounded() {
        var limits = Ledger.Limits()
        limits.ended = 3
        var ledger = Ledger(limits: limits)
        for number in 1...5 {
            let id = SessionID("s\(number)")
            ledger.apply(Event(.sessionStarted, at: .ms(Double(number)), session: id))
            ledger.apply(Event(.sessionEnded, at: .ms(Double(number) + 10), session: id, ["reason": "left"]))
            // Late for it, and once more: neither revives nor counts twice.
            ledger.apply(Event(.requestCancelled, at: .ms(Double(number) + 11), session: id))
            ledger.apply(Event(.sessionEnded, at: .ms(Double(number) + 12), session: id))
        }
        #expect(ledger.ended.map(\.text) == ["s3", "s4", "s5"])
        #expect(ledger.live.isEmpty)
        #expect(Set(ledger.sessions.keys.map(\.text)) == ["s3", "s4", "s5"])
        ledger.apply(Event(.staleDropped, at: .ms(100), session: SessionID("s1")))
        #expect(ledger.sessions.count == 3)
    }

    @Test func liveSessionsWhoseEndWasLostAreBounded() {
        var limits = Ledger.Limits()
        limits.live = 2
        var ledger = Ledger(limits: limits)
        for (ms, name) in [(1.0, "a"), (2, "b"), (3, "a"), (4, "c")] {
            ledger.apply(Event(.speechStarted, at: .ms(ms), session: SessionID(name)))
        }
        #expect(ledger.live.map(\.text) == ["a", "c"])
    }

    @Test func turnsAreBounded() {
        var story = Story.started()
        for number in 1...320 { story.at(Double(number * 10), .turnStarted, turn: number, words: "\(number)") }
        #expect(story.call?.turns.count == 300)
        #expect(story.call?.turns.first?.number == 21)
        #expect(story.call?.turn(20) == nil)
    }

    @Test func sessionSeenFromItsMiddleIsShown() {
        var story = Story()
        story.at(5000, .replyStarted, turn: 7)
        story.at(5100, .sentenceReady, turn: 7, words: "So it is.")
        #expect(story.call?.turnNumber == 7)
        #expect(story.call?.turns.first?.said == "So it is.")
        #expect(story.call?.state(at: .ms(5100)) == .speaking)
    }

    @Test func lanesKeepHalfAMinuteAndNoMore() throws {
        var story = Story.started()
        for second in 0..<100 {
            story.at(Double(second) * 1000, .speechStarted)
            story.at(Double(second) * 1000 + 500, .speechStopped)
        }
        let spans = try #require(story.call).caller.spans
        #expect(spans.first?.start == .ms(64_000))
        #expect(spans.count == 36)
    }

    @Test func hostileNumbersDoNotTrap() {
        var story = Story.started()
        for value in [Double.nan, .infinity, -.infinity, 1e300, -1e300, -1] {
            story.at(10, .turnTimed, turn: 1, ["total_ms": .number(value), "inference_ms": .number(value)])
            story.at(11, .replyStarted, turn: 1)
            story.at(12, .replySent, turn: 1, ["audio_ms": .number(value)])
            story.at(13, .requestRetrying, turn: 1, ["attempt": .number(value), "delay_ms": .number(value)])
            story.at(14, .bargeInConfirmed, turn: 1, ["heard_words": .number(value), "onset_ms": .number(value)])
        }
        #expect(story.call?.turns.count == 1)
    }
}

// How a call goes when everything works, and when providers fail.
import Testing

@testable import Conversation

@Suite struct TurnMachineTests {
    @Test func aCompleteTurnHasTheOrderOfTheProtocol() {
        var call = CallScript()
        #expect(call.at(200, .speechStarted(position: 0, onset: .zero)) == [])
        #expect(call.at(600, .interimHeard("half past")) == ["interim half past"])
        #expect(call.at(1_500, .speechStopped(position: 16_000, lastSpeech: .ms(1_000))) == [])
        #expect(
            call.at(1_510, .finalHeard(Transcript("half past ten", isFinalized: true))) == [
                "final half past ten", "thinking", "remember user: half past ten", "recall 1",
            ])
        #expect(
            call.at(1_520, .recalled(turn: 1, [ChatMessage(.user, "half past ten")])) == [
                "ask 1 system: Be Nova. | user: half past ten"
            ])
        #expect(call.at(1_700, .tokenArrived(turn: 1, "Great! It is ")) == ["speak 1.1 Great!"])
        #expect(call.at(1_750, .audio(500, sentence: 1)) == ["audio_start", "speaking", "send 1 500ms"])
        #expect(call.at(1_751, .audioLeft(turn: 1)) == [])
        #expect(call.at(1_760, .tokenArrived(turn: 1, "booked for Thursday."), .modelFinished(turn: 1)) == [])
        #expect(call.at(1_770, .sentenceSpoken(turn: 1, sentence: 1)) == ["speak 1.2 It is booked for Thursday."])
        #expect(call.at(1_800, .audio(2_000, sentence: 2)) == ["send 1 2000ms"])
        #expect(
            call.at(1_810, .sentenceSpoken(turn: 1, sentence: 2)) == [
                "audio_end", "response Great! It is booked for Thursday.",
            ])
        #expect(call.machine.reply != nil, "the caller is still hearing it")
        #expect(call.at(4_249, .clockTicked) == [])
        #expect(call.at(4_250, .clockTicked) == ["remember assistant: Great! It is booked for Thursday."])
        #expect(
            call.kinds == [
                "speech.started", "transcript.interim", "speech.stopped", "transcript.final", "turn.started",
                "sentence.ready", "reply.started", "turn.timed", "sentence.ready", "reply.sent", "turn.ended",
            ])
    }

    @Test func theTimelineOfATurnSumsToTheWhole() throws {
        var call = CallScript()
        call.machine.providers = [.stt: "ear", .llm: "mind", .tts: "mouth"]
        call.caller(says: "hello", from: 0)
        call.at(1_520, .recalled(turn: 1, []))
        call.at(1_700, .tokenArrived(turn: 1, "Hi"))
        call.at(1_720, .tokenArrived(turn: 1, " there! "))
        call.at(1_790, .audio(100, sentence: 1))
        call.at(1_793, .audioLeft(turn: 1))
        let timed = try #require(call.events.first { $0.kind == .turnTimed })
        let lengths = Stage.allCases.map { timed.fields["\($0.rawValue)_ms"]?.number }
        #expect(lengths == [500, 10, 190, 20, 70, 3])
        #expect(timed.fields["total_ms"]?.number == 793)
        let owners = Stage.allCases.map { timed.fields["\($0.rawValue)_owner"]?.text }
        #expect(owners == ["silence_ms 500", "ear", "mind", "host", "mouth", "host"])
    }

    @Test func oneSentenceIsReadyAheadOfTheEarAndNotMore() {
        var call = CallScript.answering("One is here. Two is a longer one. Three is the last one of all.")
        #expect(call.at(1_650, .audio(2_000, sentence: 1)).last == "send 1 2000ms")
        #expect(call.at(1_660, .sentenceSpoken(turn: 1, sentence: 1)) == ["speak 1.2 Two is a longer one."])
        call.at(1_700, .audio(2_000, sentence: 2))
        // The second is heard from 3 650 on: until then the third stays text.
        #expect(call.at(1_710, .sentenceSpoken(turn: 1, sentence: 2)) == [])
        #expect(call.at(3_649, .clockTicked) == [])
        #expect(call.at(3_650, .clockTicked) == ["speak 1.3 Three is the last one of all."])
    }

    @Test func aPauseForBreathMakesOneTurnOfBothPieces() {
        var call = CallScript()
        call.at(200, .speechStarted(position: 0, onset: .zero))
        call.at(1_500, .speechStopped(position: 16_000, lastSpeech: .ms(1_000)))
        call.at(1_505, .speechStarted(position: 24_000, onset: .ms(1_450)))
        #expect(call.at(1_510, .finalHeard(Transcript("i would like", isFinalized: true))) == ["final i would like"])
        call.at(3_000, .speechStopped(position: 40_000, lastSpeech: .ms(2_500)))
        #expect(
            call.at(3_010, .finalHeard(Transcript("a table", isFinalized: true))).contains(
                "remember user: i would like a table"))
    }

    @Test func soundWithoutWordsIsNoTurn() {
        var call = CallScript()
        #expect(call.caller(says: "", from: 0) == [])
        #expect(call.machine.turns == 0)
        #expect(call.machine.utterance.isIdle)
    }

    @Test func aRecogniserThatDoesNotFinishIsNotWaitedForForEver() {
        var call = CallScript()
        call.at(200, .speechStarted(position: 0, onset: .zero))
        call.at(700, .interimHeard("half past"))
        call.at(1_500, .speechStopped(position: 16_000, lastSpeech: .ms(1_000)))
        #expect(call.at(6_499, .clockTicked) == [])
        #expect(
            call.at(6_500, .clockTicked) == [
                "final half past", "restart recognition", "thinking", "remember user: half past", "recall 1",
            ])
    }

    @Test func aRecogniserIsNotLateWhileTheCallerGoesOn() {
        var call = CallScript()
        call.at(200, .speechStarted(position: 0, onset: .zero))
        call.at(1_500, .speechStopped(position: 16_000, lastSpeech: .ms(1_000)))
        call.at(3_000, .speechStarted(position: 46_000, onset: .ms(2_900)))
        #expect(call.at(4_100, .clockTicked) == [], "restarting it now would lose what is being said")
        call.at(5_000, .speechStopped(position: 72_000, lastSpeech: .ms(4_500)))
        call.at(5_010, .finalHeard(Transcript("half", isFinalized: true)))
        #expect(call.at(5_020, .finalHeard(Transcript("past", isFinalized: true))).contains("remember user: half past"))
    }

    @Test func aRecogniserThatHeardNothingInTimeSaysSo() {
        var call = CallScript()
        call.at(200, .speechStarted(position: 0, onset: .zero))
        call.at(1_500, .speechStopped(position: 16_000, lastSpeech: .ms(1_000)))
        #expect(call.at(6_500, .clockTicked) == ["restart recognition", "error"])
        #expect(call.caller(says: "hello", from: 7_000).contains("thinking"))
    }

    @Test func whatWasUnderstoodBeforeRecognitionFailedIsAnswered() {
        var call = CallScript()
        call.at(200, .speechStarted(position: 0, onset: .zero))
        call.at(700, .interimHeard("half past"))
        call.at(1_500, .speechStopped(position: 16_000, lastSpeech: .ms(1_000)))
        #expect(
            call.at(1_600, .recognitionFailed(Failure(.vendor, "broken"))) == [
                "final half past", "error", "thinking", "remember user: half past", "recall 1",
            ])
    }

    @Test func recognitionThatFailsWhileTheCallerSpeaksIsSaidOnce() {
        var call = CallScript()
        call.at(200, .speechStarted(position: 0, onset: .zero))
        #expect(call.at(300, .recognitionFailed(Failure(.throttled, "all are busy"))) == ["error"])
        #expect(call.at(1_500, .speechStopped(position: 16_000, lastSpeech: .ms(1_000))) == [])
        #expect(call.at(9_000, .clockTicked) == [], "nobody waits for words that cannot come")
        #expect(call.caller(says: "hello", from: 10_000).contains("thinking"))
    }

    @Test func memoryThatFailsOrIsLateCostsTheHistoryOnly() {
        var failing = CallScript()
        failing.caller(says: "hello", from: 0)
        let ask = "ask 1 system: Be Nova. | user: hello"
        #expect(failing.at(1_520, .recallFailed(turn: 1, Failure(.vendor, "broken"))) == [ask])
        var late = CallScript()
        late.caller(says: "hello", from: 0)
        #expect(late.at(2_009, .clockTicked) == [])
        #expect(late.at(2_010, .clockTicked) == [ask])
        #expect(late.at(2_020, .recalled(turn: 1, [])) == [], "the turn does not ask twice")
    }

    @Test(arguments: [
        (Input.modelFailed(turn: 1, Failure(.unauthorised, "wrong key")), 1_600.0, [String]()),
        (.modelFinished(turn: 1), 1_600, []),
        (.clockTicked, 9_520, ["cancel 1 model"]),
    ])
    func anAnswerThatNeverComesIsApologisedFor(_ input: Input, at ms: Double, first: [String]) {
        var call = CallScript()
        call.caller(says: "hello", from: 0)
        call.at(1_520, .recalled(turn: 1, []))
        #expect(call.at(ms, input) == first + ["error", "play 1.1 apology"])
        #expect(call.at(ms + 1, .audio(1_000, sentence: 1)) == ["audio_start", "speaking", "send 1 1000ms"])
        let apology = ConversationSettings().lines.apology
        #expect(call.at(ms + 2, .sentenceSpoken(turn: 1, sentence: 1)) == ["audio_end", "response \(apology)"])
        call.at(ms + 1_001, .clockTicked)
        #expect(call.events.last?.fields["outcome"]?.text == "failed")
    }

    @Test func anAnswerThatBreaksOffIsFinishedWithALine() {
        var call = CallScript()
        call.caller(says: "hello", from: 0)
        call.at(1_520, .recalled(turn: 1, []))
        call.at(1_600, .tokenArrived(turn: 1, "Here it is! And then"))
        call.at(1_650, .audio(800, sentence: 1))
        #expect(call.at(1_660, .modelFailed(turn: 1, Failure(.vendor, "reset"))) == ["error"])
        #expect(call.at(1_670, .sentenceSpoken(turn: 1, sentence: 1)) == ["play 1.2 lostThread"])
        call.at(1_680, .audio(600, sentence: 2))
        #expect(call.at(1_690, .sentenceSpoken(turn: 1, sentence: 2)).first == "audio_end")
    }

    @Test func aModelThatFallsSilentIsCutOff() {
        var call = CallScript()
        call.caller(says: "hello", from: 0)
        call.at(1_520, .recalled(turn: 1, []))
        call.at(1_600, .tokenArrived(turn: 1, "Here it is! And then"))
        call.at(1_650, .audio(800, sentence: 1), .sentenceSpoken(turn: 1, sentence: 1))
        #expect(call.at(6_649, .clockTicked) == [])
        #expect(call.at(6_650, .clockTicked) == ["cancel 1 model", "error", "play 1.2 lostThread"])
    }

    @Test func aVoiceThatFailsLeavesTheText() {
        var call = CallScript.answering("Here it is. And there is more of it.")
        #expect(
            call.at(1_650, .synthesisFailed(turn: 1, sentence: 1, Failure(.unreachable, "gone"))) == [
                "error", "play 1.2 apology",
            ])
        // The line is not there either: the caller still gets the text.
        #expect(
            call.at(1_651, .synthesisFailed(turn: 1, sentence: 2, Failure(.unreachable, "no line"))) == [
                "error", "response Here it is. And there is more of it.",
            ])
        #expect(call.machine.reply == nil)
    }

    @Test func aVoiceThatFailsMidwayEndsTheAudioAndSendsTheWholeText() {
        var call = CallScript.answering("Here it is. And there is more of it.")
        call.at(1_650, .audio(800, sentence: 1), .sentenceSpoken(turn: 1, sentence: 1))
        #expect(
            call.at(1_700, .synthesisFailed(turn: 1, sentence: 2, Failure(.vendor, "reset"))) == [
                "error", "audio_end", "response Here it is. And there is more of it.",
            ])
        // Memory keeps what was heard of it.
        #expect(call.at(2_450, .clockTicked) == ["remember assistant: Here it is."])
    }

    @Test func aVoiceThatStallsIsCancelledAndGivenUp() {
        var call = CallScript.answering("Here it is.")
        #expect(call.at(6_600, .clockTicked) == ["cancel 1 synthesis", "error", "play 1.2 apology"])
    }

    @Test func unspeakableAnswersAreTextOnly() {
        let call = CallScript.answering("```\ncode\n```")
        #expect(call.machine.reply == nil)
        #expect(call.events.last?.kind == .turnEnded)
    }
}

// Everything that ends a reply early, and that nothing of it comes back.
import Testing

@testable import Conversation

@Suite struct InterruptionTests {
    /// The first sentence, five words over 2 000 ms, is heard from 1 650 on; the second is under synthesis.
    private func midAnswer() -> CallScript {
        var call = CallScript.answering("One two three four five. Six seven eight nine ten. And more of it.")
        call.at(1_650, .audio(2_000, sentence: 1), .sentenceSpoken(turn: 1, sentence: 1))
        return call
    }

    @Test func theCallersVoiceEndsTheReplyAtOnce() {
        var call = midAnswer()
        #expect(call.at(2_400, .speechSuspected(onset: .ms(2_300))) == [])
        #expect(
            call.at(2_500, .speechStarted(position: 0, onset: .ms(2_300))) == [
                "flush 1 audio_interrupted", "cancel 1 everything", "remember assistant: One two …",
            ])
        let confirmed = call.events.first { $0.kind == .bargeInConfirmed }
        #expect(confirmed?.fields["rule"]?.text == "voice")
        #expect(confirmed?.fields["onset_ms"]?.number == 200)
        #expect(confirmed?.fields["heard_words"]?.number == 2)
        #expect(confirmed?.fields["of_words"]?.number == 10)
        #expect(call.events.last?.fields["outcome"]?.text == "interrupted")
    }

    @Test func nothingLateOfAnInterruptedTurnHasAnyEffect() {
        var call = midAnswer()
        call.at(2_500, .interruptReceived)
        let late: [Input] = [
            .tokenArrived(turn: 1, "late. "), .modelFinished(turn: 1), .modelFailed(turn: 1, Failure(.vendor, "x")),
            .audio(20, sentence: 2), .sentenceSpoken(turn: 1, sentence: 2), .recalled(turn: 1, []),
            .synthesisFailed(turn: 1, sentence: 2, Failure(.vendor, "x")), .audioLeft(turn: 1),
        ]
        for input in late { #expect(call.at(2_600, input) == []) }
        #expect(call.kinds.filter { $0 == "stale.dropped" }.count == late.count)
        #expect(call.caller(says: "hello", from: 3_000).contains("recall 2"))
        for input in late { #expect(call.at(4_600, input) == []) }
    }

    @Test func wordsEndTheReplyBeforeTheVoiceIsCertain() {
        var call = midAnswer()
        call.at(2_300, .speechSuspected(onset: .ms(2_250)))
        #expect(call.at(2_400, .interimHeard("wait")).contains("flush 1 audio_interrupted"))
        let confirmed = call.events.first { $0.kind == .bargeInConfirmed }
        #expect(confirmed?.fields["rule"]?.text == "words")
        #expect(confirmed?.fields["onset_ms"]?.number == 150)
    }

    @Test func aCoughIsDismissed() {
        var call = midAnswer()
        call.at(2_300, .speechSuspected(onset: .ms(2_250)))
        #expect(call.at(2_500, .speechDismissed) == [])
        #expect(call.kinds.suffix(2) == ["bargein.suspected", "bargein.dismissed"])
        #expect(call.machine.reply?.turn == 1)
    }

    @Test func theTailOfAReplyThatIsSentCanStillBeInterrupted() {
        var call = CallScript.answering("One two three four five.")
        #expect(
            call.at(1_650, .audio(2_000, sentence: 1), .sentenceSpoken(turn: 1, sentence: 1)).suffix(2) == [
                "audio_end", "response One two three four five.",
            ])
        // The protocol has no interruption after `audio_end`; memory is cut all the same.
        #expect(
            call.at(2_450, .speechStarted(position: 0, onset: .ms(2_250))) == ["remember assistant: One two …"])
    }

    @Test func anInterruptionBeforeAnythingWasHeardIsSilent() {
        var call = CallScript()
        call.caller(says: "hello", from: 0)
        #expect(call.at(1_515, .interruptReceived) == ["cancel 1 everything"])
        #expect(call.events.last?.fields["outcome"]?.text == "cancelled")
        #expect(call.at(1_516, .interruptReceived) == [])
    }

    @Test func wordsBeforeTheAnswerMakeItTheNextTurns() {
        var call = CallScript.answering("One two three.")
        #expect(call.at(1_610, .speechStarted(position: 0, onset: .ms(1_550))) == ["cancel 1 synthesis"])
        #expect(call.at(1_700, .interimHeard("no wait")) == ["interim no wait", "cancel 1 everything"])
        call.at(3_000, .speechStopped(position: 0, lastSpeech: .ms(2_500)))
        #expect(call.at(3_010, .finalHeard(Transcript("no wait", isFinalized: true))).contains("recall 2"))
    }

    @Test func aNoiseBeforeTheAnswerOnlyHoldsItBack() {
        var call = CallScript.answering("One two three.")
        call.at(1_610, .speechStarted(position: 0, onset: .ms(1_550)))
        #expect(call.at(1_620, .audio(20, sentence: 1)) == [], "what was withdrawn is not heard")
        call.at(2_300, .speechStopped(position: 0, lastSpeech: .ms(1_800)))
        #expect(call.at(2_310, .finalHeard(Transcript("", isFinalized: true))) == [])
        #expect(call.at(2_320, .audio(500, sentence: 2)).last == "send 1 500ms")
    }

    @Test func clearForgetsAndStaysConnected() {
        var call = midAnswer()
        #expect(call.at(2_000, .clearReceived) == ["flush 1 audio_interrupted", "cancel 1 everything", "forget"])
        #expect(call.caller(says: "hello", from: 3_000).contains("thinking"))
        var hearing = CallScript()
        hearing.at(200, .speechStarted(position: 0, onset: .zero))
        #expect(hearing.at(300, .clearReceived) == ["restart recognition", "forget"])
    }

    @Test func endClosesAndNothingFollows() {
        var call = midAnswer()
        #expect(
            call.at(2_000, .endReceived) == ["flush 1 audio_interrupted", "cancel 1 everything", "close ended"])
        #expect(call.caller(says: "hello", from: 3_000) == [])
        var left = midAnswer()
        left.at(2_000, .callerLeft)
        #expect(left.machine.hasEnded)
        #expect(left.machine.reply == nil)
    }
}

// The ledger: what was sent, and what of it was heard.
import Testing

@testable import Conversation

@Suite struct PlayoutTests {
    private func twoSentences() -> Playout {
        var playout = Playout(sampleRate: 24_000)
        playout.begin("One two three four.")
        playout.send(samples: 48_000, at: .ms(1_000))
        playout.complete()
        playout.begin("Five six seven eight.")
        playout.send(samples: 48_000, at: .ms(1_100))
        playout.complete()
        return playout
    }

    @Test(arguments: [
        (999.0, 0, "", true), (1_000, 0, "", true), (1_500, 12_000, "One", true),
        (2_999, 47_976, "One two three", true),
        (3_000, 48_000, "One two three four.", true), (3_500, 60_000, "One two three four. Five", true),
        (5_000, 96_000, "One two three four. Five six seven eight.", false),
        (9_000, 96_000, "One two three four. Five six seven eight.", false),
    ])
    func whatWasHeardFollowsTheClock(ms: Double, samples: Int, text: String, isCut: Bool) {
        let playout = twoSentences()
        #expect(playout.heard(at: .ms(ms)) == samples)
        #expect(playout.heardText(at: .ms(ms)).text == text)
        #expect(playout.heardText(at: .ms(ms)).isCut == isCut)
        #expect(playout.heardText(at: .ms(ms)).ofWords == 8)
    }

    @Test func aGapInTheAudioIsAPauseInTheEar() {
        var playout = Playout(sampleRate: 24_000)
        playout.begin("One two.")
        playout.send(samples: 24_000, at: .ms(0))
        #expect(playout.isAudible(at: .ms(999)))
        #expect(!playout.isAudible(at: .ms(1_000)))
        playout.send(samples: 24_000, at: .ms(5_000))
        #expect(playout.heard(at: .ms(5_500)) == 36_000)
    }

    @Test func aSentenceWhoseAudioIsIncompleteIsNotHeardInFull() {
        var playout = Playout(sampleRate: 24_000)
        playout.begin("One two three four five.")
        playout.send(samples: 12_000, at: .ms(0))
        // 500 ms of a sentence that usually takes two seconds.
        #expect(playout.heardText(at: .ms(10_000)).text == "One")
        #expect(playout.heardText(at: .ms(10_000)).isCut)
    }

    @Test func marksOfATimelineNeverRunBackwards() {
        var timeline = Timeline(start: .ms(100))
        timeline.end(.endpointing, at: .ms(600))
        timeline.end(.transcription, at: .ms(550))
        timeline.end(.synthesis, at: .ms(900))
        timeline.end(.synthesis, at: .ms(2_000))
        #expect(timeline.parts.map(\.length.milliseconds) == [500, 0, 0, 0, 300, 0])
        #expect(timeline.total == .ms(800))
    }
}

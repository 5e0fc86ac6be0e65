// Utterances from frames that the test makes up: when they begin, when they end, and what a pause is.
import Conversation
import Testing

@Suite struct EndpointingTests {
    /// Frames of 20 ms: s is speech, . is none. A run starts with its tenth frame of speech and is over after ten of none.
    private static func frames(_ letters: String) -> [VoiceFrame] {
        var lastSpeech = 0
        var speech = 0
        var onset: Int?
        return letters.enumerated().map { index, letter in
            let position = (index + 1) * 320
            var event: VoiceEvent?
            if letter == "s" {
                speech += 1
                lastSpeech = position
                if speech == 10, onset == nil {
                    onset = position - 10 * 320
                    event = onset.map { .started(onset: $0) }
                }
            } else {
                speech = 0
                if onset != nil, position - lastSpeech >= 3200 {
                    onset = nil
                    event = .quiet(since: lastSpeech)
                }
            }
            return VoiceFrame(position: position, silence: position - lastSpeech, onset: onset, event: event)
        }
    }

    private static func of(_ count: Int, _ letter: Character) -> String { String(repeating: letter, count: count) }

    /// What is decided, and with which frame.
    private static func decide(
        _ letters: String, _ settings: Endpointing.Settings = .init()
    ) -> [Endpointing.Decision] {
        var endpointing = Endpointing(settings)
        return frames(letters).compactMap { endpointing.feed($0) }
    }

    @Test(arguments: [200, 500, 700, 3000]) func endsAfterTheSilence(milliseconds: Int) {
        let end = 60 * 320
        let decisions = Self.decide(
            Self.of(10, ".") + Self.of(50, "s") + Self.of(200, "."), .init(silenceMs: milliseconds))
        #expect(
            decisions == [.speechStarted(at: 3200), .speechStopped(at: end, decidedAt: end + milliseconds * 16)])
    }

    @Test func aPauseIsNotTheEnd() {
        let letters = Self.of(20, "s") + Self.of(24, ".") + Self.of(3, "s") + Self.of(24, ".") + Self.of(20, "s")
        #expect(Self.decide(letters + Self.of(24, ".")) == [.speechStarted(at: 0)])
        let end = 91 * 320
        #expect(
            Self.decide(letters + Self.of(25, ".")) == [
                .speechStarted(at: 0), .speechStopped(at: end, decidedAt: end + 8000),
            ])
    }

    @Test func whatNeverStartedHasNoEnd() {
        #expect(Self.decide(Self.of(9, "s") + Self.of(100, ".")) == [])
        #expect(Self.decide(Self.of(100, ".")) == [])
    }

    @Test func oneUtteranceAfterAnother() {
        let decisions = Self.decide(Self.of(20, "s") + Self.of(30, ".") + Self.of(20, "s") + Self.of(30, "."))
        #expect(
            decisions == [
                .speechStarted(at: 0), .speechStopped(at: 6400, decidedAt: 6400 + 8000),
                .speechStarted(at: 16_000), .speechStopped(at: 22_400, decidedAt: 22_400 + 8000),
            ])
    }

    @Test func anEndlessUtteranceIsCutAndGoesOn() {
        let decisions = Self.decide(Self.of(120, "s") + Self.of(30, "."), .init(maxUtteranceMs: 1000))
        #expect(
            decisions == [
                .speechStarted(at: 0), .speechStopped(at: 16_000, decidedAt: 16_000),
                .speechStarted(at: 16_000), .speechStopped(at: 32_000, decidedAt: 32_000),
                .speechStarted(at: 32_000), .speechStopped(at: 38_400, decidedAt: 38_400 + 8000),
            ])
    }

    @Test func aCutInTheLastPauseStartsNothing() {
        // The cut comes in the pause, 240 ms into it, when the run is already over.
        let decisions = Self.decide(Self.of(38, "s") + Self.of(60, "."), .init(maxUtteranceMs: 1000))
        #expect(decisions == [.speechStarted(at: 0), .speechStopped(at: 38 * 320, decidedAt: 16_000)])
    }

    @Test func forgets() {
        var endpointing = Endpointing()
        let frames = Self.frames(Self.of(40, "s") + Self.of(30, ".") + Self.of(40, "s"))
        let before = frames[..<20].compactMap { endpointing.feed($0) }
        #expect(before == [.speechStarted(at: 0)])
        #expect(endpointing.isSpeaking)
        endpointing.reset()
        #expect(!endpointing.isSpeaking)
        #expect(frames[20...].compactMap { endpointing.feed($0) } == [.speechStarted(at: 70 * 320)])
    }

    @Test func bringsSettingsIntoRange() {
        #expect(Endpointing.Settings(silenceMs: 0, maxUtteranceMs: 0) == .init(silenceMs: 200, maxUtteranceMs: 1000))
        #expect(
            Endpointing.Settings(silenceMs: .max, maxUtteranceMs: .max)
                == .init(silenceMs: 3000, maxUtteranceMs: 120_000))
    }
}

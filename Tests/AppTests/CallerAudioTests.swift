// Cutting the caller's speech out of the call's audio, with a detector that says what a test wants.
import Conversation
import Providers
import Testing

@testable import voiced

/// Answers frame by frame as it was told.
private struct ScriptedDetector: SpeechDetector {
    let marginDB: Float = 3
    let speech: Range<Int>
    var asked = 0

    mutating func isSpeech(_ frame: [Int16]) -> Bool {
        defer { asked += 1 }
        return speech.contains(asked)
    }

    mutating func reset() {}
}

@Suite struct CallerAudioTests {
    /// A tone with a pitch, so that every frame is over the gate and voiced, in which no two places of 300 ms are alike.
    private static let tone: [Int16] = (0..<32_000).map { index in
        let level = 6_000 + index / 16
        return Int16(index % 128 < 64 ? level : -level)
    }

    /// Gives `tone` in frames of `length` samples, each of which arrives when its last sample has been spoken.
    private func outcomes(
        speech: Range<Int>, length: Int = 320, cutsSpeech: Bool = true
    ) -> [(arrival: Moment, outcome: CallerAudio.Outcome)] {
        var audio = CallerAudio(
            detector: ScriptedDetector(speech: speech), settings: ConversationSettings(), cutsSpeech: cutsSpeech)
        var outcomes: [(Moment, CallerAudio.Outcome)] = []
        for start in stride(from: 0, to: Self.tone.count, by: length) {
            let end = min(start + length, Self.tone.count)
            let arrival = Moment.zero + .samples(end, rate: 16_000)
            let bytes = Linear16.bytes(of: Array(Self.tone[start..<end]))
            outcomes += audio.take(bytes, at: arrival).map { (arrival, $0) }
        }
        return outcomes
    }

    private func inputs(_ outcomes: [(arrival: Moment, outcome: CallerAudio.Outcome)]) -> [Input] {
        outcomes.compactMap { if case .input(let input) = $0.outcome { input } else { nil } }
    }

    private func events(_ outcomes: [(arrival: Moment, outcome: CallerAudio.Outcome)]) -> [ProviderEvent] {
        outcomes.compactMap { if case .recogniser(let event) = $0.outcome { event } else { nil } }
    }

    /// Speech from 500 to 1 300 ms: known at 680 ms, over at 1 800 ms.
    @Test func theMomentsAreThoseOfTheSpeechAndNotOfItsDetection() {
        #expect(
            inputs(outcomes(speech: 25..<65)) == [
                .speechSuspected(onset: .ms(500)), .speechStarted(position: 8_000, onset: .ms(500)),
                .speechStopped(position: 20_800, lastSpeech: .ms(1_300)),
            ])
    }

    @Test("a recogniser that wants it cut gets the speech with 300 ms before it", arguments: [320, 160, 333, 1_024])
    func isCut(length: Int) throws {
        let events = events(outcomes(speech: 25..<65, length: length))
        #expect(events.first == .speechStarted(milliseconds: 200))
        #expect(events.last == .speechEnded(milliseconds: 1_800))
        let heard = events.dropFirst().dropLast().flatMap { event in
            if case .audio(let samples) = event { samples } else { [Int16]() }
        }
        // From 200 ms to the moment at which its end was known, whatever the size of a frame.
        #expect(heard.count == 28_800 - 3_200)
        #expect(heard.elementsEqual(Self.tone[3_200..<28_800]))
    }

    @Test func theStartOfTheCallHasNoMoreThanThereIs() {
        let events = events(outcomes(speech: 5..<45))
        #expect(events.first == .speechStarted(milliseconds: 0))
        guard case .audio(let lead) = events.dropFirst().first else {
            Issue.record("no audio after the start")
            return
        }
        #expect(lead == Array(Self.tone[..<(14 * 320)]))
    }

    @Test func aRecogniserThatHearsEverythingGetsEverythingOnce() {
        let events = events(outcomes(speech: 25..<65, cutsSpeech: false))
        let heard = events.flatMap { event in if case .audio(let samples) = event { samples } else { [Int16]() } }
        #expect(heard == Self.tone)
        #expect(
            events.filter { if case .audio = $0 { false } else { true } } == [
                .speechStarted(milliseconds: 500), .speechEnded(milliseconds: 1_800),
            ])
    }

    @Test func aShortNoiseIsSuspectedAndDismissed() {
        let outcomes = outcomes(speech: 25..<30)
        #expect(inputs(outcomes) == [.speechSuspected(onset: .ms(500)), .speechDismissed])
        #expect(events(outcomes).isEmpty)
    }

    @Test func oddBytesAreCarriedOver() {
        var whole = CallerAudio(
            detector: ScriptedDetector(speech: 0..<0), settings: ConversationSettings(), cutsSpeech: false)
        var heard: [Int16] = []
        let bytes = Linear16.bytes(of: Array(Self.tone[..<1_000]))
        for start in stride(from: 0, to: bytes.count, by: 7) {
            for case .recogniser(.audio(let samples)) in whole.take(
                Array(bytes[start..<min(start + 7, bytes.count)]), at: .zero)
            { heard += samples }
        }
        #expect(heard == Array(Self.tone[..<1_000]))
    }
}

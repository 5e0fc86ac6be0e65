// Runs of speech from frames whose kind the test chooses, with a detector that believes everything.
import Conversation
import Testing

@Suite struct VoiceActivityTests {
    /// Frames as letters: v is voiced, u is loud without a pitch, . is digital silence, - is a quiet hiss.
    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var frames: String
        var events: [VoiceEvent]

        init(_ name: String, _ frames: String, _ events: [VoiceEvent]) {
            testDescription = name
            self.frames = frames
            self.events = events
        }
    }

    static let cases: [Case] = [
        Case("silence", of(100, "."), []),
        Case("a quiet hiss", of(100, "-"), []),
        Case("loud, but without a pitch", of(10, "-") + of(60, "u"), []),
        Case("three frames are not enough", of(10, ".") + "vvv" + of(20, "."), []),
        Case("a short voice", of(10, ".") + of(5, "v") + of(20, "."), [.suspected(onset: 10 * 320), .dismissed]),
        Case(
            "speech, a pause", of(10, ".") + of(20, "v") + of(12, "."),
            [.suspected(onset: 3200), .started(onset: 3200), .quiet(since: 30 * 320)]),
        Case(
            "a consonant before the vowel", of(10, ".") + "uuuuuuu" + of(20, "v"),
            [.suspected(onset: 3200), .started(onset: 3200)]),
        Case(
            "a click long before it", of(10, ".") + "u" + of(10, ".") + of(20, "v"),
            [.suspected(onset: 21 * 320), .started(onset: 21 * 320)]),
        Case(
            "with small gaps", of(10, ".") + "vv.vv.vvv.vvv.vvv",
            [.suspected(onset: 3200), .started(onset: 3200)]),
        Case(
            "twice", of(10, ".") + of(20, "v") + of(20, ".") + of(20, "v"),
            [
                .suspected(onset: 3200), .started(onset: 3200), .quiet(since: 30 * 320),
                .suspected(onset: 50 * 320), .started(onset: 50 * 320),
            ]),
        Case(
            "breath after it is not speech", of(10, ".") + of(20, "v") + of(40, "u"),
            [.suspected(onset: 3200), .started(onset: 3200), .quiet(since: 45 * 320)]),
    ]

    @Test(arguments: cases) func seesRuns(_ example: Case) {
        let frames = Self.hear(example.frames)
        #expect(frames.count == example.frames.count)
        #expect(frames.compactMap(\.event) == example.events)
    }

    @Test func triggersWhenItSays() {
        let frames = Self.hear(Self.of(10, ".") + Self.of(40, "v"))
        let suspected = frames.first { $0.event == .suspected(onset: 3200) }?.position
        let started = frames.first { $0.event == .started(onset: 3200) }?.position
        #expect(suspected == 14 * 320)
        #expect(started == 19 * 320)
    }

    @Test func countsSilenceAndTellsTheRun() throws {
        let frames = Self.hear(Self.of(10, ".") + Self.of(20, "v") + Self.of(15, "."))
        #expect(frames[9].silence == 3200)
        #expect(frames[29].silence == 0)
        #expect(frames[29].onset == 3200)
        #expect(frames[30].silence == 320)
        #expect(frames[38].onset == 3200)
        #expect(frames[39].event == .quiet(since: 30 * 320))
        #expect(frames[39].onset == nil)
        #expect(frames[44].silence == 15 * 320)
    }

    @Test func rebuffersAnyLength() {
        let samples = Self.audio(Self.of(10, ".") + Self.of(20, "v") + Self.of(15, "-"))
        var whole = VoiceActivity(detector: Always())
        let expected = whole.feed(samples)
        for length in [1, 7, 160, 319, 320, 321, 4096] {
            var pieces = VoiceActivity(detector: Always())
            let frames = stride(from: 0, to: samples.count, by: length).flatMap {
                pieces.feed(Array(samples[$0..<min($0 + length, samples.count)]))
            }
            #expect(frames == expected, "in pieces of \(length)")
        }
        #expect(whole.feed([]) == [])
    }

    @Test func raisesTheGate() {
        var quiet = VoiceActivity(detector: Always())
        quiet.setGate(extraDB: 50)
        #expect(quiet.feed(Self.audio(Self.of(30, "v"))).allSatisfy { !$0.isSpeech })
        quiet.setGate(extraDB: 0)
        #expect(quiet.feed(Self.audio(Self.of(30, "v"))).contains { $0.event == .started(onset: 30 * 320) })
    }

    @Test func asksTheDetectorOnlyOverTheGate() {
        let counter = Counter()
        var activity = VoiceActivity(detector: counter)
        _ = activity.feed(Self.audio(Self.of(50, ".") + Self.of(50, "-")))
        #expect(counter.asked == 0)
        _ = activity.feed(Self.audio("uuu"))
        #expect(counter.asked == 3)
    }

    @Test func survivesExtremes() {
        var settings = VoiceActivitySettings()
        settings.suspicion = .init(of: 0, speech: 1, voiced: 0)
        settings.start = .init(of: 1000, speech: 9, voiced: 4)
        settings.quietMs = -5
        var activity = VoiceActivity(detector: EnergyDetector(), settings: settings)
        let clipping = (0..<32_000).map { $0 / 40 % 2 == 0 ? Int16.max : Int16.min }
        let frames = activity.feed(clipping)
        #expect(frames.allSatisfy { abs($0.levelDB) < 0.01 })
        #expect(frames.contains { $0.event == .started(onset: 0) })
    }

    @Test func aMutedMicrophoneDoesNotLowerTheFloor() {
        var floor = NoiseFloor()
        for _ in 0..<200 { floor.follow(-40) }
        #expect(abs(floor.decibels + 40) < 0.01)
        for _ in 0..<200 { floor.follow(Level.silence) }
        #expect(abs(floor.decibels + 40) < 0.01)
        for _ in 0..<10 { floor.follow(-20) }
        #expect(abs(floor.decibels + 40) < 0.01)
        for _ in 0..<200 { floor.follow(-20) }
        #expect(abs(floor.decibels + 20) < 0.01)
    }

    @Test(arguments: [(1, -90.309), (3277, -20), (16_384, -6.021), (32_767, -0.0003)])
    func measuresLevels(amplitude: Int16, decibels: Double) {
        let level = Level.decibels((0..<320).map { $0 % 2 == 0 ? amplitude : -amplitude })
        #expect(abs(Double(level) - decibels) < 0.01)
    }

    @Test func silenceHasALevel() {
        #expect(Level.decibels([Int16](repeating: 0, count: 320)) == Level.silence)
        #expect(Level.decibels([]) == Level.silence)
        #expect(abs(Level.decibels([Int16](repeating: .min, count: 320))) < 0.001)
    }

    // MARK: - Sound

    private static func of(_ count: Int, _ letter: Character) -> String { String(repeating: letter, count: count) }

    private static func hear(_ letters: String) -> [VoiceFrame] {
        var activity = VoiceActivity(detector: Always())
        return activity.feed(audio(letters))
    }

    private static func audio(_ letters: String) -> [Int16] {
        var noise = Noise()
        var position = 0
        return letters.flatMap { letter in
            (0..<VoiceActivity.frameLength).map { _ in
                position += 1
                switch letter {
                // A buzz of 250 Hz, 64 samples long.
                case "v": return Int16(position % 64 < 16 ? 8000 : -2667)
                case "u": return noise.next(5000)
                case "-": return noise.next(20)
                default: return 0
                }
            }
        }
    }

    struct Always: SpeechDetector {
        let marginDB: Float = 0
        func isSpeech(_ frame: [Int16]) -> Bool { true }
        func reset() {}
    }

    final class Counter: SpeechDetector {
        let marginDB: Float = 0
        var asked = 0
        func isSpeech(_ frame: [Int16]) -> Bool {
            asked += 1
            return false
        }
        func reset() {}
    }

    /// The same noise each time.
    struct Noise {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        mutating func next(_ amplitude: Int) -> Int16 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int16(Int(state >> 33) % (2 * amplitude + 1) - amplitude)
        }
    }
}

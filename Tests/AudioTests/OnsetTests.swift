// How soon and how surely voice activity hears people speak, and that it hears nothing in noises.
import Audio
import Conversation
import Testing

@Suite struct OnsetTests {
    struct Setting: CustomTestStringConvertible, Sendable {
        var testDescription: String
        /// Of any length.
        var noise: @Sendable (Int) -> [Float]
        var detector: @Sendable () -> any SpeechDetector
        /// Bars for the medians, ms.
        var suspected: Int
        var started: Int
        /// In loud noise the quiet ends of words are lost.
        var hearsTheEnd = true
    }

    static let settings: [Setting] = [
        Setting(
            testDescription: "a quiet room", noise: { Signal.white($0, -60) }, detector: { makeDetector() },
            suspected: 120, started: 220),
        Setting(
            testDescription: "white noise at 20 dB", noise: { Signal.white($0, -46) }, detector: { makeDetector() },
            suspected: 120, started: 220),
        Setting(
            testDescription: "pink noise at 10 dB", noise: { Signal.pink($0, -36) }, detector: { makeDetector() },
            suspected: 120, started: 260),
        Setting(
            testDescription: "white noise at 5 dB", noise: { Signal.white($0, -31) }, detector: { makeDetector() },
            suspected: 140, started: 300, hearsTheEnd: false),
        Setting(
            testDescription: "the fallback in a quiet room", noise: { Signal.white($0, -60) },
            detector: { EnergyDetector() }, suspected: 120, started: 220),
    ]

    @Test(
        .enabled(if: !Recording.all.isEmpty, "needs Debian's pocketsphinx-testdata or alsa-utils"),
        arguments: settings)
    func hearsPeopleSoon(_ setting: Setting) throws {
        var suspected: [Int] = []
        var started: [Int] = []
        let padding = 2 * VoiceActivity.sampleRate
        let noise = setting.noise(2 * padding + (Recording.all.map(\.samples.count).max() ?? 0))
        for recording in Recording.all {
            var sound = Array(noise[..<(recording.samples.count + padding * 3 / 2)])
            Signal.add(recording.samples, to: &sound, at: padding)
            var activity = VoiceActivity(detector: setting.detector())
            var endpointing = Endpointing()
            let onset = padding + recording.onset
            var decisions: [Endpointing.Decision] = []
            var delays: (suspected: Int?, started: Int?)
            for frame in activity.feed(Signal.clipped(sound)) {
                let delay = (frame.position - onset) / 16
                switch frame.event {
                case .suspected: delays.suspected = delays.suspected ?? delay
                case .started: delays.started = delays.started ?? delay
                default: break
                }
                if let decision = endpointing.feed(frame) { decisions.append(decision) }
            }
            let found = try #require(delays.started, "\(recording.name) was not heard")
            #expect((delays.suspected ?? found) <= found)
            #expect((delays.suspected ?? 0) > 0, "\(recording.name) was heard before it began")
            started.append(found)
            suspected.append(delays.suspected ?? found)
            guard setting.hearsTheEnd else { continue }
            guard case .speechStopped(let end, _) = decisions.last else {
                Issue.record("\(recording.name) has no end")
                continue
            }
            #expect(abs(end - padding - recording.end) < VoiceActivity.sampleRate / 2, "\(recording.name)")
        }
        #expect(suspected.sorted()[suspected.count / 2] <= setting.suspected)
        #expect(started.sorted()[started.count / 2] <= setting.started)
    }

    struct Sound: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var samples: @Sendable () -> [Float]

        init(_ name: String, _ samples: @escaping @Sendable () -> [Float]) {
            testDescription = name
            self.samples = samples
        }
    }

    private static let length = 15 * VoiceActivity.sampleRate

    /// What was measured to be silent with the composite; music and babble are not, and the agent's own voice is not.
    static let noises: [Sound] = [
        Sound("digital silence") { [Float](repeating: 0, count: length) },
        Sound("a quiet room") { Signal.white(length, -60) },
        Sound("white noise") { Signal.white(length, -40) },
        Sound("loud white noise") { Signal.white(length, -20) },
        Sound("pink noise") { Signal.pink(length, -40) },
        Sound("impulses") { Signal.repeated([20_000], every: 7777, over: Signal.white(length, -60)) },
        Sound("clicks") {
            let decay = Signal.white(300, -6).enumerated().map { $1 / (1 + Float($0 * $0) / 800) }
            return Signal.repeated(decay, every: 3777, over: Signal.white(length, -60))
        },
        Sound("breath") {
            // Noise around 2 kHz that comes and goes within 0.6 s.
            var older: Float = 0
            var old: Float = 0
            let breath = Signal.white(10_000, -40).enumerated().map { index, white in
                let sample = white + 1.2 * old - 0.72 * older
                (older, old) = (old, sample)
                return sample * Float(min(index, 10_000 - index)) / 5000
            }
            return Signal.repeated(Signal.scaled(breath, to: -35), every: 32_000, over: Signal.white(length, -60))
        },
        Sound("a fan that goes on and off") {
            Signal.repeated(Signal.pink(48_000, -35), every: 96_000, over: Signal.pink(length, -60))
        },
    ]

    @Test(arguments: noises) func hearsNothingInNoise(_ sound: Sound) {
        let samples = Signal.clipped(sound.samples())
        for detector in [makeDetector(), EnergyDetector()] {
            var activity = VoiceActivity(detector: detector)
            let events = activity.feed(samples).compactMap(\.event)
            #expect(events == [], "\(type(of: detector))")
        }
    }

    @Test(.enabled(if: !Recording.all.isEmpty, "needs Debian's pocketsphinx-testdata or alsa-utils"))
    func breathDoesNotHoldTheTurnOpen() throws {
        let recording = try #require(Recording.all.first)
        let breath = Signal.pink(3 * VoiceActivity.sampleRate, -35)
        let sound = recording.samples[..<recording.end] + breath
        var activity = VoiceActivity(detector: makeDetector())
        var endpointing = Endpointing()
        let stopped = activity.feed(Signal.clipped(Array(sound))).compactMap { frame -> Int? in
            guard case .speechStopped(_, let position) = endpointing.feed(frame) else { return nil }
            return position
        }
        let first = try #require(stopped.first)
        #expect(first - recording.end < VoiceActivity.sampleRate)
    }

    @Test func aDetectorStartsAfreshAfterReset() throws {
        let detector = try WebRTCDetector()
        let noise = Signal.clipped(Signal.pink(320 * 1000, -35))
        let frames = stride(from: 0, to: noise.count, by: 320).map { Array(noise[$0..<($0 + 320)]) }
        let first = frames.map { detector.isSpeech($0) }
        let second = frames.map { detector.isSpeech($0) }
        detector.reset()
        #expect(frames.map { detector.isSpeech($0) } == first)
        #expect(first != second, "it learned nothing, so that there was nothing to reset")
    }

    @Test func aDetectorRefusesWhatItCannot() throws {
        #expect(throws: AudioError("The voice activity mode has to be 0 to 3, not 4.")) { try WebRTCDetector(mode: 4) }
        let detector = try WebRTCDetector()
        #expect(!detector.isSpeech([]))
        #expect(!detector.isSpeech([Int16](repeating: 5000, count: 100)))
        #expect(makeDetector() is WebRTCDetector)
    }
}

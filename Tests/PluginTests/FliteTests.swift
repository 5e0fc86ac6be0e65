// The Flite plugin through its outbox: order and shape of what it sends, level, silence, cancel, odd text, many at once.
import JSON
import PluginSDK
import Testing

@testable import FliteCore

@Suite struct FliteTests {
    private static let sentence = "Sure, I can help you with that, please enter the number."

    /// Speaks `text` as request 1 and returns what was said.
    private func speak(
        _ text: String = sentence, _ settings: JSON.Object = [:], stopAfter: Int? = nil
    ) throws -> OutboxRecorder {
        let recorder = OutboxRecorder()
        if let stopAfter { recorder.stop(1, after: stopAfter) }
        let flite = try Flite(Configuration(slot: "tts", settings: settings), outbox: recorder.outbox)
        flite.speak(text, id: 1)
        return recorder
    }

    @Test func formatThenFramesThenDone() throws {
        let recorder = try speak()
        let actions = recorder.actions(1)
        let chunks = recorder.chunks(1)
        #expect(actions.first == .format(sampleRate: 16_000))
        #expect(actions.last == .done)
        #expect(actions.count == chunks.count + 2)
        #expect(chunks.count > 20, "it streams")
        #expect(chunks.dropLast().allSatisfy { $0.count % 320 == 0 && !$0.isEmpty && $0.count <= 32_768 })
        #expect((40_000...70_000).contains(recorder.samples(1).count))
    }

    @Test(arguments: ["rms", "slt"])
    func levelAndSilence(voice: String) throws {
        let samples = try speak(Self.sentence, ["voice": .string(voice)]).samples(1)
        #expect(abs(level(samples) + 20) < 2.5)
        #expect(samples.allSatisfy { abs(Int($0)) < 32_700 })
        let blocks = stride(from: 0, to: samples.count - 80, by: 80).map { level(samples[$0..<$0 + 80]) }
        let first = try #require(blocks.firstIndex { $0 > -45 })
        let last = try #require(blocks.lastIndex { $0 > -45 })
        #expect(first * 5 < 60, "ms of leading silence")
        #expect((blocks.count - last) * 5 < 200, "ms of trailing silence")
    }

    @Test func speedAndPitch() throws {
        let normal = try speak().samples(1)
        let slow = try speak(Self.sentence, ["speed": 0.5]).samples(1)
        let fast = try speak(Self.sentence, ["speed": 2]).samples(1)
        #expect((1.6...2.4).contains(Double(slow.count) / Double(normal.count)))
        #expect((0.4...0.65).contains(Double(fast.count) / Double(normal.count)))
        let low = medianPitch(try speak(Self.sentence, ["pitch": 80]).samples(1))
        let high = medianPitch(try speak(Self.sentence, ["pitch": 200]).samples(1))
        #expect((65...100).contains(low))
        #expect((160...240).contains(high))
    }

    @Test(arguments: [
        ("voice", "kal" as JSON), ("voice", 7), ("speed", 0.4), ("speed", "fast"), ("pitch", 20), ("pitch", "high"),
        ("speeed", 1),
    ])
    func refusedSettingIsNamed(name: String, value: JSON) {
        let failure = #expect(throws: Failure.self) { try self.speak(Self.sentence, [name: value]) }
        #expect(failure?.kind == .invalid)
        #expect(failure?.message.contains("\"\(name)\"") == true)
    }

    @Test(arguments: [1, 2, 3, 10])
    func stopsAtTheFirstRefusal(count: Int) throws {
        let recorder = try speak(stopAfter: count)
        #expect(recorder.entries.count == count)
        #expect(recorder.late == 0)
        #expect(!recorder.actions(1).contains(.done))
    }

    @Test(arguments: ["", " ", "...", "\n\t", "***", "😀", "你好", "—", "!?", "\u{0}\u{7}"])
    func nothingToSay(text: String) throws {
        #expect(try speak(text).actions(1) == [.format(sampleRate: 16_000), .done])
    }

    @Test(arguments: [
        "100 % of %s and %n", "a\u{0}b", "**bold** and `code`", "café at 10:30, 3.5 °C…", "\u{FFFD}\u{FFFD}ok",
        "https://example.org/a?b=c&d=e#f", "你好 hello 😀", "x", "\"quoted\" — dash", "<speak>no markup</speak>",
    ])
    func oddTextIsSpoken(text: String) throws {
        let recorder = try speak(text)
        #expect(recorder.actions(1).last == .done)
        #expect(recorder.samples(1).count > 1_600)
    }

    @Test func veryLongText() throws {
        let recorder = try speak(String(repeating: "All of this has to be said, and more. ", count: 15))
        #expect(recorder.actions(1).last == .done)
        #expect(recorder.samples(1).count > 16_000 * 25)
        let cancelled = try speak(String(repeating: "word ", count: 200_000), stopAfter: 4)
        #expect(cancelled.entries.count == 4)
        let unbroken = try speak(String(repeating: "ha", count: 50_000), stopAfter: 4)
        #expect(unbroken.late == 0)
    }

    @Test func requestsOfOneInstanceFollowEachOther() throws {
        let recorder = OutboxRecorder()
        let flite = try Flite(Configuration(slot: "tts"), outbox: recorder.outbox)
        recorder.stop(2, after: 3)
        for id: RequestID in 1...3 {
            flite.speak("Number \(id).", id: id)
            var again = flite
            again.cancel(id)
        }
        #expect(recorder.actions(1).last == .done)
        #expect(recorder.actions(2).count == 3)
        #expect(recorder.actions(3).last == .done)
        #expect(recorder.entries.map(\.id) == recorder.entries.map(\.id).sorted())
    }

    /// The shared voice keeps nothing of an utterance: on as many threads as the pool has, all come out alike.
    @Test func fiftyAtOnce() async throws {
        let recorders = await withTaskGroup { group in
            for index in 0..<50 {
                group.addTask { try? speak("Yes, of course.", stopAfter: index % 5 == 4 ? 3 : nil) }
            }
            return await group.reduce(into: [OutboxRecorder]()) { all, one in if let one { all.append(one) } }
        }
        #expect(recorders.count == 50)
        #expect(recorders.allSatisfy { $0.late == 0 })
        let whole = recorders.filter { $0.actions(1).last == .done }.map { $0.samples(1).count }
        #expect(whole.count == 40)
        let typical = try #require(whole.sorted().dropFirst(20).first)
        #expect(whole.allSatisfy { abs($0 - typical) <= 1_600 }, "only the trimming may differ, by the noise in it")
    }

    /// Fundamental of the voiced parts in Hz: the lag with the best correlation, in windows of 40 ms.
    private func medianPitch(_ samples: [Int16]) -> Double {
        let signal = samples.map(Double.init)
        let pitches = stride(from: 0, to: signal.count - 1_040, by: 4_800).compactMap { start -> Double? in
            guard level(samples[start..<start + 480]) > -25 else { return nil }
            func correlation(_ lag: Int) -> Double {
                (start..<start + 480).reduce(0) { $0 + signal[$1] * signal[$1 + lag] }
            }
            let scores = (50...300).map { (lag: $0, score: correlation($0)) }
            guard let best = scores.max(by: { $0.score < $1.score }), best.score > 0 else { return nil }
            // The shortest lag that is nearly as good: multiples of a period correlate as well.
            let lag = scores.indices.first { index in
                let isPeak =
                    index > 0 && index + 1 < scores.count && scores[index].score >= scores[index - 1].score
                    && scores[index].score >= scores[index + 1].score
                return isPeak && scores[index].score > 0.85 * best.score
            }
            return 16_000 / Double(lag.map { scores[$0].lag } ?? best.lag)
        }
        return pitches.isEmpty ? 0 : pitches.sorted()[pitches.count / 2]
    }
}

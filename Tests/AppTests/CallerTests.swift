// The caller of `voiced call` on a clock of its own.
import Audio
import Conversation
import Testing

@testable import voiced

/// A call by hand: what the server sends, and when, in ms.
private struct CallByHand {
    var caller: Caller
    var lines: [String] = []
    var sent: [ClientCommand] = []
    var speaksSince: Double?

    /// A recording of 2 s whose speech ends at 1.5 s.
    init(patience: Double = 20, interruptAt: Double? = nil) {
        caller = Caller(
            Caller.Plan(
                recording: .seconds(2), endOfSpeech: .seconds(1.5), patience: .seconds(patience),
                interruptAt: interruptAt.map { .seconds($0) }))
    }

    mutating func at(_ ms: Double, _ messages: ServerMessage...) {
        for message in messages { take(caller.received(text: ClientProtocol.text(of: message), at: .ms(ms)), ms) }
    }

    mutating func at(_ ms: Double, text: String) { take(caller.received(text: text, at: .ms(ms)), ms) }

    /// So many ms of audio at 24 kHz.
    mutating func at(_ ms: Double, audio length: Int) {
        take(caller.received(audio: [UInt8](repeating: 1, count: length * 48), at: .ms(ms)), ms)
    }

    mutating func closes(_ code: Int?, at ms: Double) { take(caller.closed(code: code, at: .ms(ms)), ms) }

    /// Ticks every 20 ms until the caller says `end` or is over; returns when that was, nil if it is not before `limit`.
    mutating func runs(from start: Double, to limit: Double) -> Double? {
        var now = start
        while now <= limit {
            take(caller.clockTicked(at: .ms(now)), now)
            if sent.last == .end || caller.isOver { return now }
            now += 20
        }
        return nil
    }

    private mutating func take(_ effects: [Caller.Effect], _ ms: Double) {
        for effect in effects {
            switch effect {
            case .print(let line): lines.append("\(line.label): \(line.text)")
            case .speak: speaksSince = ms
            case .send(let command): sent.append(command)
            }
        }
    }

    /// A turn up to its first audio, for words that ended at 1.5 s after the start of speaking.
    mutating func answer(from ms: Double) {
        at(ms, .transcript("hello", isFinal: true), .thinking)
        at(ms + 300, .audioStart(sampleRate: 24_000), .speaking)
    }
}

@Suite struct CallerTests {
    @Test func aCallFromConnectedToTheEnd() {
        var call = CallByHand()
        #expect(call.runs(from: 0, to: 80) == nil && call.speaksSince == nil)
        call.at(100, .connected(SessionID("s")))
        #expect(call.speaksSince == 100)
        call.at(1_000, .transcript("hel", isFinal: false))
        call.answer(from: 2_200)
        call.at(2_510, audio: 1_000)
        call.at(2_600, audio: 500)
        call.at(2_610, .audioEnd, .response("Hello you."))
        // Heard until 2 510 + 1 500, and half a second more.
        #expect(call.runs(from: 2_620, to: 9_000) == 4_520)
        call.closes(1000, at: 4_600)
        #expect(call.caller.isOver && call.caller.report.problem == nil)
        #expect(
            call.lines == [
                "connected: session s", "you …: hel", "you: hello", "thinking: ",
                "speaking: first audio 0.91 s after the last word", "agent: Hello you.",
            ])
        #expect(
            call.caller.report.summary(heard: call.caller.audio.length)
                == "after the last word: final transcript 0.60 s, first audio 0.91 s; heard: 1.50 s")
    }

    @Test func theRecordingIsSpokenToItsEndEvenIfTheAnswerIsThere() {
        var call = CallByHand()
        call.at(0, .connected(SessionID("s")))
        call.answer(from: 1_510)
        call.at(1_520, audio: 20)
        call.at(1_530, .audioEnd, .response("Yes."))
        #expect(call.runs(from: 1_540, to: 9_000) == 2_040 - 20 || call.sent == [.end])
        #expect(call.caller.report.problem == nil)
    }

    @Test func anAnswerToTheFirstHalfIsNotTheEnd() {
        var call = CallByHand()
        call.at(0, .connected(SessionID("s")))
        call.answer(from: 700)
        call.at(1_010, audio: 2_000)
        call.at(1_200, .audioInterrupted)
        #expect(call.runs(from: 1_220, to: 2_900) == nil)
        call.answer(from: 2_900)
        call.at(3_210, audio: 100)
        call.at(3_220, .audioEnd, .response("Well."))
        #expect(call.runs(from: 3_230, to: 9_000) != nil)
        // 190 ms of the first and all of the second.
        #expect(call.caller.audio.length == .ms(290))
        #expect(call.lines.contains("interrupted: 1.81 s of audio thrown away"))
        #expect(
            call.lines.filter { $0.hasPrefix("speaking") } == [
                "speaking: ", "speaking: first audio 1.71 s after the last word",
            ])
    }

    @Test func wordsAfterTheAudioEndStopTheReplyHere() {
        var call = CallByHand()
        call.at(0, .connected(SessionID("s")))
        call.answer(from: 700)
        call.at(1_010, audio: 5_000)
        call.at(1_020, .audioEnd, .response("A long story."))
        call.at(1_510, .transcript("stop", isFinal: false))
        #expect(call.caller.audio.length == .ms(500))
        #expect(call.lines.last == "interrupted: by the caller's words, after all of the reply had come")
        #expect(call.caller.report.problem == nil)
    }

    @Test func interruptIsSentOnceAndItsEffectTimed() {
        var call = CallByHand(interruptAt: 3)
        call.at(0, .connected(SessionID("s")))
        call.answer(from: 2_200)
        call.at(2_510, audio: 5_000)
        #expect(call.runs(from: 2_520, to: 3_000) == nil)
        #expect(call.sent == [.interrupt])
        call.at(3_012, .audioInterrupted)
        #expect(call.lines.last == "interrupted: 4.50 s of audio thrown away, 0.01 s after interrupt")
        #expect(call.runs(from: 3_020, to: 9_000) == 3_520)
        #expect(call.sent == [.interrupt, .end])
        #expect(call.caller.report.problem == nil)
    }

    @Test(
        "what runs out of patience",
        arguments: [
            (0, "the server did not say connected within 5.00 s", 5_000),
            (1, "there was no answer within 5.00 s", 7_000),
            (2, "there was no answer within 5.00 s", 7_300),
            (3, "the server broke the protocol: a reply began and nothing of its end came within 5.00 s", 7_720),
            (4, "the server broke the protocol: a reply began and nothing of its end came within 5.00 s", 7_640),
        ])
    func patience(stage: Int, problem: String, end: Double) throws {
        var call = CallByHand(patience: 5)
        if stage > 0 { call.at(0, .connected(SessionID("s"))) }
        if stage > 1 { call.at(2_300, .transcript("hello", isFinal: true), .thinking) }
        if stage > 2 { call.at(2_500, .audioStart(sampleRate: 24_000), .speaking) }
        if stage > 2 { call.at(2_520, audio: stage == 3 ? 200 : 100) }
        if stage > 3 { call.at(2_640, .audioEnd) }
        #expect(call.runs(from: stage == 0 ? 0 : 2_640, to: 30_000) == end)
        #expect(call.caller.report.problem == problem)
    }

    @Test func anApologyIsNoAnswer() {
        var call = CallByHand()
        call.at(0, .connected(SessionID("s")))
        call.at(2_200, .transcript("hello", isFinal: true), .thinking, .error("Nobody could answer."))
        call.at(2_300, .audioStart(sampleRate: 24_000), .speaking)
        call.at(2_310, audio: 100)
        call.at(2_320, .audioEnd, .response("Sorry."))
        #expect(call.runs(from: 2_330, to: 30_000) != nil)
        #expect(call.caller.report.problem == "there was no answer; the server said: Nobody could answer.")
        #expect(call.caller.audio.length == .ms(100))
    }

    @Test func anAnswerInTextAloneIsNoAnswerEither() {
        var call = CallByHand()
        call.at(0, .connected(SessionID("s")))
        call.at(2_200, .transcript("hello", isFinal: true), .thinking, .error("No voice."), .response("Hello."))
        #expect(call.runs(from: 2_330, to: 30_000) == 2_710)
        #expect(call.caller.report.problem == "there was no answer; the server said: No voice.")
    }

    @Test func violationsAreToldAndCounted() {
        var call = CallByHand()
        call.at(0, .connected(SessionID("s")))
        call.at(10, text: "nonsense")
        call.at(20, audio: 10)
        #expect(call.lines.suffix(1) == ["violation: audio came outside of a turn"])
        #expect(call.caller.audio.sampleCount == 0)
        #expect(
            call.caller.report.problem?.hasPrefix(
                "the server broke the protocol: the server sent a text frame that is not JSON") == true)
        #expect(call.caller.report.problem?.hasSuffix("(and 1 more)") == true)
    }

    @Test(
        "how the connection ends",
        arguments: [
            (false, 1001, "the server hung up with 1001 before the call was over"),
            (false, nil, "the server hung up without a word before the call was over"),
            (true, 1000, nil),
            (true, 1011, "the server broke the protocol: the server closed with 1011 after end, and not with 1000"),
            (true, nil, "the server broke the protocol: the server closed without a word after end, and not with 1000"),
        ] as [(Bool, Int?, String?)])
    func endings(isDone: Bool, code: Int?, problem: String?) {
        var call = CallByHand()
        call.at(0, .connected(SessionID("s")))
        call.answer(from: 2_200)
        call.at(2_510, audio: 100)
        if isDone {
            call.at(2_520, .audioEnd, .response("Yes."))
            #expect(call.runs(from: 2_530, to: 9_000) != nil)
        }
        call.closes(code, at: 5_000)
        #expect(call.caller.isOver)
        #expect(call.caller.report.problem == problem)
    }

    @Test func aServerThatDoesNotCloseIsLeft() {
        var call = CallByHand()
        call.at(0, .connected(SessionID("s")))
        _ = call.caller.gaveUp(at: .ms(500))
        #expect(call.runs(from: 520, to: 3_480) == nil)
        #expect(call.runs(from: 3_500, to: 4_000) == 3_500)
        #expect(call.caller.report.problem?.contains("did not close the connection after end") == true)
    }

    @Test func controlCharactersAreNotPrinted() {
        var call = CallByHand()
        call.at(0, .connected(SessionID("s\u{1B}[2J")))
        call.at(10, .transcript("a\u{7}\nb", isFinal: false))
        #expect(call.lines == ["connected: session s", "you …: a b"])
    }
}

@Suite struct CallPartsTests {
    @Test func theMicrophoneKeepsItsSchedule() {
        let recording = (0..<1_000).map { Int16($0) }
        var microphone = Microphone(recording)
        #expect(microphone.length == .ms(62.5) && microphone.nextDue == .ms(20))
        #expect(microphone.frame(by: .ms(19.9)) == nil)
        #expect(microphone.frame(by: .ms(20)) == Array(recording[..<320]))
        #expect(microphone.frame(by: .ms(39)) == nil)
        // After a pause of the machine all that is due is given, and not more.
        var late: [[Int16]] = []
        while let frame = microphone.frame(by: .ms(105)) { late.append(frame) }
        #expect(late.count == 4)
        #expect(late.allSatisfy { $0.count == 320 })
        #expect(Array(late.joined()) == recording[320...] + [Int16](repeating: 0, count: 600))
        #expect(microphone.nextDue == .ms(120))
        while microphone.frame(by: .seconds(3_600)) != nil {}
        #expect(microphone.nextDue == .seconds(3_600) + .ms(20))
    }

    @Test("where speech ends", arguments: [0, 60, 300]) func endOfSpeech(noise: Int) {
        var seed: UInt32 = 1
        func sample(_ amplitude: Int) -> Int16 {
            seed = seed &* 1_664_525 &+ 1_013_904_223
            return Int16(Int(seed >> 16) % (2 * amplitude + 1) - amplitude)
        }
        // Speech from 0.5 to 1.2 s, a click of 10 ms at 1.5 s, 2 s in all.
        let samples = (0..<32_000).map { index in
            (8_000..<19_200).contains(index) || (24_000..<24_160).contains(index) ? sample(8_000) : sample(noise)
        }
        #expect(abs(EndOfSpeech.sample(in: samples) - 19_200) <= 160)
    }

    @Test func withoutSpeechItIsTheEnd() {
        for samples in [[], [Int16](repeating: 0, count: 100), [Int16](repeating: 0, count: 16_000)] {
            #expect(EndOfSpeech.sample(in: samples) == samples.count)
        }
    }

    @Test(
        "times as people read them",
        arguments: [
            (0, "0.00 s"), (4, "0.00 s"), (5, "0.01 s"), (614, "0.61 s"), (1_999, "2.00 s"), (61_050, "61.05 s"),
            (-614, "-0.61 s"),
        ])
    func times(ms: Double, text: String) {
        #expect(TimeSpan.ms(ms).inSeconds == text)
    }

    @Test func linesAreColumns() {
        #expect(CallLine(at: .ms(1_420), label: "you", text: "hello").printed == "   1.42 s  you          hello")
        #expect(CallLine(at: .ms(61_420), label: "thinking").printed == "  61.42 s  thinking")
    }

    @Test func theAnswerIsOneRecordingAtOneRate() throws {
        var audio = HeardAudio()
        #expect(try audio.recording() == nil)
        audio.begin(sampleRate: 24_000)
        audio.append([Int16](repeating: 5, count: 2_400), at: .zero)
        audio.begin(sampleRate: 16_000)
        audio.append([Int16](repeating: 5, count: 1_600), at: .ms(200))
        let recording = try #require(try audio.recording())
        #expect(recording.sampleRate == 24_000 && recording.samples.count == 4_800)
        #expect(audio.audibleUntil == .ms(300))
        #expect(audio.cut(at: .ms(250)) == .ms(50))
        #expect(audio.length == .ms(150))
    }
}

// The caller of `voiced call` as a value: what the server sends and when in, lines to print and things to do out. Reads no
// clock, and knows neither socket nor terminal.
internal import Conversation
internal import Observation

struct Caller {
    /// What is known before the call. Times of speech count from the start of the recording.
    struct Plan {
        var recording: TimeSpan
        var endOfSpeech: TimeSpan
        /// How long nothing may happen while an answer is awaited.
        var patience: TimeSpan
        /// Since the connection was opened; nil: never.
        var interruptAt: TimeSpan?
    }

    enum Effect: Equatable {
        case print(CallLine)
        /// The recording begins now.
        case speak
        case send(ClientCommand)
    }

    /// After a reply has been heard: stale bytes would come now.
    private static let grace = TimeSpan.ms(500)
    /// For the server to answer `end`.
    private static let closePatience = TimeSpan.seconds(3)

    let plan: Plan
    private(set) var audio = HeardAudio()
    private(set) var report = CallReport()
    /// The call is over; nothing more is to be done.
    private(set) var isOver = false

    private var checker = ClassicChecker()
    private var effects: [Effect] = []
    private var now = Moment.zero
    private var speakingSince: Moment?
    /// When something last came from the server.
    private var lastSign = Moment.zero
    private var thoughtAt: Moment?
    /// The caller's words have not led to a turn yet.
    private var hasOpenWords = false
    /// All of the last turn's reply has come.
    private var hasReplied = false
    /// The reply is no apology.
    private var isAnswer = false
    /// Nothing of the reply has been heard yet.
    private var awaitsSound = false
    private var interruptedAt: Moment?
    private var leftAt: Moment?

    init(_ plan: Plan) { self.plan = plan }

    // MARK: In

    mutating func received(text: String, at moment: Moment) -> [Effect] {
        step(moment) { caller in
            caller.lastSign = moment
            do throws(Violation) {
                let message = try ClassicReader.message(from: text)
                if let violation = caller.checker.take(message) { caller.complain(violation) }
                caller.take(message)
            } catch {
                caller.complain(error)
            }
        }
    }

    mutating func received(audio bytes: [UInt8], at moment: Moment) -> [Effect] {
        step(moment) { caller in
            caller.lastSign = moment
            if let violation = caller.checker.take(audioBytes: bytes.count) { caller.complain(violation) }
            guard caller.checker.phase == .speaking else { return }
            caller.hear(Linear16.samples(in: bytes, after: nil).samples)
        }
    }

    mutating func clockTicked(at moment: Moment) -> [Effect] {
        step(moment) { caller in
            if let due = caller.plan.interruptAt, caller.interruptedAt == nil, .zero + due <= moment {
                caller.interruptedAt = moment
                caller.effects.append(.send(.interrupt))
                caller.tell("interrupt", "sent")
            }
            caller.leaveIfDone()
        }
    }

    /// The person at the terminal wants to end it.
    mutating func gaveUp(at moment: Moment) -> [Effect] {
        step(moment) { caller in
            caller.report.fail("the call was broken off")
            caller.leave()
        }
    }

    /// The connection is closed: `code` as the server gave it, nil when it gave none.
    mutating func closed(code: Int?, at moment: Moment) -> [Effect] {
        step(moment) { caller in
            caller.isOver = true
            caller.audio.cut(at: moment)
            let how = code.map { "with \($0)" } ?? "without a word"
            if caller.leftAt == nil {
                caller.report.fail("the server hung up \(how) before the call was over")
            } else if code != 1000 {
                caller.complain(Violation("the server closed \(how) after end, and not with 1000"))
            }
        }
    }

    private mutating func step(_ moment: Moment, _ body: (inout Caller) -> Void) -> [Effect] {
        now = max(now, moment)
        effects = []
        body(&self)
        return effects
    }

    // MARK: What the server says

    private mutating func take(_ message: ServerMessage) {
        switch message {
        case .connected(let session):
            guard speakingSince == nil else { return }
            speakingSince = now
            effects.append(.speak)
            tell("connected", "session \(session.text.sanitised(limit: 80))")
        case .transcript(let text, let isFinal): take(transcript: text, isFinal: isFinal)
        case .thinking:
            thoughtAt = now
            hasOpenWords = false
            hasReplied = false
            tell("thinking")
        case .audioStart(let sampleRate):
            isAnswer = !checker.hasError
            awaitsSound = true
            audio.begin(sampleRate: sampleRate)
        case .speaking: break  // Told with the first audio, which is what can be heard.
        case .audioEnd: hasReplied = true
        case .audioInterrupted: interrupted()
        case .response(let text):
            hasReplied = true
            tell("agent", text.sanitised())
        case .error(let text):
            report.errors.append(text.sanitised())
            tell("error", text.sanitised())
        }
    }

    private mutating func take(transcript text: String, isFinal: Bool) {
        hasOpenWords = true
        if isFinal {
            tell("you", text.sanitised())
            if let lastWord, now >= lastWord, report.firstAudio == nil { report.finalTranscript = now - lastWord }
        } else {
            tell("you …", text.sanitised())
        }
        // All of it was sent, so no `audio_interrupted` can come any more: stopping it is the client's own business.
        if hasReplied, let end = audio.audibleUntil, now < end {
            audio.cut(at: now)
            tell("interrupted", "by the caller's words, after all of the reply had come")
        }
    }

    private mutating func hear(_ samples: [Int16]) {
        guard audio.sampleCount + samples.count <= HeardAudio.limit else {
            report.fail("the server sent more than ten minutes of audio")
            return leave()
        }
        audio.append(samples, at: now)
        guard awaitsSound else { return }
        awaitsSound = false
        if isAnswer { report.answers += 1 }
        guard let lastWord, now >= lastWord, (thoughtAt ?? .zero) >= lastWord else { return tell("speaking") }
        if report.firstAudio == nil, isAnswer { report.firstAudio = now - lastWord }
        tell("speaking", "first audio \((now - lastWord).inSeconds) after the last word")
    }

    private mutating func interrupted() {
        let lost = audio.cut(at: now)
        hasReplied = true
        var text = "\(lost.inSeconds) of audio thrown away"
        if let interruptedAt, now >= interruptedAt { text += ", \((now - interruptedAt).inSeconds) after interrupt" }
        tell("interrupted", text)
    }

    // MARK: The end

    /// When the caller's last word was over.
    private var lastWord: Moment? { speakingSince.map { $0 + plan.endOfSpeech } }

    private mutating func leaveIfDone() {
        if let leftAt {
            guard now >= leftAt + Self.closePatience, !isOver else { return }
            isOver = true
            return complain(Violation("the server did not close the connection after end"))
        }
        let quietSince = max(lastSign, audio.audibleUntil ?? .zero)
        if let lastWord, let speakingSince, let thoughtAt, thoughtAt >= lastWord, hasReplied, !hasOpenWords,
            checker.phase == .listening, now >= speakingSince + plan.recording, now >= quietSince + Self.grace
        {
            return leave()
        }
        let waitingSince = max(quietSince, (speakingSince ?? .zero) + plan.recording)
        if now >= waitingSince + plan.patience { runOutOfPatience() }
    }

    private mutating func runOutOfPatience() {
        let patience = plan.patience.inSeconds
        if checker.phase == .unconnected {
            report.fail("the server did not say connected within \(patience)")
        } else if checker.isInReply || checker.phase == .ended {
            complain(Violation("a reply began and nothing of its end came within \(patience)"))
        } else if hasOpenWords || checker.phase == .thinking || report.answers == 0 {
            report.fail("there was no answer within \(patience)")
        }
        leave()
    }

    private mutating func leave() {
        guard leftAt == nil else { return }
        leftAt = now
        audio.cut(at: now)
        effects.append(.send(.end))
    }

    // MARK: Out

    private mutating func complain(_ violation: Violation) {
        tell("violation", violation.sentence)
        report.violations.append(violation.sentence)
    }

    private mutating func tell(_ label: String, _ text: String = "") {
        effects.append(.print(CallLine(at: now, label: label, text: text)))
    }
}

// The cases of the conformance check, as a list a plugin's author can read.
internal import CVoicePlugin
internal import Conversation

/// One thing that every plugin does or survives.
struct ConformanceCase: Sendable {
    let name: String
    let run: @Sendable (ConformanceBench) async throws(Violation) -> Void

    private init(_ name: String, _ run: @escaping @Sendable (ConformanceBench) async throws(Violation) -> Void) {
        self.name = name
        self.run = run
    }

    static let ordinaryText = "Tell me something short, please."

    /// The first one has to pass for the others to be tried; the last two look back at all of them.
    static let all: [ConformanceCase] = [
        .init("it can be created with these settings") { bench async throws(Violation) in
            try await bench.subject().end()
        },
        .init("an unknown setting is refused with a sentence", refusesUnknownSetting),
        .init("a request ends with exactly one last word", endsOnce),
        .init("an ordinary request is answered with more than its end", answers),
        .init("a cancelled request falls silent", fallsSilent),
        .init("cancelling an unknown request does nothing") { bench async throws(Violation) in
            let subject = try await bench.subject()
            subject.instance.deliver(.cancel(999))
            try await ordinaryRequest(subject, 1)
        },
        .init("two requests at once both end", interleaves),
        .init("an empty text is no trouble") { bench async throws(Violation) in
            try await ordinaryRequest(bench.subject(), 1, text: "")
        },
        .init("a very long text is begun soon and can be cancelled", survivesLongText),
        .init("an event it does not know is ignored", ignoresUnknownEvent),
        .init("truncated and garbled messages are no trouble", survivesGarbage),
        .init("it can be destroyed in the middle of a request") { bench async throws(Violation) in
            // At once, and when the plugin is surely in the middle of it.
            for pause in [0.0, 5, 20, 50] {
                let subject = try await bench.subject()
                subject.start(1)
                await subject.wait(.ms(pause))
                try await subject.end()
            }
        },
        .init("it can be created and destroyed fifty times") { bench async throws(Violation) in
            for _ in 1...50 { try await bench.subject().end() }
        },
        .init("it never acted after destroy had returned") { bench throws(Violation) in
            let late = bench.counters.map(\.afterDestroy).reduce(0, +)
            if late > 0 { throw Violation("it did so \(late) times") }
        },
        .init("it does not block unless it says that it may") { bench throws(Violation) in
            // Of the instances that were called at all the middle one: a busy machine may hold up a few.
            let longest = bench.counters.map(\.longestCall).filter { $0 > 0 }.sorted()
            guard !bench.provider.mayBlock, !longest.isEmpty else { return }
            let typical = longest[longest.count / 2]
            // A millisecond is the contract; the rest is for a slow machine.
            if typical > 50_000 { throw Violation("they took \(typical / 1000) ms; set VOICE_PLUGIN_MAY_BLOCK") }
        },
    ]

    /// Everything the host says in one request: of a second of speech, or of one text.
    static func request(_ slot: Slot, _ text: String) -> [ProviderEvent] {
        switch slot {
        case .stt:
            [.listen(sampleRate: 16_000), .speechStarted(milliseconds: 0)]
                // An empty text is an utterance without audio, a long one goes on for longer.
                + (0..<min(text.utf8.count, 250)).map { .audio(noise(320, seed: $0)) }
                + [.speechEnded(milliseconds: 20 * min(text.utf8.count, 250))]
        case .llm: [.generate(turn: 1, messages: [ChatMessage(.system, "Be brief."), ChatMessage(.user, text)])]
        case .tts: [.speak(text)]
        case .memory: [.remember(HeardMessage(turn: 1, role: .user, text: text)), .recall(turn: 2)]
        }
    }

    /// Samples that are no word, the same every time.
    private static func noise(_ count: Int, seed: Int) -> [Int16] {
        var state = UInt32(truncatingIfNeeded: seed) &* 2_654_435_761 | 1
        return (0..<count).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return Int16(truncatingIfNeeded: Int32(bitPattern: state) >> 20)
        }
    }
}

private func ordinaryRequest(
    _ subject: Subject, _ id: RequestID, text: String = ConformanceCase.ordinaryText
) async throws(Violation) {
    subject.start(id, text: text)
    try await subject.finish(id)
}

private func refusesUnknownSetting(_ bench: ConformanceBench) async throws(Violation) {
    guard let failure = await bench.refusal(adding: "no_such_setting") else {
        throw Violation("it took the setting \"no_such_setting\": a misspelt one would go unnoticed")
    }
    guard failure.kind == .invalid else {
        throw Violation("it refused with the class \(failure.kind), not invalid: \(failure.message)")
    }
    guard failure.message.contains("no_such_setting") else {
        throw Violation("its reason does not name the setting: \(failure.message)")
    }
}

private func endsOnce(_ bench: ConformanceBench) async throws(Violation) {
    let subject = try await bench.subject()
    try await ordinaryRequest(subject, 1)
    try await subject.rest()
    try await subject.end()
    let endings = subject.recorder.endings(1)
    guard endings == 1 else { throw Violation("it ended the request \(endings) times") }
    // Behind a stream that was cancelled there may be a result that was on its way.
    let late = subject.instance.counters.stale
    if late > 0, subject.slot != .stt { throw Violation("it acted \(late) times on a request it had ended") }
}

private func answers(_ bench: ConformanceBench) async throws(Violation) {
    let subject = try await bench.subject()
    try await ordinaryRequest(subject, 1)
    try await subject.end()
    // Noise has no words: an empty final is all there is to say of it.
    guard subject.slot != .stt, !subject.recorder.hasAnswered(1) else { return }
    throw Violation("it ended without a single \(subject.slot.answer)")
}

private func fallsSilent(_ bench: ConformanceBench) async throws(Violation) {
    for hasBegun in [false, true] {
        let subject = try await bench.subject()
        subject.start(1)
        if hasBegun { try await subject.begin(1) }
        subject.instance.cancel(1)
        let before = subject.recorder.count(1)
        // Up to the end of the call that takes the cancel a plugin may not have noticed.
        try await subject.rest()
        let stale = subject.instance.counters.stale
        try await ordinaryRequest(subject, 2)
        try await subject.rest()
        let late = subject.instance.counters.stale - stale
        // One on its way on another thread is told to stop. Behind a stream there may be a result on its way.
        if late > 1, subject.slot != .stt { throw Violation("it acted \(late) times on a request after its cancel") }
        if subject.recorder.count(1) != before { throw Violation("a message of the cancelled request came through") }
        try await subject.end()
    }
}

private func interleaves(_ bench: ConformanceBench) async throws(Violation) {
    let first = try await bench.subject()
    // There is one stream at a time to an instance of speech recognition.
    let second = first.slot == .stt ? try await bench.subject() : first
    first.start(1)
    second.start(2)
    try await first.finish(1)
    try await second.finish(2)
    try await first.end()
    try await second.end()
}

private func survivesLongText(_ bench: ConformanceBench) async throws(Violation) {
    let subject = try await bench.subject()
    let text = String(repeating: "This sentence is one of very many, and it does not say much. ", count: 64)
    subject.start(1, text: text)
    try await subject.begin(1)
    subject.instance.cancel(1)
    try await subject.rest()
    try await ordinaryRequest(subject, 2)
    try await subject.end()
}

private func ignoresUnknownEvent(_ bench: ConformanceBench) async throws(Violation) {
    let subject = try await bench.subject()
    for event: UInt32 in [0, 0x7777, .max] {
        let id = RequestID(event) + 100
        subject.instance.deliver(PluginCall(event: event, id: id, payload: .bytes([1, 2, 3])), opening: true)
    }
    try await subject.rest()
    for event: UInt32 in [0, 0x7777, .max] where subject.recorder.count(RequestID(event) + 100) > 0 {
        throw Violation("it answered the event \(event)")
    }
    try await ordinaryRequest(subject, 1)
    try await subject.end()
}

private func survivesGarbage(_ bench: ConformanceBench) async throws(Violation) {
    let subject = try await bench.subject()
    var id: RequestID = 1000
    for event in ConformanceCase.request(subject.slot, "a text").prefix(4) + garbledOnly(subject.slot) {
        for bytes in garbled(PluginCall(event, id: 0)) {
            id += 1
            var call = PluginCall(event, id: id)
            call.payload = .bytes(bytes)
            subject.instance.deliver(call, opening: true)
            // A cancel would take back what has not reached the plugin yet.
            try await subject.rest()
            subject.instance.cancel(id)
        }
    }
    try await ordinaryRequest(subject, 1)
    try await subject.end()
}

/// Events that no request holds, or not among its first.
private func garbledOnly(_ slot: Slot) -> [ProviderEvent] {
    switch slot {
    case .stt: [.speechEnded(milliseconds: 7)]
    case .memory: [.forget]
    case .llm, .tts: []
    }
}

/// A call's bytes cut at every offset, and others that make no sense.
private func garbled(_ call: PluginCall) -> [[UInt8]] {
    let strange = ["", "{", "{}", "[]", "null", "{\"text\":7,\"turn\":\"x\",\"messages\":{},\"at_ms\":-1e300}"]
    var all = strange.map { Array($0.utf8) }
    all.append([UInt8](repeating: 0xFF, count: 33))
    if case .bytes(let bytes) = call.payload { all += bytes.indices.map { Array(bytes[..<$0]) } }
    return all
}

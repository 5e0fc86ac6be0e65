// The `script` setting: delays and failures on purpose, so that retries, failover, fillers and deadlines can be
// rehearsed without a vendor. It changes how an answer is delivered; what is answered stays with the rules.
internal import JSON
internal import PluginSDK

/// A list of steps, e.g.
///
///     "script": [{"fail": "vendor", "fail_after_tokens": 5},
///                {"match": "weather", "first_token_ms": 3000, "times": 0}]
///
/// A request takes the first step of the list that fits it and has not been used up, and without one it is answered
/// plainly. A session reads its script from the start; a retried request is a new one and takes the next step.
///
/// | member | meaning |
/// | --- | --- |
/// | `match` | the step fits only requests in which the caller's last message holds this word or these words |
/// | `times` | how many requests it serves: 1 by default, 0 for all of them |
/// | `first_token_ms` | in place of the setting (0 to 600000) |
/// | `tokens_per_second` | in place of the setting (0.1 to 1000) |
/// | `say` | this exact text is the answer; "" answers nothing |
/// | `fail` | the request fails with this class: "vendor", "throttled", ... |
/// | `fail_after_tokens` | after so many tokens, or all if there are fewer; 0 by default |
/// | `retry_after_ms` | the wait the failure asks for |
/// | `stall_after_tokens` | after so many tokens nothing comes any more, not even an end |
struct Script: Sendable {
    private var steps: [(step: ScriptStep, left: Int)] = []

    /// Reads the setting. Throws a `Failure` that names the step and what is wrong with it.
    init(_ value: JSON?) throws(Failure) {
        guard let value, value != .null else { return }
        guard let list = value.array else {
            throw Failure(.invalid, "the setting \"script\" has to be a list of steps, not \(value.kind)")
        }
        for (index, item) in list.enumerated() {
            do throws(Failure) {
                let (step, times) = try ScriptStep.read(item)
                steps.append((step, times == 0 ? Int.max : times))
            } catch {
                throw Failure(error.kind, "step \(index + 1) of the setting \"script\": \(error.message)")
            }
        }
    }

    /// The step for a request in which the caller said `words`, used up by one.
    mutating func take(for words: [String]) -> ScriptStep? {
        guard let index = steps.firstIndex(where: { $0.left > 0 && $0.step.fits(words) }) else { return nil }
        if steps[index].left != Int.max { steps[index].left -= 1 }
        return steps[index].step
    }
}

/// One step of a script.
struct ScriptStep: Sendable {
    private var match: [String] = []
    private var firstToken: Int?
    private var tokensPerSecond: Double?
    private var failure: Failure?
    private var failAfter = 0
    private var stallAfter: Int?
    /// What is answered in place of the rules' answer.
    private(set) var say: String?

    fileprivate static func read(_ item: JSON) throws(Failure) -> (step: ScriptStep, times: Int) {
        guard let object = item.object else { throw Failure(.invalid, "it has to be an object, not \(item.kind)") }
        var members = Settings(object)
        var step = ScriptStep()
        step.match = Utterance(try members.string("match", default: "")).texts
        let times = try members.int("times", default: 1, in: 0...1_000_000)
        if object["first_token_ms"] != nil {
            step.firstToken = try members.int("first_token_ms", default: 0, in: Rehearsal.firstTokenRange)
        }
        if object["tokens_per_second"] != nil {
            step.tokensPerSecond = try members.number("tokens_per_second", default: 1, in: Rehearsal.tokenRateRange)
        }
        step.say = try members.optionalString("say")
        if object["stall_after_tokens"] != nil {
            step.stallAfter = try members.int("stall_after_tokens", default: 0, in: 0...1_000_000)
        }
        try step.readFailure(&members, object)
        try members.refuseUnknown()
        return (step, times)
    }

    private mutating func readFailure(_ members: inout Settings, _ object: JSON.Object) throws(Failure) {
        let classes = Failure.Class.allCases.map(\.rawValue)
        failAfter = try members.int("fail_after_tokens", default: 0, in: 0...1_000_000)
        let wait = try members.int("retry_after_ms", default: 0, in: 0...3_600_000)
        guard object["fail"] != nil else {
            _ = members.value("fail")
            for name in ["fail_after_tokens", "retry_after_ms"] where object[name] != nil {
                throw Failure(.invalid, "\"\(name)\" needs \"fail\", one of \(classes.joined(separator: ", "))")
            }
            return
        }
        let name = try members.string("fail", default: "", oneOf: classes)
        guard stallAfter == nil else {
            throw Failure(.invalid, "it cannot both fail and stall; leave out \"fail\" or \"stall_after_tokens\"")
        }
        failure = Failure(
            Failure.Class(rawValue: name) ?? .vendor, "the rehearsal script fails this request on purpose (\(name))",
            retryAfter: object["retry_after_ms"] == nil ? nil : wait)
    }

    fileprivate func fits(_ words: [String]) -> Bool {
        guard !match.isEmpty else { return true }
        return words.indices.contains { words[$0...].starts(with: match) }
    }

    /// The way the answer goes out under this step.
    func delivery(of text: String, pace: Pace) -> Delivery {
        let pace = Pace(
            firstToken: firstToken ?? pace.firstToken, tokensPerSecond: tokensPerSecond ?? pace.tokensPerSecond)
        if let stallAfter { return Delivery(text, pace: pace, ending: .silence, limit: stallAfter) }
        if let failure { return Delivery(text, pace: pace, ending: .failed(failure), limit: failAfter) }
        return Delivery(text, pace: pace, ending: .done, limit: nil)
    }
}

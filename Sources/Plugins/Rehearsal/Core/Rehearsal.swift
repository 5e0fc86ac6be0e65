// The rehearsal model: a language model without a vendor. It answers by rules and streams like a real one, so that
// everything behind it works the same. What it says is the conversationalist's; here it is only paced.
package import PluginSDK

/// A keyless conversationalist.
///
/// Settings: `first_token_ms` (120) and `tokens_per_second` (40) are its pace, `seed` makes its choices repeatable,
/// `script` makes it slow or fail on purpose (see `Script`).
package struct Rehearsal: LanguageModel {
    static let firstTokenRange = 0...600_000
    static let tokenRateRange = 0.1...1000.0

    private let outbox: Outbox
    private let conversationalist: Conversationalist
    private let pace: Pace
    private let seed: UInt64
    private var script: Script
    private var running: [RequestID: Delivery] = [:]

    package init(_ configuration: Configuration, outbox: Outbox) throws(Failure) {
        try self.init(configuration, outbox: outbox, clock: LocalTime.now)
    }

    /// With a clock of one's own, for tests.
    package init(_ configuration: Configuration, outbox: Outbox, clock: @escaping Clock) throws(Failure) {
        var settings = configuration.settings
        pace = Pace(
            firstToken: try settings.int("first_token_ms", default: 120, in: Self.firstTokenRange),
            tokensPerSecond: try settings.number("tokens_per_second", default: 40, in: Self.tokenRateRange))
        let dice = Int(truncatingIfNeeded: UInt64.random(in: 0...UInt64(Int.max)))
        seed = UInt64(try settings.int("seed", default: dice, in: 0...Int.max))
        script = try Script(settings.value("script"))
        try settings.refuseUnknown()
        conversationalist = Conversationalist(clock: clock)
        self.outbox = outbox
    }

    package mutating func generate(_ request: ChatRequest, id: RequestID) {
        let heard = request.messages.last { $0.role == .user }?.content ?? ""
        let step = script.take(for: Utterance(heard).texts)
        let dice = SplitMix64(seed: seed, turn: request.turn, text: heard)
        let text = step?.say ?? conversationalist.answer(to: request.messages, dice: dice).text
        let delivery =
            step?.delivery(of: text, pace: pace) ?? Delivery(text, pace: pace, ending: .done, limit: nil)
        running[id] = delivery
        perform(delivery.begin(), id)
    }

    package mutating func timerFired(_ id: RequestID) {
        guard let step = running[id]?.advance() else { return }
        perform(step, id)
    }

    package mutating func cancel(_ id: RequestID) { running[id] = nil }

    private mutating func perform(_ step: Delivery.Step, _ id: RequestID) {
        if step.isLast { running[id] = nil }
        for action in step.actions where !outbox.send(action, id) {
            running[id] = nil
            return
        }
    }
}

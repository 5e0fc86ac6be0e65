// Which requests of an instance are alive: the one place where what comes late or wrong from a plugin is stopped.
internal import CVoicePlugin
internal import Conversation
internal import Support

struct RequestTable: Sendable {
    /// An instance's life, as its plugin may act in it.
    enum Phase: Sendable {
        /// Inside `create`, with the reason it gave for refusing.
        case creating(Failure?)
        case open
        /// Not wanted any more; `destroy` may not have run yet.
        case closed
        /// `destroy` has returned.
        case gone
    }

    /// What follows from an action.
    struct Outcome {
        /// VOICE_ACT_*
        var result: Int32
        /// For the sink, in order.
        var messages: [ProviderMessage] = []
        /// The id they go out on.
        var id: RequestID = 0
        /// The timer of a request that has ended.
        var timer: TimerToken?

        static let stop = Outcome(result: VOICE_ACT_STOP)
        static let invalid = Outcome(result: VOICE_ACT_INVALID)
    }

    private struct Request {
        var text = TextAssembler()
        var hasFormat = false
        var timer: (serial: Int, token: TimerToken)?
    }

    private(set) var phase = Phase.creating(nil)
    private(set) var counters = ProviderCounters()
    private var live: [RequestID: Request] = [:]
    private var lastTimer = 0

    // MARK: What the host does

    mutating func open() { phase = .open }

    /// False where the id is alive already, or cannot be one.
    mutating func begin(_ id: RequestID) -> Bool {
        guard case .open = phase, id != 0, live[id] == nil else { return false }
        live[id] = Request()
        return true
    }

    func isLive(_ id: RequestID) -> Bool { live[id] != nil }

    /// Nobody waits for the id any more. False where that was so before.
    mutating func end(_ id: RequestID) -> (wasLive: Bool, timer: TimerToken?) {
        guard let request = live.removeValue(forKey: id) else { return (false, nil) }
        return (true, request.timer?.token)
    }

    /// Nobody waits for anything any more. Returns the timers that are set.
    mutating func close() -> [TimerToken] {
        guard case .open = phase else { return [] }
        phase = .closed
        defer { live = [:] }
        return live.values.compactMap { $0.timer?.token }
    }

    mutating func destroyed() { phase = .gone }

    /// Whether the timer of that serial number is the one set on `id`; it then counts as run out.
    mutating func takeTimer(_ id: RequestID, serial: Int) -> Bool {
        guard live[id]?.timer?.serial == serial else { return false }
        live[id]?.timer = nil
        return true
    }

    // MARK: What the plugin does

    mutating func countUnknown() { counters.unknown += 1 }
    mutating func countInvalid() { counters.invalid += 1 }

    /// Whether an action on `id` can still reach anybody; counts it where not.
    mutating func admits(_ id: RequestID, _ kind: PluginAction.Kind) -> Bool {
        switch phase {
        case .creating, .open:
            if id == 0 || kind == .log || live[id] != nil { return true }
        case .gone: counters.afterDestroy += 1
        case .closed: break
        }
        if kind != .isWanted, kind != .log { counters.stale += 1 }
        return false
    }

    /// Takes an action that was admitted; a request may have ended in between, so it is checked again.
    mutating func take(_ action: PluginAction, on id: RequestID) -> Outcome {
        switch phase {
        case .closed, .gone:
            countStale(action)
            return .stop
        case .creating, .open: break
        }
        if case .message(.log(let level, let text)) = action {
            let message = ProviderMessage.log(level: level, text)
            return Outcome(result: VOICE_ACT_OK, messages: [message], id: live[id] == nil ? 0 : id)
        }
        if id == 0 { return takeOnInstance(action) }
        guard live[id] != nil else {
            countStale(action)
            return .stop
        }
        let outcome = takeOnRequest(action, id)
        if outcome.result == VOICE_ACT_INVALID { counters.invalid += 1 }
        return outcome
    }

    private mutating func countStale(_ action: PluginAction) {
        switch action {
        case .isWanted, .message(.log): break
        default: counters.stale += 1
        }
    }

    private mutating func takeOnInstance(_ action: PluginAction) -> Outcome {
        switch (action, phase) {
        case (.isWanted, _): return Outcome(result: VOICE_ACT_OK)
        case (.message(.failed(let failure)), .creating):
            phase = .creating(failure)
            return Outcome(result: VOICE_ACT_OK)
        case (.message(.failed(let failure)), _): return Outcome(result: VOICE_ACT_OK, messages: [.failed(failure)])
        default:
            counters.invalid += 1
            return .invalid
        }
    }

    private mutating func takeOnRequest(_ action: PluginAction, _ id: RequestID) -> Outcome {
        switch action {
        case .isWanted, .setTimer: return Outcome(result: VOICE_ACT_OK)
        case .text(let bytes):
            let text = live[id]?.text.append(bytes) ?? ""
            return Outcome(result: VOICE_ACT_OK, messages: text.isEmpty ? [] : [.token(text)], id: id)
        case .message(.format(let rate)):
            live[id]?.hasFormat = true
            return Outcome(result: VOICE_ACT_OK, messages: [.format(sampleRate: rate)], id: id)
        case .message(.pcm(let samples)):
            guard live[id]?.hasFormat == true else { return .invalid }
            return Outcome(result: VOICE_ACT_OK, messages: samples.isEmpty ? [] : [.pcm(samples)], id: id)
        case .message(let message):
            var outcome = Outcome(result: VOICE_ACT_OK, messages: [message], id: id)
            switch message {
            case .done, .failed:
                let rest = live[id]?.text.finish() ?? ""
                if !rest.isEmpty { outcome.messages.insert(.token(rest), at: 0) }
                outcome.timer = end(id).timer
            default: break
            }
            return outcome
        }
    }

    /// Makes the timer that `arm` sets, given its serial number, the one of `id`. Returns the one before.
    mutating func setTimer(_ id: RequestID, arm: (Int) -> TimerToken) -> TimerToken? {
        lastTimer += 1
        let before = live[id]?.timer?.token
        live[id]?.timer = (lastTimer, arm(lastTimer))
        return before
    }
}

// The way from a plugin to the host: `act`. Any thread may come through it at any time, inside a call or outside of
// one.
internal import CVoicePlugin
internal import Conversation
internal import Support

/// What the context pointer of `voice_plugin_host` points to.
final class ActDoor: Sendable {
    let requests: Locked<RequestTable>
    private let lane: CallLane
    private let slot: Slot
    private let secrets: [Secret]
    private let timers: Timers
    private let sink: ProviderSink

    init(_ lane: CallLane, provider: Provider, sink: @escaping ProviderSink) {
        self.lane = lane
        requests = lane.requests
        slot = provider.slot
        secrets = provider.secrets.map(\.value)
        timers = provider.timers
        self.sink = sink
    }

    /// `voice_plugin_host.act`. The bytes are copied before it returns. Needs no lock that is held during a call into
    /// the plugin, so a plugin may act inside of one.
    func act(_ number: UInt32, _ id: RequestID, _ bytes: UnsafeRawBufferPointer) -> Int32 {
        guard let kind = PluginAction.Kind(number) else {
            requests.withLock { $0.countUnknown() }
            return VOICE_ACT_UNKNOWN
        }
        // Before anything is read or copied: a plugin may go on for a while about what nobody waits for.
        guard requests.withLock({ $0.admits(id, kind) }) else { return VOICE_ACT_STOP }
        guard kind.fits(slot), let action = unsafe PluginAction(kind, bytes) else {
            return refuse()
        }
        return take(redacted(action), id)
    }

    /// What does not fit is counted and reaches nobody.
    func refuse() -> Int32 {
        requests.withLock { $0.countInvalid() }
        return VOICE_ACT_INVALID
    }

    /// The sink is called under the lock, so that after a `cancel` or `destroy` has returned it is not called any more.
    private func take(_ action: PluginAction, _ id: RequestID) -> Int32 {
        requests.withLock { table in
            let outcome = table.take(action, on: id)
            if let timer = outcome.timer { timers.cancel(timer) }
            if case .setTimer(let milliseconds) = action, outcome.result == VOICE_ACT_OK {
                let before = table.setTimer(id) { arm(id, serial: $0, after: milliseconds) }
                if let before { timers.cancel(before) }
            }
            for message in outcome.messages { sink(outcome.id, message) }
            return outcome.result
        }
    }

    private func arm(_ id: RequestID, serial: Int, after milliseconds: Double) -> TimerToken {
        timers.schedule(after: Int64(milliseconds * 1_000_000)) { [weak lane] in
            lane?.add(.timer(id, serial: serial))
        }
    }

    /// A vendor's error may quote the key it was sent.
    private func redacted(_ action: PluginAction) -> PluginAction {
        guard !secrets.isEmpty, case .message(let message) = action else { return action }
        func clean(_ text: String) -> String { secrets.reduce(text) { $1.redact($0) } }
        switch message {
        case .log(let level, let text): return .message(.log(level: level, clean(text)))
        case .failed(var failure):
            failure.message = clean(failure.message)
            return .message(.failed(failure))
        default: return action
        }
    }
}

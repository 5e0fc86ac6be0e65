// One session's view of a provider: a plugin's instance with its requests.
internal import CVoicePlugin
package import Conversation
internal import Support

/// A running provider. Every method may be called from any thread, and none of them waits for the plugin.
package final class ProviderInstance: Sendable {
    /// The entry it was made for.
    package let provider: Provider
    /// Whose it is; nil for one that only tries the provider.
    package let session: SessionID?

    private let lane: CallLane
    private let door: ActDoor
    private let sink: ProviderSink
    /// A plugin may break its promise not to act after `destroy`; for so long it finds a door and not freed memory.
    private static let quarantine: Int64 = 5_000_000_000

    init(_ provider: Provider, session: SessionID?, lane: CallLane, door: ActDoor, sink: @escaping ProviderSink) {
        self.provider = provider
        self.session = session
        self.lane = lane
        self.door = door
        self.sink = sink
    }

    deinit { destroy() }

    /// Tells the plugin. An event that starts a request makes `id` live; any other on an id that is not live is
    /// dropped. Where too much waits for the plugin already, a new request fails at once.
    package func send(_ event: ProviderEvent, id: RequestID) {
        if case .listen(let rate) = event { lane.bound(samples: 30 * min(max(rate, 1), 192_000)) }
        if event.startsRequest {
            guard door.requests.withLock({ $0.begin(id) }) else { return }
        }
        let isTaken = deliver(PluginCall(event, id: id))
        if !isTaken, event.startsRequest { refuse(id) }
    }

    /// Nobody waits for `id` any more. When this returns its sink is not called again; what waits is dropped, what the
    /// plugin is just doing for it is told to stop, and EVENT_CANCEL follows. Ids that have ended are ignored.
    package func cancel(_ id: RequestID) {
        let (wasLive, timer) = door.requests.withLock { $0.end(id) }
        if let timer { provider.timers.cancel(timer) }
        if wasLive { lane.cancel(id) }
    }

    /// Ends it, whatever is under way, and calls `afterwards` when the plugin's `destroy` has returned. When this
    /// itself returns the sink is not called again. May be called again.
    package func destroy(_ afterwards: @escaping @Sendable () -> Void = {}) {
        let pending = door.requests.withLock { $0.close() }
        let timers = provider.timers
        for timer in pending { timers.cancel(timer) }
        // Captures the door: the plugin has a pointer to it until `destroy` has returned.
        lane.close { [door] in
            // And the timers: who else had them may be gone by then.
            timers.schedule(after: Self.quarantine) { withExtendedLifetime((door, timers)) {} }
            afterwards()
        }
    }

    /// What went wrong so far.
    package var counters: ProviderCounters {
        var counters = door.requests.withLock { $0.counters }
        lane.count(into: &counters)
        return counters
    }

    /// Any call, for the conformance check: also one that makes no sense. `opening` makes its id live first.
    @discardableResult
    func deliver(_ call: PluginCall, opening: Bool = false) -> Bool {
        if opening { _ = door.requests.withLock { $0.begin(call.id) } }
        return lane.add(call)
    }

    /// Calls `action` as soon as the plugin has returned from everything it was told.
    func whenAtRest(_ action: @escaping @Sendable () -> Void) { lane.whenAtRest(action) }

    private func refuse(_ id: RequestID) {
        let failure = Failure(.throttled, "\(provider.name) is too far behind to take another request")
        door.requests.withLock { table in
            if table.end(id).wasLive { sink(id, .failed(failure)) }
        }
    }
}

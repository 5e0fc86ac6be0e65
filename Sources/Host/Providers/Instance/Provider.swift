// One configured entry of the manifest with its library loaded: what instances are made from.
package import Conversation
internal import JSON
internal import Support

/// A provider that can serve. A value: it can be kept by a running turn while the registry moves on.
package struct Provider: Sendable {
    /// The entry's name in the manifest.
    package let name: String
    package let slot: Slot
    /// The library's name for itself, and its version.
    package var library: String { plugin.name }
    package var version: String { plugin.version }
    /// stt: wants audio only where the host hears speech.
    package var cutsSpeech: Bool { plugin.cutsSpeech }
    /// Its plugin is called on threads of its own.
    package var mayBlock: Bool { plugin.mayBlock }

    let plugin: PluginLibrary
    let settings: JSON.Object
    let secrets: [String: Secret]
    let timers: Timers
    /// A model is read from disk within this, or the provider is of no use.
    var startLimit = TimeSpan.seconds(20)

    /// Makes an instance, on the library's threads if it may block. Throws what the plugin gives as its reason.
    package func makeInstance(
        session: SessionID?, sink: @escaping ProviderSink
    ) async throws(Failure) -> ProviderInstance {
        try await makeInstance(session: session, on: mayBlock ? plugin.workers : nil, sink: sink)
    }

    /// The same with every call on `workers`, or on the callers' threads.
    func makeInstance(
        session: SessionID? = nil, on workers: WorkerPool?, sink: @escaping ProviderSink
    ) async throws(Failure) -> ProviderInstance {
        guard let workers else { return try create(session, on: nil, sink).get() }
        let first = FirstAnswer<Result<ProviderInstance, Failure>>()
        let limit = timers.schedule(after: startLimit.nanoseconds) {
            first.give(.failure(Failure(.late, "\(name) was not ready within \(startLimit.seconds) s")))
        }
        workers.submit {
            let result = create(session, on: workers, sink)
            timers.cancel(limit)
            // Too late: nobody else will end it.
            if !first.give(result) { try? result.get().destroy() }
        }
        return try await first.value.get()
    }

    private func create(
        _ session: SessionID?, on workers: WorkerPool?, _ sink: @escaping ProviderSink
    ) -> Result<ProviderInstance, Failure> {
        let lane = CallLane(workers: workers)
        let door = ActDoor(lane, provider: self, sink: sink)
        let handle = withExtendedLifetime(door) {
            unsafe plugin.code.create(settings: settingsText, door: Unmanaged.passUnretained(door))
        }
        if let handle { lane.open(handle) }
        let instance = ProviderInstance(self, session: session, lane: lane, door: door, sink: sink)
        let refusal = door.requests.withLock { table -> Failure? in
            defer { table.open() }
            return if case .creating(let failure) = table.phase { failure } else { nil }
        }
        if handle != nil, refusal == nil { return .success(instance) }
        instance.destroy()
        return .failure(refusal ?? Failure(.invalid, "\(library) refused its settings and gave no reason"))
    }

    /// The argument of `create`.
    private var settingsText: String {
        var revealed: JSON.Object = [:]
        for (name, secret) in secrets { revealed[name] = .string(secret.reveal()) }
        let text: JSON = [
            "slot": .string(slot.rawValue), "entry": .string(name), "settings": .object(settings),
            "secrets": .object(revealed),
        ]
        return text.text
    }
}

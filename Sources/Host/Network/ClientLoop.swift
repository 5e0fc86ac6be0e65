// The client's loop: opens sockets, and until they are open keeps account of the attempts.
internal import CWebSockets
internal import Support

/// The loop of a `WebSocketClient`.
@safe
final class ClientLoop: ServiceLoop, @unchecked Sendable {
    // @unchecked: as the base class.

    private var dials: [Int: Dial] = [:] { didSet { leave() } }

    init(_ configuration: ClientConfiguration, thread: OwnThread, pulse: Pulse) throws(DidNotStart) {
        let parts = Parts(
            settings: configuration.sockets, subprotocols: [], thread: thread, pulse: pulse,
            farewell: Connection.Closing(code: 1001, text: "", reason: .closedHere(code: 1001)))
        try super.init(parts)
    }

    override var isEmpty: Bool { webSockets.isEmpty && dials.isEmpty }
    override var count: Int { webSockets.count + dials.count }

    override func ticked(_ now: Int64) {
        for dial in Array(dials.values) { dial.tick(now) }
    }

    override func turned() {
        for dial in Array(dials.values) { dial.goOn() }
    }

    override func beginStopping() {
        for dial in Array(dials.values) { dial.end(with: .failure(.stopped)) }
    }

    /// Begins to open a WebSocket; `resolved` has to follow. Returns the id of the undertaking.
    func dial(_ request: Dial.Request, then continuation: Dial.Answer) -> Int {
        let dial = Dial(loop: self, id: nextID(), request: request, answer: continuation)
        dials[dial.id] = dial
        return dial.id
    }

    /// The host's addresses are known; empty: it has none.
    func resolved(_ id: Int, _ addresses: [String]) {
        dials[id]?.resolved(addresses)
    }

    func forget(_ dial: Dial) {
        dials[dial.id] = nil
    }
}

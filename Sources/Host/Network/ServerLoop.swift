// The server's loop: takes clients in, first as plain HTTP connections, and keeps their number within bounds.
internal import CWebSockets
internal import Glibc
internal import Support

/// The loop of a `WebSocketServer`.
@safe
final class ServerLoop: ServiceLoop, @unchecked Sendable {
    // @unchecked: as the base class.

    /// How long a socket may say nothing before it must give way to another when there are too many.
    private static let idlePatience: Int64 = 250_000_000

    let subprotocols: [String]
    let delegate: any ServerDelegate
    let port: Int
    var pages: [Int: HTTPConnection] = [:] { didSet { leave() } }

    private let maxConnections: Int
    /// Sockets beyond the limit that may still ask, to be told that the server is full.
    private let waitingRoom: Int
    private var listener: Listener?
    /// The object whose socket the library is taking over in this moment.
    private var adopting: Socket?

    /// Listens, and is ready to run.
    static func open(
        _ configuration: ServerConfiguration, delegate: any ServerDelegate, thread: OwnThread, pulse: Pulse
    ) throws(ServerError) -> ServerLoop {
        let listening = try Listening.open(host: configuration.host, port: configuration.port)
        let parts = Parts(
            settings: configuration.sockets, subprotocols: configuration.subprotocols, thread: thread, pulse: pulse,
            farewell: Connection.Closing(code: 1001, text: "the server is stopping", reason: .serverStopping))
        do throws(DidNotStart) {
            let loop = try ServerLoop(parts, configuration, delegate: delegate, port: listening.port)
            loop.listen(listening.descriptor)
            return loop
        } catch {
            close(listening.descriptor)
            throw ServerError(kind: .library, description: error.sentence)
        }
    }

    private init(
        _ parts: Parts, _ configuration: ServerConfiguration, delegate: any ServerDelegate, port: Int
    ) throws(DidNotStart) {
        subprotocols = configuration.subprotocols
        self.delegate = delegate
        self.port = port
        let files = ProcessLimits.lowerOpenFiles()
        // The rest is for the process itself and for sockets that are being closed.
        maxConnections = max(1, min(configuration.maxConnections, (files - 32) * 7 / 10))
        waitingRoom = min(64, files / 8)
        try super.init(parts)
    }

    override var isEmpty: Bool { webSockets.isEmpty && pages.isEmpty }
    override var count: Int { webSockets.count + pages.count }

    override func ticked(_ now: Int64) {
        for page in Array(pages.values) { page.tick(now) }
    }

    override func beginStopping() {
        for page in pages.values where page.isIdle { page.kill() }
    }

    /// Whether one more WebSocket may be.
    var hasRoom: Bool { !isStopping && webSockets.count < maxConnections }

    /// Whether one more socket may ask. When all are taken, the one that has said nothing for longest goes.
    func makesRoom() -> Bool {
        guard !isStopping else { return false }
        let count = count
        guard count >= maxConnections else { return true }
        let longAgo = MonotonicClock.nanoseconds() - Self.idlePatience
        if let idle = pages.values.filter({ $0.mayGo(since: longAgo) }).min(by: { $0.id < $1.id }) {
            pages[idle.id] = nil
            idle.kill()
            return true
        }
        return count < maxConnections + waitingRoom
    }

    // MARK: Sockets

    func openPage(_ descriptor: Int32, peer: String) {
        let page = HTTPConnection(loop: self, id: nextID(), descriptor: descriptor, peer: peer)
        pages[page.id] = page
        adopting = page
        unsafe LibraryContext.adoptRaw(descriptor, isSocket: true, vhost, memory)
        // Still there: the library was out of memory and has closed the descriptor.
        if adopting != nil { pages[page.id] = nil }
        adopting = nil
    }

    /// Has the library read `bytes` (a handshake and what followed it) and go on with the socket. Takes the descriptor.
    func openWebSocket(
        _ descriptor: Int32, reading bytes: [UInt8], subprotocol: String?, handler: any ConnectionHandler
    ) {
        let connection = Connection(id: nextID(), maxQueuedBytes: settings.maxQueuedBytes, calls: calls)
        connection.select(subprotocol)
        let peer = WebSocketPeer(loop: self, connection: connection, handler: handler)
        adopting = peer
        if descriptor >= 0 { unsafe LibraryContext.adoptWebSocket(descriptor, bytes, vhost) }
        if adopting != nil { peer.end(.byPeer(code: nil)) }
        adopting = nil
    }

    override func adopted(_ wsi: OpaquePointer) {
        if let socket = adopting { unsafe socket.bind(wsi) }
        adopting = nil
    }

    private func listen(_ descriptor: Int32) {
        let listener = Listener(loop: self, descriptor: descriptor)
        self.listener = listener
        adopting = listener
        unsafe LibraryContext.adoptRaw(descriptor, isSocket: false, vhost, memory)
        adopting = nil
    }
}

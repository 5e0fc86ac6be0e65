// libwebsockets' context and event loop on the server's thread: owns the sockets, turns, ticks and ends.
internal import CWebSockets
internal import Glibc
internal import Support
internal import Synchronization

/// One run of the server, from start to stop. All of it belongs to the server's thread, except `wake`.
@safe
final class ServiceLoop: ThreadLoop, @unchecked Sendable {
    // @unchecked: only the thread touches the fields (jobs of the actor and callbacks of the library, both run on it);
    // what others may touch (`alarm`, `calls`, `pulse`) guards itself.

    /// The configuration's times in nanoseconds.
    struct Limits {
        let ping, pong, handshake, slow, tick: Int64
    }

    private enum Phase {
        case running
        /// Until everybody has gone or the deadline has passed.
        case stopping(deadline: Int64)
        case over
    }

    /// How long `stop` lets clients read their last messages and answer the close.
    private static let stopPatience: Int64 = 1_000_000_000
    /// How long a socket may say nothing before it must give way to another when there are too many.
    private static let idlePatience: Int64 = 250_000_000

    let configuration: ServerConfiguration
    let limits: Limits
    let delegate: any ServerDelegate
    let port: Int
    var webSockets: [Int: WebSocketPeer] = [:] { didSet { leave() } }
    var pages: [Int: HTTPConnection] = [:] { didSet { leave() } }

    private let thread: OwnThread
    private let calls: WriteCalls
    private let pulse: Pulse
    private let memory: LibraryMemory
    private let log: LibraryLog?
    private let maxConnections: Int
    /// Sockets beyond the limit that may still ask, to be told that the server is full.
    private let waitingRoom: Int
    /// Wakes the context while it may be woken.
    private let alarm = Locked<Alarm?>(nil)
    private var vhost: OpaquePointer?
    private let usesLibUV: Bool
    private var listener: Listener?
    /// The object whose socket the library is taking over in this moment.
    private var adopting: Socket?
    private var phase = Phase.running
    private var stopped: [CheckedContinuation<Void, Never>] = []
    private var lastID = 0
    private var scratch: UnsafeMutableRawBufferPointer

    init(
        _ configuration: ServerConfiguration, delegate: any ServerDelegate, thread: OwnThread, pulse: Pulse
    ) throws(ServerError) {
        self.configuration = configuration
        self.delegate = delegate
        self.thread = thread
        self.pulse = pulse
        calls = WriteCalls(waking: thread)
        limits = Limits(configuration)
        let files = ProcessLimits.lowerOpenFiles()
        // The rest is for the process itself and for sockets that are being closed.
        maxConnections = max(1, min(configuration.maxConnections, (files - 32) * 7 / 10))
        waitingRoom = min(64, files / 8)
        log = configuration.log.map { LibraryLog($0) }
        memory = LibraryMemory(subprotocols: configuration.subprotocols)
        unsafe scratch = .allocate(byteCount: 16 * 1024, alignment: 16)
        let listening = try Listening.open(host: configuration.host, port: configuration.port)
        port = listening.port
        LibraryLog.install(log)
        let handlers = SignalHandlers()
        usesLibUV = LibraryContext.create(memory)
        handlers.restore()
        guard let context = unsafe memory.context.pointee,
            let vhost = unsafe LibraryContext.vhost(context, memory)
        else {
            close(listening.descriptor)
            if let context = unsafe memory.context.pointee { unsafe lws_context_destroy(context) }
            throw ServerError(kind: .library, description: "libwebsockets did not start: version 4.1.6 is needed")
        }
        unsafe self.vhost = unsafe vhost
        unsafe memory.loop.pointee = unsafe Unmanaged.passUnretained(self)
        let alarm = unsafe Alarm(context: context)
        self.alarm.withLock { $0 = alarm }
        listen(listening.descriptor)
    }

    deinit {
        unsafe scratch.deallocate()
    }

    static func of(_ wsi: OpaquePointer) -> ServiceLoop? {
        guard let context = unsafe lws_get_context(wsi) else { return nil }
        return unsafe LibraryContext.loop(of: context)
    }

    // MARK: Thread

    func run() {
        LibraryLog.install(log)
        // With libuv this returns once, after the context was destroyed from within; with poll after each turn.
        while !isOver, let context = unsafe memory.context.pointee {
            unsafe lws_service(context, 0)
        }
        let handlers = SignalHandlers()
        if let context = unsafe memory.context.pointee { unsafe lws_context_destroy(context) }
        handlers.restore()
        LibraryLog.install(nil)
        for continuation in stopped { continuation.resume() }
        stopped = []
    }

    func wake() {
        alarm.withLock { $0?.ring() }
    }

    /// The library was woken. It calls once for every protocol, so the later ones find nothing to do.
    func turn() {
        guard !isOver else { return }
        pulse.beat()
        thread.runJobs()
        for id in calls.take() { webSockets[id]?.callWhenWritable() }
        endIfEmpty()
    }

    func tick() {
        let now = MonotonicClock.nanoseconds()
        pulse.beat()
        for peer in Array(webSockets.values) { peer.tick(now) }
        for page in Array(pages.values) { page.tick(now) }
        if case .stopping(let deadline) = phase, now >= deadline { thread.wake() }
        if let wsi = unsafe listener?.wsi { unsafe lws_set_timer_usecs(wsi, limits.tick / 1000) }
    }

    // MARK: End

    var isStopping: Bool { if case .running = phase { false } else { true } }
    private var isOver: Bool { if case .over = phase { true } else { false } }

    /// Closes every connection with 1001, ends the loop, and then resumes.
    func stop(then continuation: CheckedContinuation<Void, Never>) {
        stopped.append(continuation)
        guard !isStopping else { return }
        phase = .stopping(deadline: MonotonicClock.nanoseconds() + Self.stopPatience)
        for peer in webSockets.values {
            let closing = Connection.Closing(code: 1001, text: "the server is stopping", reason: .serverStopping)
            peer.connection.close(closing)
        }
        for page in pages.values where page.isIdle { page.kill() }
        thread.wake()
    }

    private func leave() {
        pulse.count(webSockets.count + pages.count)
        if isStopping, webSockets.isEmpty, pages.isEmpty { thread.wake() }
    }

    private func endIfEmpty() {
        guard case .stopping(let deadline) = phase else { return }
        guard webSockets.isEmpty && pages.isEmpty || MonotonicClock.nanoseconds() >= deadline else { return }
        phase = .over
        // Under the lock that `wake` takes: nobody may wake a context that is being freed.
        alarm.withLock { $0 = nil }
        // libuv's loop returns only when its handles are closed, which must be begun in here; poll's is left by itself.
        if usesLibUV, let context = unsafe memory.context.pointee {
            let handlers = SignalHandlers()
            unsafe lws_context_destroy(context)
            handlers.restore()
        }
    }

    // MARK: Sockets

    /// Whether one more WebSocket may be.
    var hasRoom: Bool { !isStopping && webSockets.count < maxConnections }

    /// Whether one more socket may ask. When all are taken, the one that has said nothing for longest goes.
    func makesRoom() -> Bool {
        guard !isStopping else { return false }
        let count = webSockets.count + pages.count
        guard count >= maxConnections else { return true }
        let longAgo = MonotonicClock.nanoseconds() - Self.idlePatience
        if let idle = pages.values.filter({ $0.mayGo(since: longAgo) }).min(by: { $0.id < $1.id }) {
            pages[idle.id] = nil
            idle.kill()
            return true
        }
        return count < maxConnections + waitingRoom
    }

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
    func openWebSocket(_ descriptor: Int32, reading bytes: [UInt8], handler: any ConnectionHandler) {
        let connection = Connection(id: nextID(), maxQueuedBytes: configuration.maxQueuedBytes, calls: calls)
        let peer = WebSocketPeer(loop: self, connection: connection, handler: handler)
        adopting = peer
        if descriptor >= 0 { unsafe LibraryContext.adoptWebSocket(descriptor, bytes, vhost) }
        if adopting != nil { peer.end(.byPeer(code: nil)) }
        adopting = nil
    }

    func bindAdopted(_ wsi: OpaquePointer) {
        if let socket = adopting { unsafe socket.bind(wsi) }
        adopting = nil
    }

    private func listen(_ descriptor: Int32) {
        let listener = Listener(loop: self, descriptor: descriptor)
        self.listener = listener
        adopting = listener
        unsafe LibraryContext.adoptRaw(descriptor, isSocket: false, vhost, memory)
        adopting = nil
        if let wsi = unsafe listener.wsi { unsafe lws_set_timer_usecs(wsi, limits.tick / 1000) }
        pulse.beat()
    }

    private func nextID() -> Int {
        lastID += 1
        return lastID
    }

    // MARK: Writing

    func write(_ message: OutgoingMessage, to wsi: OpaquePointer) -> Bool {
        switch message {
        case .text(let text): unsafe write(text.utf8, LWS_WRITE_TEXT, to: wsi)
        case .binary(let bytes, _): unsafe write(bytes, LWS_WRITE_BINARY, to: wsi)
        }
    }

    /// Hands bytes to the library, which keeps what the socket does not take. False: the socket is broken.
    func write(_ bytes: some Collection<UInt8>, _ kind: lws_write_protocol, to wsi: OpaquePointer) -> Bool {
        // The library writes the frame's header in front of what it is given.
        let front = Int(voiced_lws_pre)
        let count = bytes.count
        if unsafe scratch.count < front + count {
            unsafe scratch.deallocate()
            unsafe scratch = .allocate(byteCount: 2 * (front + count), alignment: 16)
        }
        let payload = unsafe UnsafeMutableRawBufferPointer(rebasing: scratch[front..<(front + count)])
        unsafe payload.copyBytes(from: bytes)
        guard let start = unsafe scratch.baseAddress?.advanced(by: front).assumingMemoryBound(to: UInt8.self) else {
            return false
        }
        return unsafe lws_write(wsi, start, count, kind) >= 0
    }
}

/// The one thing that libwebsockets lets any thread do to a context.
@safe
private struct Alarm: @unchecked Sendable {
    // @unchecked: see above.
    let context: OpaquePointer

    func ring() {
        unsafe lws_cancel_service(context)
    }
}

extension ServiceLoop.Limits {
    fileprivate init(_ configuration: ServerConfiguration) {
        // A thousand years are as good as for ever, and can be added to a clock.
        func limited(_ duration: Duration) -> Int64 { min(max(duration.nanoseconds, 1_000_000), Int64.max / 4) }
        ping = limited(configuration.pingInterval)
        pong = limited(configuration.pongTimeout)
        handshake = limited(configuration.handshakeTimeout)
        slow = limited(configuration.slowTimeout)
        tick = limited(configuration.tick)
    }
}

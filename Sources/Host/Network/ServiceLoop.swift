// libwebsockets' context and event loop on a thread of its own: what a server's and a client's loop have in common. Turns,
// ticks, writes and ends; which sockets there are is the subclasses' business.
internal import CWebSockets
internal import Glibc
internal import Support

/// One run, from start to stop. All of it belongs to the thread, except `wake`.
@safe
class ServiceLoop: ThreadLoop, @unchecked Sendable {
    // @unchecked: only the thread touches the fields (jobs of the actor and callbacks of the library, both run on it);
    // what others may touch (`alarm`, `calls`, `pulse`) guards itself.

    /// The settings' times in nanoseconds.
    struct Limits {
        let ping, pong, handshake, slow, tick: Int64
    }

    /// What a loop is made of, beside what its kind adds.
    struct Parts {
        var settings: SocketSettings
        /// Names that libwebsockets is to know.
        var subprotocols: [String]
        let thread: OwnThread
        let pulse: Pulse
        /// What `stop` says to every peer.
        let farewell: Connection.Closing
    }

    /// libwebsockets could not be started.
    struct DidNotStart: Error {
        let sentence = "libwebsockets did not start: version 4.1.6 is needed"
    }

    private enum Phase {
        case running
        /// Until everybody has gone or the deadline has passed.
        case stopping(deadline: Int64)
        case over
    }

    /// How long `stop` lets peers read their last messages and answer the close.
    private static let stopPatience: Int64 = 1_000_000_000

    let settings: SocketSettings
    let limits: Limits
    let farewell: Connection.Closing
    let calls: WriteCalls
    let memory: LibraryMemory
    let vhost: OpaquePointer
    final var webSockets: [Int: WebSocketPeer] = [:] { didSet { leave() } }

    private let thread: OwnThread
    private let pulse: Pulse
    private let log: LibraryLog?
    /// Wakes the context while it may be woken.
    private let alarm = Locked<Alarm?>(nil)
    private let usesLibUV: Bool
    private var phase = Phase.running
    private var stopped: [CheckedContinuation<Void, Never>] = []
    private var lastID = 0
    private var scratch: UnsafeMutableRawBufferPointer

    init(_ parts: Parts) throws(DidNotStart) {
        settings = parts.settings
        limits = Limits(parts.settings)
        farewell = parts.farewell
        thread = parts.thread
        pulse = parts.pulse
        calls = WriteCalls(waking: thread)
        log = settings.log.map { LibraryLog($0) }
        memory = LibraryMemory(subprotocols: parts.subprotocols)
        _ = ProcessLimits.lowerOpenFiles()
        LibraryLog.install(log)
        let handlers = SignalHandlers()
        usesLibUV = LibraryContext.create(memory)
        handlers.restore()
        guard let context = unsafe memory.context.pointee,
            let vhost = unsafe LibraryContext.vhost(context, memory)
        else {
            if let context = unsafe memory.context.pointee { unsafe lws_context_destroy(context) }
            throw DidNotStart()
        }
        unsafe self.vhost = unsafe vhost
        unsafe scratch = .allocate(byteCount: 16 * 1024, alignment: 16)
        unsafe memory.loop.pointee = unsafe Unmanaged.passUnretained(self)
        let alarm = unsafe Alarm(context: context)
        self.alarm.withLock { $0 = alarm }
        pulse.beat()
        LibraryContext.setTimer(memory, after: limits.tick / 1000)
    }

    deinit {
        unsafe scratch.deallocate()
    }

    // MARK: For the kinds of loop

    /// Whether there is no socket left whose end `stop` has to wait for.
    var isEmpty: Bool { webSockets.isEmpty }
    /// How many sockets there are.
    var count: Int { webSockets.count }
    /// The library tells that `wsi` is the socket it was just given.
    func adopted(_ wsi: OpaquePointer) {}
    /// The loop has turned.
    func turned() {}
    /// It is time to look at the clock.
    func ticked(_ now: Int64) {}
    /// `stop` was called.
    func beginStopping() {}

    /// To be called when a socket has come or gone.
    final func leave() {
        pulse.count(count)
        if isStopping, isEmpty { thread.wake() }
    }

    final func nextID() -> Int {
        lastID += 1
        return lastID
    }

    // MARK: Thread

    final func run() {
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

    final func wake() {
        alarm.withLock { $0?.ring() }
    }

    /// Asks for `turned` from within the loop, once what is going on now has ended.
    final func turnSoon() {
        thread.wake()
    }

    /// The library was woken. It calls once for every protocol, so the later ones find nothing to do.
    final func turn() {
        guard !isOver else { return }
        pulse.beat()
        thread.runJobs()
        for id in calls.take() { webSockets[id]?.callWhenWritable() }
        turned()
        endIfEmpty()
    }

    final func tick() {
        guard !isOver else { return }
        let now = MonotonicClock.nanoseconds()
        pulse.beat()
        for peer in Array(webSockets.values) { peer.tick(now) }
        ticked(now)
        if case .stopping(let deadline) = phase, now >= deadline { thread.wake() }
        LibraryContext.setTimer(memory, after: limits.tick / 1000)
    }

    // MARK: End

    final var isStopping: Bool { if case .running = phase { false } else { true } }
    private var isOver: Bool { if case .over = phase { true } else { false } }

    /// Closes every connection with the farewell, ends the loop, and then resumes.
    final func stop(then continuation: CheckedContinuation<Void, Never>) {
        stopped.append(continuation)
        guard !isStopping else { return }
        phase = .stopping(deadline: MonotonicClock.nanoseconds() + Self.stopPatience)
        for peer in webSockets.values { peer.connection.close(farewell) }
        beginStopping()
        thread.wake()
    }

    private func endIfEmpty() {
        guard case .stopping(let deadline) = phase else { return }
        guard isEmpty || MonotonicClock.nanoseconds() >= deadline else { return }
        phase = .over
        // Under the lock that `wake` takes: nobody may wake a context that is being freed.
        alarm.withLock { $0 = nil }
        LibraryContext.cancelTimer(memory)
        // libuv's loop returns only when its handles are closed, which must be begun in here; poll's is left by itself.
        if usesLibUV, let context = unsafe memory.context.pointee {
            let handlers = SignalHandlers()
            unsafe lws_context_destroy(context)
            handlers.restore()
        }
    }

    // MARK: Writing

    final func write(_ message: OutgoingMessage, to wsi: OpaquePointer) -> Bool {
        switch message {
        case .text(let text): unsafe write(text.utf8, LWS_WRITE_TEXT, to: wsi)
        case .binary(let bytes, _): unsafe write(bytes, LWS_WRITE_BINARY, to: wsi)
        }
    }

    /// Hands bytes to the library, which keeps what the socket does not take. False: the socket is broken.
    final func write(_ bytes: some Collection<UInt8>, _ kind: lws_write_protocol, to wsi: OpaquePointer) -> Bool {
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
    fileprivate init(_ settings: SocketSettings) {
        // A thousand years are as good as for ever, and can be added to a clock.
        func limited(_ duration: Duration) -> Int64 { min(max(duration.nanoseconds, 1_000_000), Int64.max / 4) }
        ping = limited(settings.pingInterval)
        pong = limited(settings.pongTimeout)
        handshake = limited(settings.handshakeTimeout)
        slow = limited(settings.slowTimeout)
        tick = limited(settings.tick)
    }
}

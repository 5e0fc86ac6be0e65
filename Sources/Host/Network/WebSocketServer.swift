// The network's front: a WebSocket and HTTP server as one actor on one thread. It moves bytes and knows nothing of what
// they mean.
internal import Support
internal import Synchronization

/// Serves plain HTTP and WebSockets on one port. The actor's executor is the thread of libwebsockets' event loop, so
/// nobody else can come near the library. Call `stop` before letting go of one that was started.
package actor WebSocketServer {
    private let configuration: ServerConfiguration
    private let delegate: any ServerDelegate
    private let thread = OwnThread(name: "network")
    private let pulse = Pulse()
    private var loop: ServerLoop?

    package init(configuration: ServerConfiguration, delegate: any ServerDelegate) {
        self.configuration = configuration
        self.delegate = delegate
    }

    deinit {
        thread.finish()
    }

    package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe thread.asUnownedSerialExecutor() }

    /// Listens and serves. Returns the port, which matters when the configuration says 0.
    package func start() async throws(ServerError) -> Int {
        guard loop == nil else {
            throw ServerError(kind: .alreadyRunning, description: "this server is already running")
        }
        let loop = try ServerLoop.open(configuration, delegate: delegate, thread: thread, pulse: pulse)
        self.loop = loop
        thread.attach(loop)  // Begins when this call has ended.
        return loop.port
    }

    /// Takes nobody in any more, closes every connection with 1001, and returns when all handlers have been told and
    /// the library is gone: at most about a second. The server may then be started again.
    package func stop() async {
        guard let loop else { return }
        await withCheckedContinuation { loop.stop(then: $0) }
        // Another stop may have been as fast, and a start followed.
        if self.loop === loop { self.loop = nil }
    }

    /// When the loop last turned, in `MonotonicClock` nanoseconds; 0 before the first start. While it is well it is
    /// never much older than `SocketSettings.tick`.
    package nonisolated var lastTurn: Int64 { pulse.lastTurn.load(ordering: .relaxed) }

    /// Open sockets, WebSockets and plain HTTP alike.
    package nonisolated var openSockets: Int { pulse.sockets.load(ordering: .relaxed) }
}

/// The loop's signs of life, readable from any thread.
final class Pulse: Sendable {
    let lastTurn = Atomic<Int64>(0)
    let sockets = Atomic<Int>(0)

    func beat() {
        lastTurn.store(MonotonicClock.nanoseconds(), ordering: .relaxed)
    }

    func count(_ count: Int) {
        sockets.store(count, ordering: .relaxed)
    }
}

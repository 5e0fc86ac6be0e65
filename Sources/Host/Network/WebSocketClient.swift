// The network's other side: opens WebSockets to servers, on one thread of its own. What an open one is, how it is written
// to and heard, is the same as for the server's.
internal import Support
internal import Synchronization

/// Limits of a `WebSocketClient`.
package struct ClientConfiguration: Sendable {
    /// The limits of each WebSocket. `handshakeTimeout` is how long `connect` takes at most.
    package var sockets = SocketSettings()

    package init() {}
}

/// Why a WebSocket was not opened: a sentence for the person who asked for it.
package struct ClientError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Kind: Sendable, Equatable {
        case badURL, badHeader
        case nameNotFound
        /// Nothing listens there, no way leads there, or the connection broke off.
        case unreachable
        case timedOut
        /// Somebody answered, but not with a WebSocket: the HTTP status, nil when it was not HTTP either.
        case notWebSocket(status: Int?)
        /// `stop` was called.
        case stopped
        case library
    }

    package let kind: Kind
    package let description: String
}

/// Opens WebSockets. The actor's executor is the thread of a libwebsockets event loop, which runs from the first `connect`
/// to `stop`. Call `stop` before letting go of one that was used.
package actor WebSocketClient {
    private let configuration: ClientConfiguration
    private let thread = OwnThread(name: "client")
    private let pulse = Pulse()
    private var loop: ClientLoop?

    package init(configuration: ClientConfiguration = ClientConfiguration()) {
        self.configuration = configuration
    }

    deinit {
        thread.finish()
    }

    package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe thread.asUnownedSerialExecutor() }

    /// Opens a WebSocket. `subprotocols` are offered in this order; which one was selected, `Connection.subprotocol`
    /// tells. `handler` hears nothing when this throws; else `opened` comes first, before this returns.
    package func connect(
        to url: WebSocketURL, subprotocols: [String] = [], headers: [(String, String)] = [],
        handler: any ConnectionHandler
    ) async throws(ClientError) -> Connection {
        let request = Dial.Request(url: url, subprotocols: subprotocols, headers: headers, handler: handler)
        try request.check()
        let loop = try running()
        let result = await withCheckedContinuation { continuation in
            let id = loop.dial(request, then: continuation)
            // Names are looked up by a blocking function of the system, which must not hold up those who talk.
            Task {
                let addresses = await Resolver.addresses(of: url.host)
                loop.resolved(id, addresses)
            }
        }
        return try result.get()
    }

    /// Closes every connection with 1001, gives up those that are being opened, and returns when all handlers have been
    /// told and the library is gone: at most about a second. The client may then be used again.
    package func stop() async {
        guard let loop else { return }
        await withCheckedContinuation { loop.stop(then: $0) }
        // Another stop may have been as fast, and a connect followed.
        if self.loop === loop { self.loop = nil }
    }

    /// Open WebSockets and those that are being opened.
    package nonisolated var openSockets: Int { pulse.sockets.load(ordering: .relaxed) }

    private func running() throws(ClientError) -> ClientLoop {
        if let loop {
            guard !loop.isStopping else { throw .stopped }
            return loop
        }
        do throws(ServiceLoop.DidNotStart) {
            let loop = try ClientLoop(configuration, thread: thread, pulse: pulse)
            self.loop = loop
            thread.attach(loop)  // Begins when this job has ended.
            return loop
        } catch {
            throw ClientError(kind: .library, description: error.sentence)
        }
    }
}

extension ClientError {
    static let stopped = ClientError(kind: .stopped, description: "the client was stopped")
}

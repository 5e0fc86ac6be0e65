// What the server may be told, and what it says when it cannot start.

/// Limits and addresses of a `WebSocketServer`. Sizes in bytes; the defaults are the product's.
package struct ServerConfiguration: Sendable {
    /// An address ("127.0.0.1", "::1", "0.0.0.0") or a name ("localhost", which means 127.0.0.1).
    package var host = "127.0.0.1"
    /// 0 asks the system for a free one; `WebSocketServer.start` returns it.
    package var port = 8080
    /// The subprotocols a handshake may select. A client that offers none of them is accepted without one.
    package var subprotocols: [String] = []

    /// The largest incoming text message; above it the connection is closed with 1009.
    package var maxTextBytes = 16 * 1024
    /// The largest incoming binary message; above it the connection is closed with 1009.
    package var maxBinaryBytes = 64 * 1024
    /// The most frames one incoming message may come in; above it the connection is closed with 1009.
    package var maxFragments = 64
    /// What may wait to be sent to one client before `Connection.send` says no.
    package var maxQueuedBytes = 1024 * 1024
    /// All sockets, WebSockets and plain HTTP alike. Above it a handshake is answered with 503, and sockets that have
    /// asked for nothing give way. The server lowers it by itself to about seven tenths of the process's limit of open
    /// files.
    package var maxConnections = 1000

    /// How often a client is pinged.
    package var pingInterval: Duration = .seconds(20)
    /// How long after a ping its pong may come; a client without one is gone. Only a pong counts as life.
    package var pongTimeout: Duration = .seconds(10)
    /// From the accepted socket (or the last answer) to the end of the next request's head.
    package var handshakeTimeout: Duration = .seconds(5)
    /// How long a client may leave everything that is queued for it unread.
    package var slowTimeout: Duration = .seconds(10)
    /// How often the above are looked at, and how old `WebSocketServer.lastTurn` is at most while the loop is well.
    package var tick: Duration = .milliseconds(250)

    /// Takes the library's errors and warnings, on the server's thread, a few a second at most.
    package var log: (@Sendable (String) -> Void)?

    package init(host: String = "127.0.0.1", port: Int = 8080, subprotocols: [String] = []) {
        self.host = host
        self.port = port
        self.subprotocols = subprotocols
    }
}

/// Why a server did not start: a sentence for the one who started it.
package struct ServerError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Kind: Sendable, Equatable {
        case portInUse, addressUnavailable, notPermitted, alreadyRunning, library
    }

    package let kind: Kind
    package let description: String
}

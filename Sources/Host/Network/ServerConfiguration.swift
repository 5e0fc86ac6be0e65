// What the server may be told, and what it says when it cannot start.

/// Limits and addresses of a `WebSocketServer`. Sizes in bytes; the defaults are the product's.
package struct ServerConfiguration: Sendable {
    /// An address ("127.0.0.1", "::1", "0.0.0.0") or a name ("localhost", which means 127.0.0.1).
    package var host = "127.0.0.1"
    /// 0 asks the system for a free one; `WebSocketServer.start` returns it.
    package var port = 8080
    /// The subprotocols a handshake may select. A client that offers none of them is accepted without one.
    package var subprotocols: [String] = []

    /// All sockets, WebSockets and plain HTTP alike. Above it a handshake is answered with 503, and sockets that have
    /// asked for nothing give way. The server lowers it by itself to about seven tenths of the process's limit of open
    /// files.
    package var maxConnections = 1000

    /// The limits of each WebSocket.
    package var sockets = SocketSettings()

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

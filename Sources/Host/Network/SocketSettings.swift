// The limits of a WebSocket, the same for one that a client opened and for one that is opened here.

/// Sizes in bytes; the defaults are the product's.
package struct SocketSettings: Sendable {
    /// The largest incoming text message; above it the connection is closed with 1009.
    package var maxTextBytes = 16 * 1024
    /// The largest incoming binary message; above it the connection is closed with 1009.
    package var maxBinaryBytes = 64 * 1024
    /// The most frames one incoming message may come in; above it the connection is closed with 1009.
    package var maxFragments = 64
    /// What may wait to be sent to one peer before `Connection.send` says no.
    package var maxQueuedBytes = 1024 * 1024

    /// How often a peer is pinged.
    package var pingInterval: Duration = .seconds(20)
    /// How long after a ping its pong may come; a peer without one is gone. Only a pong counts as life.
    package var pongTimeout: Duration = .seconds(10)
    /// For the server: from the accepted socket (or the last answer) to the end of the next request's head. For the
    /// client: from the call of `connect`, name resolution included, to the end of the handshake.
    package var handshakeTimeout: Duration = .seconds(5)
    /// How long a peer may leave everything that is queued for it unread.
    package var slowTimeout: Duration = .seconds(10)
    /// How often the above are looked at.
    package var tick: Duration = .milliseconds(250)

    /// Takes the library's errors and warnings, on the network's thread, a few a second at most.
    package var log: (@Sendable (String) -> Void)?

    package init() {}
}

// What the server asks of those who use it. All calls come on the server's thread and must not block it.

/// Answers plain HTTP and decides who may open a WebSocket.
package protocol ServerDelegate: AnyObject, Sendable {
    /// The answer to a GET or a HEAD (whose body is then left out). Other methods never come here.
    func respond(to request: HTTPRequest) -> HTTPResponse
    /// Called for a WebSocket handshake that is in order, before anything is answered.
    func decide(_ request: HTTPRequest) -> UpgradeDecision
}

/// What becomes of a handshake.
package enum UpgradeDecision: Sendable {
    /// `subprotocol` must be one that the client offered and the configuration names; anything else selects none.
    /// If the client vanishes in this very moment, `handler` gets `closed` without `opened`.
    case accept(subprotocol: String?, handler: any ConnectionHandler)
    /// Sent as it is; then the socket is closed.
    case refuse(HTTPResponse)
}

/// One client's end of the line.
package protocol ConnectionHandler: AnyObject, Sendable {
    /// First, once.
    func opened(_ connection: Connection)
    /// A whole message, valid UTF-8.
    func received(text: String)
    /// A whole message.
    func received(binary: [UInt8])
    /// Last, exactly once.
    func closed(_ reason: CloseReason)
}

/// Why a connection ended.
package enum CloseReason: Sendable, Equatable {
    /// The peer closed: its close code, nil when the socket just ended or it gave none. The library tells codes that it
    /// does not know (1004 to 1006, and 1012 to 2999) as 1002.
    case byPeer(code: Int?)
    /// No pong in time.
    case dead
    /// It left everything unread for too long.
    case tooSlow
    /// It broke the protocol or a limit: the code it was closed with (1002, 1007, 1009).
    case protocolError(code: Int)
    case serverStopping
    /// `Connection.close` was called with this code.
    case closedHere(code: Int)
}

/// A message to a client.
package enum OutgoingMessage: Sendable, Equatable {
    case text(String)
    /// `tag` is what `Connection.discard` goes by: one number per reply.
    case binary([UInt8], tag: Int)

    /// Payload bytes.
    var size: Int {
        switch self {
        case .text(let text): text.utf8.count
        case .binary(let bytes, _): bytes.count
        }
    }
}

// What can go wrong with the opening of a WebSocket, in sentences.

extension Dial {
    var nameNotFound: ClientError {
        ClientError(
            kind: .nameNotFound,
            description: "no machine called \"\(request.url.host)\" was found: check the name, and the network")
    }

    var timedOut: ClientError {
        ClientError(
            kind: .timedOut,
            description: "\(request.url) did not answer within \(loop.settings.handshakeTimeout)")
    }

    /// The library does not tell why.
    var unreachable: ClientError {
        ClientError(
            kind: .unreachable,
            description:
                "the connection to \(request.url) was refused or broke off: is the server running, and is the port"
                + " right?")
    }

    /// Somebody answered, but with this HTTP status, or with what is no HTTP at all.
    func notWebSocket(status: Int?) -> ClientError {
        let answer = status.map { "answered with HTTP status \($0)" } ?? "did not answer as a WebSocket does"
        return ClientError(
            kind: .notWebSocket(status: status),
            description: "\(request.url) \(answer): is it a WebSocket's address?")
    }
}

extension Dial.Request {
    /// Whether all of it can be written into a handshake.
    func check() throws(ClientError) {
        for name in subprotocols + headers.map(\.0) where !HTTPHead.isToken(Array(name.utf8)[...]) {
            throw ClientError(
                kind: .badHeader, description: "\"\(name)\" cannot be the name of a header or subprotocol")
        }
        for (name, value) in headers where !value.utf8.allSatisfy({ $0 >= 32 && $0 != 127 }) {
            // The value may be a secret.
            throw ClientError(kind: .badHeader, description: "the header \(name) has a control character in its value")
        }
    }
}

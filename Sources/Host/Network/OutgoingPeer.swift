// A WebSocket that we open. Once it is open it is like any other; this is about the time before.
internal import CWebSockets

/// One attempt at one address.
final class OutgoingPeer: WebSocketPeer {
    private let dial: Dial
    private var isOpened = false
    private var failure: ClientError?

    init(loop: ClientLoop, connection: Connection, dial: Dial) {
        self.dial = dial
        super.init(loop: loop, connection: connection, handler: dial.request.handler)
    }

    /// Begins to connect to a numeric address. `destroyed` follows in any case, perhaps within this call.
    func open(_ address: String) {
        let offered = dial.request.subprotocols.joined(separator: ", ")
        let url = dial.request.url
        let target = LibraryContext.Target(
            address: address, port: url.port, path: url.target, host: url.authority,
            subprotocols: offered.isEmpty ? nil : offered)
        unsafe made(LibraryContext.connect(to: target, loop.vhost, loop.memory, owner: bindUnmade()))
    }

    override func appendHeaders(to buffer: UnsafeMutableRawBufferPointer) -> Int? {
        let lines = dial.request.headers.map { "\($0.0): \($0.1)\r\n" }.joined()
        guard lines.utf8.count < buffer.count else { return nil }
        unsafe buffer.copyBytes(from: lines.utf8)
        return lines.utf8.count
    }

    override func answered() -> Verdict {
        guard let wsi = unsafe wsi else { return .close }
        connection.select(unsafe LibraryContext.header(WSI_TOKEN_PROTOCOL, of: wsi))
        return .keep
    }

    override func established() -> Verdict {
        guard dial.isOpen else { return .close }
        isOpened = true
        let verdict = super.established()
        dial.succeeded(connection)
        return verdict
    }

    override func failed(_ why: String) {
        let status = unsafe wsi.map { unsafe Int(lws_http_client_http_response($0)) } ?? 0
        // "HS: …" is what the library says about an answer; without one it never got so far.
        if status != 0 {
            failure = dial.notWebSocket(status: status == 101 ? nil : status)
        } else if why.hasPrefix("HS:") {
            failure = dial.notWebSocket(status: nil)
        } else {
            failure = dial.unreachable
        }
    }

    override func destroyed() {
        if isOpened { super.destroyed() } else { dial.failed(failure) }
    }
}

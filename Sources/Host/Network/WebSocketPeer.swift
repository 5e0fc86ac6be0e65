// A WebSocket in the loop: carries messages between libwebsockets, the connection's queue and its handler, and watches
// over its time limits. What the library does not check stays unchecked: 4.1.6 also takes unmasked frames (against
// RFC 6455 §5.1).
internal import CWebSockets
internal import Support

class WebSocketPeer: Socket {
    private enum Phase {
        case handshaking
        case open
        /// Our close frame is on its way; what still comes is not heard.
        case closing
        case ended
    }

    /// How long a close may take, from the request to the end of the socket (and once more for the client's answer).
    private static let closePatience: Int64 = 2_000_000_000

    let connection: Connection
    private let handler: any ConnectionHandler
    private var assembler: MessageAssembler
    private var phase = Phase.handshaking
    private var reason: CloseReason?
    /// Times are nanoseconds of the monotonic clock.
    private var nextPing = Int64.max
    private var isPingDue = false
    private var pongDeadline: Int64?
    private var stalledSince: Int64?
    private var closeDeadline: Int64?

    init(loop: ServiceLoop, connection: Connection, handler: any ConnectionHandler) {
        self.connection = connection
        self.handler = handler
        let limits = loop.settings
        assembler = MessageAssembler(
            maxTextBytes: limits.maxTextBytes, maxBinaryBytes: limits.maxBinaryBytes, maxFragments: limits.maxFragments)
        super.init(loop: loop)
    }

    // MARK: Life

    override func established() -> Verdict {
        phase = .open
        nextPing = MonotonicClock.nanoseconds() + loop.limits.ping
        loop.webSockets[connection.id] = self
        handler.opened(connection)
        return .keep
    }

    override func peerCloses(_ payload: UnsafeRawBufferPointer) {
        guard reason == nil else { return }
        reason = .byPeer(code: unsafe payload.count >= 2 ? Int(payload[0]) << 8 | Int(payload[1]) : nil)
    }

    override func closed() {
        end(reason ?? (loop.isStopping ? loop.farewell.reason : libraryReason))
    }

    /// Without `closed` before it: the client was gone before the handshake's answer was written.
    override func destroyed() {
        end(.byPeer(code: nil))
    }

    func end(_ reason: CloseReason) {
        guard phase != .ended else { return }
        phase = .ended
        loop.webSockets[connection.id] = nil
        connection.markClosed()
        handler.closed(reason)
    }

    /// What libwebsockets wrote into a close frame of its own accord, if it did.
    private var libraryReason: CloseReason {
        guard let wsi = unsafe wsi, unsafe lws_get_close_length(wsi) >= 2,
            let payload = unsafe lws_get_close_payload(wsi)
        else { return .byPeer(code: nil) }
        return unsafe .protocolError(code: Int(payload[0]) << 8 | Int(payload[1]))
    }

    // MARK: Reading

    override func received(_ bytes: UnsafeRawBufferPointer) -> Verdict {
        guard phase == .open, let wsi = unsafe wsi else { return .keep }
        let position = unsafe MessageAssembler.Position(
            isBinary: lws_frame_is_binary(wsi) != 0, startsMessage: lws_is_first_fragment(wsi) != 0,
            remainingInFrame: lws_remaining_packet_payload(wsi), isLastFrame: lws_is_final_fragment(wsi) != 0)
        switch unsafe assembler.add(bytes, at: position) {
        case .more:
            return .keep
        case .text(let text):
            handler.received(text: text)
            return .keep
        case .binary(let message):
            handler.received(binary: message)
            return .keep
        case .refused(let why):
            let code = 1009
            prepareClose(Connection.Closing(code: code, text: why, reason: .protocolError(code: code)))
            return .close
        }
    }

    override func ponged() {
        pongDeadline = nil
        nextPing = MonotonicClock.nanoseconds() + loop.limits.ping
    }

    // MARK: Writing

    override func writable() -> Verdict {
        guard phase == .open, let wsi = unsafe wsi else { return .keep }
        if isPingDue, unsafe lws_send_pipe_choked(wsi) == 0 {
            isPingDue = false
            // Not empty: the library keeps the pong to an empty ping to itself.
            guard unsafe loop.write("ping".utf8, LWS_WRITE_PING, to: wsi) else { return .close }
        }
        while unsafe lws_send_pipe_choked(wsi) == 0 {
            switch connection.next() {
            case .write(let message):
                guard unsafe loop.write(message, to: wsi) else { return .close }
                stalledSince = nil
            case .close(let closing):
                prepareClose(closing)
                // Not by returning `.close` here: Debian builds the library with _DEBUG, in which it then closes twice
                // under libuv, and the second time takes the close frame with it.
                unsafe lws_set_timer_usecs(wsi, 1)
                return .keep
            case .rest:
                return .keep
            }
        }
        callWhenWritable()
        return .keep
    }

    override func timer() -> Verdict {
        phase == .closing ? .close : .keep
    }

    /// Lays down the close frame that the library sends when the connection is then closed.
    private func prepareClose(_ closing: Connection.Closing) {
        guard let wsi = unsafe wsi else { return }
        phase = .closing
        reason = closing.reason
        closeDeadline = MonotonicClock.nanoseconds() + Self.closePatience
        // RFC 6455 §5.5: a control frame has 125 bytes, two of them are the code.
        var text = closing.text
        while text.utf8.count > 123 { text.removeLast() }
        var bytes = Array(text.utf8)
        unsafe lws_close_reason(wsi, lws_close_status(UInt32(clamping: closing.code)), &bytes, bytes.count)
    }

    // MARK: Time

    func tick(_ now: Int64) {
        if closeDeadline == nil, connection.closing != nil { closeDeadline = now + Self.closePatience }
        if let closeDeadline, now >= closeDeadline {
            reason = reason ?? connection.closing?.reason
            kill()
        } else if phase == .open {
            checkReader(now)
            checkPong(now)
        }
    }

    private func checkReader(_ now: Int64) {
        guard connection.queuedBytes > 0, closeDeadline == nil else {
            stalledSince = nil
            return
        }
        let since = stalledSince ?? now
        stalledSince = since
        guard now - since >= loop.limits.slow else { return }
        // It gets a second to read the reason; the close frame stands behind what the kernel already holds.
        reason = .tooSlow
        connection.abandon(Connection.Closing(code: 1013, text: "too slow", reason: .tooSlow))
        closeDeadline = now + 1_000_000_000
        callWhenWritable()
    }

    private func checkPong(_ now: Int64) {
        if let pongDeadline {
            guard now >= pongDeadline else { return }
            reason = reason ?? .dead
            kill()
        } else if now >= nextPing {
            isPingDue = true
            pongDeadline = now + loop.limits.pong
            callWhenWritable()
        }
    }
}

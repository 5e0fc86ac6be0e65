// A socket before it is a WebSocket, or that never becomes one: reads requests, asks the delegate, writes the answers.
// To libwebsockets it is raw bytes.
internal import CWebSockets
internal import Glibc
internal import Support

final class HTTPConnection: Socket {
    private enum Phase {
        case reading
        case answering(keepAlive: Bool)
        /// All is said and the sending side is shut; reads on for a moment, because closing a socket with unread bytes
        /// resets it, and a reset can take the answer with it.
        case lingering
        /// The WebSocket has its own descriptor of the same socket; this one goes.
        case handedOver
    }

    /// Bytes handed to the library at once.
    private static let pieceBytes = 64 * 1024
    /// A head, and the first frames of a client that does not wait for the handshake's answer.
    private static let maxInput = 2 * HTTPHead.maxBytes

    let id: Int
    private unowned let server: ServerLoop
    private let descriptor: Int32
    private let peer: String
    private var phase = Phase.reading
    private var input: [UInt8] = []
    private var output: [UInt8] = []
    private var written = 0
    /// When patience ends, on the monotonic clock.
    private var deadline: Int64

    init(loop: ServerLoop, id: Int, descriptor: Int32, peer: String) {
        server = loop
        self.id = id
        self.descriptor = descriptor
        self.peer = peer
        deadline = MonotonicClock.nanoseconds() + loop.limits.handshake
        super.init(loop: loop)
    }

    /// Nobody would miss it: it has asked for nothing, or has its answer.
    var isIdle: Bool {
        switch phase {
        case .reading, .lingering: true
        case .answering, .handedOver: false
        }
    }

    /// Whether it has its answer, or has asked for nothing since that time.
    func mayGo(since time: Int64) -> Bool {
        switch phase {
        case .lingering: true
        case .reading: deadline - loop.limits.handshake <= time
        case .answering, .handedOver: false
        }
    }

    func tick(_ now: Int64) {
        if now >= deadline { kill() }
    }

    override func received(_ bytes: UnsafeRawBufferPointer) -> Verdict {
        if case .lingering = phase { return .keep }
        guard input.count + bytes.count <= Self.maxInput else { return .close }
        unsafe input.append(contentsOf: bytes)
        if case .reading = phase { return readRequest() }
        return .keep
    }

    override func writable() -> Verdict {
        guard case .answering(let keepAlive) = phase else { return .keep }
        guard written == output.count else { return write() }
        output = []
        if loop.isStopping { return .close }
        if keepAlive {
            phase = .reading
            deadline = MonotonicClock.nanoseconds() + loop.limits.handshake
            return input.isEmpty ? .keep : readRequest()
        }
        phase = .lingering
        deadline = MonotonicClock.nanoseconds() + 1_000_000_000
        shutdown(descriptor, Int32(SHUT_WR))
        return .keep
    }

    override func closed() {
        server.pages[id] = nil
    }

    // MARK: Requests

    private func readRequest() -> Verdict {
        switch HTTPHead.read(input) {
        case .incomplete:
            return .keep
        case .refused(let status, let sentence):
            return answer(HTTPResponse(status: status, text: sentence), keepAlive: false)
        case .complete(let head, let length):
            input.removeFirst(length)
            return handle(head)
        }
    }

    private func handle(_ head: HTTPHead) -> Verdict {
        switch Handshake.check(head) {
        case .refused(let response):
            return answer(response, keepAlive: false)
        case .valid(let handshake):
            return upgrade(head, handshake)
        case .notOne:
            guard ["GET", "HEAD"].contains(head.method), head.path.hasPrefix("/") else {
                let refusal = HTTPResponse(status: 405, headers: [("Allow", "GET, HEAD")], text: "Only GET and HEAD.")
                return answer(refusal, keepAlive: head.keepsAlive)
            }
            let response = server.delegate.respond(to: request(head))
            return answer(response, keepAlive: head.keepsAlive, withBody: head.method == "GET")
        }
    }

    private func upgrade(_ head: HTTPHead, _ handshake: Handshake) -> Verdict {
        guard server.hasRoom else { return answer(.full, keepAlive: false) }
        switch server.delegate.decide(request(head)) {
        case .refuse(let response):
            return answer(response, keepAlive: false)
        case .accept(let subprotocol, let handler):
            let selected = subprotocol.flatMap { name in
                handshake.offered.contains(name) && server.subprotocols.contains(name) ? name : nil
            }
            phase = .handedOver
            // The first frames may have come with the handshake.
            let bytes = handshake.request(selecting: selected) + input
            server.openWebSocket(
                fcntl(descriptor, F_DUPFD_CLOEXEC, 0), reading: bytes, subprotocol: selected, handler: handler)
            return .close
        }
    }

    private func request(_ head: HTTPHead) -> HTTPRequest {
        HTTPRequest(method: head.method, path: head.path, query: head.query, headers: head.headers, peer: peer)
    }

    // MARK: Answers

    private func answer(_ response: HTTPResponse, keepAlive: Bool, withBody: Bool = true) -> Verdict {
        let keepAlive = keepAlive && !loop.isStopping
        output = response.rendered(keepAlive: keepAlive, withBody: withBody)
        written = 0
        phase = .answering(keepAlive: keepAlive)
        deadline = MonotonicClock.nanoseconds() + loop.limits.slow
        return write()
    }

    /// Hands over what the socket takes. `writable` follows when it takes more, and once more when all has left the
    /// library's own buffer.
    private func write() -> Verdict {
        guard let wsi = unsafe wsi else { return .close }
        while written < output.count, unsafe lws_send_pipe_choked(wsi) == 0 {
            let end = min(written + Self.pieceBytes, output.count)
            guard unsafe loop.write(output[written..<end], LWS_WRITE_HTTP, to: wsi) else { return .close }
            written = end
            deadline = MonotonicClock.nanoseconds() + loop.limits.slow
        }
        callWhenWritable()
        return .keep
    }
}

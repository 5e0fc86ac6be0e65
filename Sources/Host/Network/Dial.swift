// The opening of one WebSocket: from the host's addresses, tried one after the other, to the end of the handshake.
internal import CWebSockets
internal import Support

/// One call of `WebSocketClient.connect` under way. On the loop's thread only.
final class Dial {
    typealias Answer = CheckedContinuation<Result<Connection, ClientError>, Never>

    struct Request: Sendable {
        let url: WebSocketURL
        let subprotocols: [String]
        let headers: [(String, String)]
        let handler: any ConnectionHandler
    }

    let id: Int
    let request: Request
    unowned let loop: ClientLoop
    /// Nil once it is answered.
    private var answer: Answer?
    /// All attempts together, and the present one; on the monotonic clock.
    private let deadline: Int64
    private var attemptDeadline = Int64.max
    private var addresses: [String] = []
    private var attempt: OutgoingPeer?
    /// The next address may be tried: not from within the library's farewell to the last one.
    private var isDue = false
    private var lastFailure: ClientError?

    init(loop: ClientLoop, id: Int, request: Request, answer: Answer) {
        self.loop = loop
        self.id = id
        self.request = request
        self.answer = answer
        deadline = MonotonicClock.nanoseconds() + loop.limits.handshake
    }

    /// Nobody has been told how it ended.
    var isOpen: Bool { answer != nil }

    func resolved(_ addresses: [String]) {
        self.addresses = addresses
        isDue = true
        loop.turnSoon()
    }

    /// Tries the next address if that is what is to be done.
    func goOn() {
        guard isOpen, isDue else { return }
        isDue = false
        guard !addresses.isEmpty else {
            end(with: .failure(lastFailure ?? nameNotFound))
            return
        }
        let now = MonotonicClock.nanoseconds()
        // One address that does not answer must not take the time of the others.
        attemptDeadline = now + (deadline - now) / Int64(addresses.count)
        let connection = Connection(id: id, maxQueuedBytes: loop.settings.maxQueuedBytes, calls: loop.calls)
        let peer = OutgoingPeer(loop: loop, connection: connection, dial: self)
        attempt = peer
        peer.open(addresses.removeFirst())
    }

    func tick(_ now: Int64) {
        if now >= deadline {
            end(with: .failure(timedOut))
        } else if now >= attemptDeadline, let attempt {
            attemptDeadline = .max
            lastFailure = timedOut
            attempt.kill()
        }
    }

    // MARK: From the attempt

    func succeeded(_ connection: Connection) {
        attempt = nil
        end(with: .success(connection))
    }

    /// The attempt is over, and its socket gone. Only a failure to reach anybody is reason to try another address.
    func failed(_ failure: ClientError?) {
        attempt = nil
        guard isOpen else { return }
        let failure = failure ?? lastFailure ?? unreachable
        if case .notWebSocket = failure.kind { return end(with: .failure(failure)) }
        lastFailure = failure
        isDue = true
        loop.turnSoon()
    }

    /// Tells the one who waits, and drops what is under way.
    func end(with result: Result<Connection, ClientError>) {
        guard let answer else { return }
        self.answer = nil
        attempt?.kill()
        attempt = nil
        loop.forget(self)
        answer.resume(returning: result)
    }
}

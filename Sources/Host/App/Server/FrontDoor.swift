// Who may come in, and what is served on the port beside calls.
internal import Conversation
internal import Network
internal import Observation
internal import Support

/// Answers HTTP requests and upgrades. Called on the network thread.
final class FrontDoor: ServerDelegate {
    private let directory: SessionDirectory
    private let bus: EventBus
    private let clock: ServerClock
    private let isReady = Locked(true)

    init(directory: SessionDirectory, bus: EventBus, clock: ServerClock) {
        self.directory = directory
        self.bus = bus
        self.clock = clock
    }

    /// From here on `/readyz` says no, and nobody new is let in.
    func close() { isReady.withLock { $0 = false } }

    func respond(to request: HTTPRequest) -> HTTPResponse {
        switch request.path {
        case "/", "/index.html":
            HTTPResponse(
                status: 200, contentType: "text/html; charset=utf-8",
                headers: [("Content-Security-Policy", Self.pagePolicy)], body: pageBytes)
        case "/healthz": .text(200, "ok\n")
        case "/readyz": isReady.withLock { $0 } ? .text(200, "ready\n") : .text(503, "stopping\n")
        default: .text(404, "There is nothing here. The web client is at /\n")
        }
    }

    func decide(_ request: HTTPRequest) -> UpgradeDecision {
        guard request.path == "/" || request.path == "/ws" else {
            return .refuse(.text(404, "Calls are taken at / and /ws\n"))
        }
        guard isOwnOrigin(request) else {
            refused(request, "origin")
            return .refuse(.text(403, "This page may not open calls here.\n"))
        }
        guard isReady.withLock({ $0 }), let handler = directory.begin(peer: request.peer) else {
            refused(request, "full")
            return .refuse(.text(503, "The server is full. Try again soon.\n", headers: [("Retry-After", "5")]))
        }
        return .accept(subprotocol: nil, handler: handler)
    }

    /// A browser tells which page asks. Pages of other sites could otherwise use the microphone agent of whoever visits
    /// them, on a loopback server too. Programs send no Origin.
    private func isOwnOrigin(_ request: HTTPRequest) -> Bool {
        guard let origin = request.headers["origin"] else { return true }
        guard let host = request.headers["host"] else { return false }
        return origin.lowercased() == "http://\(host.lowercased())"
            || origin.lowercased() == "https://\(host.lowercased())"
    }

    private func refused(_ request: HTTPRequest, _ reason: String) {
        bus.emit(
            Event(.clientError, at: clock.now(), ["what": .text("refused: \(reason)"), "peer": .text(request.peer)]))
    }

    /// The page needs itself, its socket, and its worklets, which it makes from blobs.
    private static let pagePolicy =
        "default-src 'none'; script-src 'unsafe-inline' blob:; worker-src blob:; style-src 'unsafe-inline'; "
        + "img-src data:; connect-src 'self' ws: wss:; media-src blob:; base-uri 'none'; form-action 'none'"
}

extension HTTPResponse {
    /// A plain sentence.
    fileprivate static func text(
        _ status: Int, _ text: String, headers: [(String, String)] = []
    ) -> HTTPResponse {
        HTTPResponse(status: status, contentType: "text/plain; charset=utf-8", headers: headers, body: Array(text.utf8))
    }
}

// A server to test, a delegate that does what a test says, and handlers that remember what they were told.
import Glibc
import Network
import Support

enum Heard: Equatable {
    case opened
    case text(String)
    case binary([UInt8])
    case closed(CloseReason)
}

/// A handler that keeps what it hears and answers as the test wants. Waiting ends when it is heard, or with nil.
final class Recorder: ConnectionHandler, Sendable {
    private struct State: Sendable {
        var heard: [Heard] = []
        var connection: Connection?
    }

    private let state = Locked(State())
    private let react: @Sendable (Heard, Connection) -> Void

    init(_ react: @escaping @Sendable (Heard, Connection) -> Void = { _, _ in }) {
        self.react = react
    }

    /// Sends everything back.
    static func echo() -> Recorder {
        Recorder { heard, connection in
            switch heard {
            case .text(let text): _ = connection.send(.text(text))
            case .binary(let bytes): _ = connection.send(.binary(bytes, tag: 0))
            default: break
            }
        }
    }

    var heard: [Heard] { state.withLock { $0.heard } }
    var connection: Connection? { state.withLock { $0.connection } }
    var closings: [CloseReason] {
        heard.compactMap { if case .closed(let reason) = $0 { reason } else { nil } }
    }

    func opened(_ connection: Connection) {
        state.withLock { $0.connection = connection }
        add(.opened)
    }
    func received(text: String) { add(.text(text)) }
    func received(binary: [UInt8]) { add(.binary(binary)) }
    func closed(_ reason: CloseReason) { add(.closed(reason)) }

    private func add(_ heard: Heard) {
        let connection = state.withLock { state in
            state.heard.append(heard)
            return state.connection
        }
        if let connection { react(heard, connection) }
    }

    func closing() async -> CloseReason? {
        await eventually { self.closings.first }
    }
}

/// What `look` finds, looked for until it is there; nil after ten seconds.
func eventually<Result>(_ look: () -> Result?) async -> Result? {
    let deadline = MonotonicClock.nanoseconds() + 10_000_000_000
    while MonotonicClock.nanoseconds() < deadline {
        if let result = look() { return result }
        try? await Task.sleep(for: .milliseconds(2))
    }
    return nil
}

final class Delegate: ServerDelegate, Sendable {
    private let answer: @Sendable (HTTPRequest) -> HTTPResponse
    private let decision: @Sendable (HTTPRequest) -> UpgradeDecision
    private let seen = Locked<[HTTPRequest]>([])

    init(
        answer: @escaping @Sendable (HTTPRequest) -> HTTPResponse = { _ in HTTPResponse(status: 404, text: "nothing") },
        decision: @escaping @Sendable (HTTPRequest) -> UpgradeDecision
    ) {
        self.answer = answer
        self.decision = decision
    }

    var requests: [HTTPRequest] { seen.withLock { $0 } }

    func respond(to request: HTTPRequest) -> HTTPResponse {
        seen.withLock { $0.append(request) }
        return answer(request)
    }

    func decide(_ request: HTTPRequest) -> UpgradeDecision {
        seen.withLock { $0.append(request) }
        return decision(request)
    }
}

/// Runs a server on a free port for as long as `body` takes.
func serving(
    _ delegate: Delegate, _ change: (inout ServerConfiguration) -> Void = { _ in },
    _ body: (Int, WebSocketServer) async throws -> Void
) async throws {
    var configuration = ServerConfiguration(port: 0)
    configuration.sockets.tick = .milliseconds(20)
    change(&configuration)
    let server = WebSocketServer(configuration: configuration, delegate: delegate)
    let port = try await server.start()
    do {
        try await body(port, server)
    } catch {
        await server.stop()
        throw error
    }
    await server.stop()
}

/// The same, with one handler for everybody.
func serving(
    _ handler: any ConnectionHandler, _ change: (inout ServerConfiguration) -> Void = { _ in },
    _ body: (Int) async throws -> Void
) async throws {
    let delegate = Delegate { _ in .accept(subprotocol: nil, handler: handler) }
    try await serving(delegate, change) { port, _ in try await body(port) }
}

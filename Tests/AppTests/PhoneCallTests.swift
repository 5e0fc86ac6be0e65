// `voiced call` over a real socket, to a server that speaks from a script.
import Conversation
import Network
import Support
import Testing

@testable import voiced

/// Answers the first `threshold` bytes of audio, once, and closes on `end`.
private final class ScriptedAgent: ConnectionHandler {
    private struct State {
        var connection: Connection?
        var heard: [UInt8] = []
        var commands: [String] = []
    }

    private let state = Locked(State())
    private let threshold: Int
    private let answer: [OutgoingMessage]

    init(after threshold: Int, _ answer: [OutgoingMessage]) {
        self.threshold = threshold
        self.answer = answer
    }

    var heard: [UInt8] { state.withLock { $0.heard } }
    var commands: [String] { state.withLock { $0.commands } }

    func opened(_ connection: Connection) {
        state.withLock { $0.connection = connection }
        _ = connection.send(.text(ClientProtocol.text(of: .connected(SessionID("s")))))
    }

    func received(text: String) {
        let connection = state.withLock { state in
            state.commands.append(text)
            return state.connection
        }
        if text == #"{"type":"end"}"# { connection?.close(code: 1000, reason: "") }
    }

    func received(binary: [UInt8]) {
        let threshold = threshold
        let connection: Connection? = state.withLock { state in
            let before = state.heard.count
            state.heard += binary
            return before < threshold && state.heard.count >= threshold ? state.connection : nil
        }
        for message in answer { _ = connection?.send(message) }
    }

    func closed(_ reason: CloseReason) {}
}

private final class OpenDoor: ServerDelegate {
    private let agent: ScriptedAgent

    init(_ agent: ScriptedAgent) { self.agent = agent }

    func respond(to request: HTTPRequest) -> HTTPResponse { HTTPResponse(status: 404, text: "nothing") }
    func decide(_ request: HTTPRequest) -> UpgradeDecision { .accept(subprotocol: nil, handler: agent) }
}

@Suite struct PhoneCallTests {
    private static func text(_ message: ServerMessage) -> OutgoingMessage { .text(ClientProtocol.text(of: message)) }

    @Test func aWholeCall() async throws {
        let recording = (0..<4_000).map { Int16(truncatingIfNeeded: $0 &* 7) }
        let agent = ScriptedAgent(
            after: 8_000,
            [
                .transcript("hello", isFinal: true), .thinking, .audioStart(sampleRate: 24_000), .speaking,
            ].map(Self.text) + [.binary([UInt8](repeating: 3, count: 4_800), tag: 1)]
                + [.audioEnd, .response("Hi.")].map(Self.text))
        let server = WebSocketServer(configuration: ServerConfiguration(port: 0), delegate: OpenDoor(agent))
        let port = try await server.start()
        let plan = Caller.Plan(recording: .ms(250), endOfSpeech: .ms(200), patience: .seconds(10), interruptAt: nil)
        let call = PhoneCall(recording, plan: plan)
        var lines: [String] = []
        try await call.run(to: try WebSocketURL("ws://127.0.0.1:\(port)/ws")) { lines.append($0) }
        #expect(call.caller.report.problem == nil)
        #expect(call.caller.audio.length == .ms(100))
        #expect(lines.count == 5)
        // The recording as it is, then silence, in frames of 20 ms.
        let heard = agent.heard
        #expect(Array(heard.prefix(8_000)) == Linear16.bytes(of: recording))
        #expect(heard.dropFirst(8_000).allSatisfy { $0 == 0 } && heard.count % 640 == 0)
        #expect(agent.commands == [#"{"type":"end"}"#])
        await server.stop()
    }

    @Test func aCallCanBeBrokenOff() async throws {
        let agent = ScriptedAgent(after: 640, [])
        let server = WebSocketServer(configuration: ServerConfiguration(port: 0), delegate: OpenDoor(agent))
        let port = try await server.start()
        let plan = Caller.Plan(recording: .ms(100), endOfSpeech: .ms(100), patience: .seconds(60), interruptAt: nil)
        let call = PhoneCall([Int16](repeating: 1, count: 1_600), plan: plan)
        let breakOff = call.breakOff
        try await call.run(to: try WebSocketURL("ws://127.0.0.1:\(port)/ws")) { line in
            if line.contains("connected") { breakOff() }
        }
        #expect(call.caller.report.problem == "the call was broken off")
        #expect(agent.commands == [#"{"type":"end"}"#])
        await server.stop()
    }

    @Test func nobodyThere() async throws {
        let server = WebSocketServer(
            configuration: ServerConfiguration(port: 0), delegate: OpenDoor(ScriptedAgent(after: 0, [])))
        let port = try await server.start()
        await server.stop()
        let plan = Caller.Plan(recording: .ms(100), endOfSpeech: .ms(100), patience: .seconds(60), interruptAt: nil)
        let call = PhoneCall([1], plan: plan)
        await #expect(throws: CallError.self) {
            try await call.run(to: try WebSocketURL("ws://127.0.0.1:\(port)/ws")) { _ in }
        }
    }
}

import Network
import Support
import Testing

extension NetworkTests {
    @Suite struct Liveness {
        @Test func aClientThatAnswersPingsStays() async throws {
            let recorder = Recorder()
            let change: (inout ServerConfiguration) -> Void = {
                $0.sockets.pingInterval = .milliseconds(50)
                $0.sockets.pongTimeout = .seconds(5)
            }
            try await serving(recorder, change) { port in
                let client = try Client(port: port)
                try client.handshake()
                for _ in 0..<5 {
                    let ping = try client.frame()
                    #expect(ping.opcode == 9)
                    try client.send(Frame(opcode: 10, payload: ping.payload))
                }
                #expect(recorder.closings.isEmpty)
                try client.send(.close(1000))
                #expect(await recorder.closing() == .byPeer(code: 1000))
            }
        }

        @Test func aClientThatDoesNotAnswerAPingIsDeadEvenIfItTalks() async throws {
            let recorder = Recorder()
            let change: (inout ServerConfiguration) -> Void = {
                $0.sockets.pingInterval = .milliseconds(50)
                $0.sockets.pongTimeout = .milliseconds(100)
            }
            try await serving(recorder, change) { port in
                let client = try Client(port: port)
                try client.handshake()
                try client.send(.text("hello"))
                #expect(try client.frame().opcode == 9)
                #expect(await recorder.closing() == .dead)
                #expect(throws: ClientError.self) { try client.frame() }
            }
        }

        @Test func theHeartbeatGoesOnWithoutTraffic() async throws {
            let delegate = Delegate { _ in .refuse(HTTPResponse(status: 403, text: "no")) }
            try await serving(delegate) { _, server in
                let first = server.lastTurn
                #expect(first > 0)
                let later = await eventually { server.lastTurn > first + 50_000_000 ? server.lastTurn : nil }
                #expect(later != nil)
            }
        }

        @Test func twoHundredAtOnce() async throws {
            try await serving(Delegate { _ in .accept(subprotocol: nil, handler: Recorder.echo()) }) { port, server in
                let clients = try (0..<200).map { _ in try Client(port: port) }
                for client in clients { try client.send(Client.upgrade()) }
                for client in clients { #expect(try client.answer().status == 101) }
                for (index, client) in clients.enumerated() { try client.send(.text("I am \(index)")) }
                for (index, client) in clients.enumerated() { #expect(try client.frame().text == "I am \(index)") }
                #expect(server.openSockets >= 200)
            }
        }

        @Test func aSilentSocketIsDroppedAndSoIsADrippingOne() async throws {
            let delegate = Delegate { _ in .refuse(HTTPResponse(status: 403, text: "no")) }
            try await serving(delegate, { $0.sockets.handshakeTimeout = .milliseconds(150) }) { port, _ in
                let silent = try Client(port: port)
                #expect(try silent.readToEnd().isEmpty)
                let dripping = try Client(port: port)
                let dropped = await eventually {
                    do { try dripping.send([65]) } catch { return true }
                    return nil
                }
                #expect(dropped == true)
            }
        }

        @Test func silentSocketsDoNotKeepOthersOut() async throws {
            try await serving(Recorder.echo(), { $0.maxConnections = 8 }) { port in
                // More than the limit and all who may wait beyond it.
                let silent = try (0..<80).map { _ in try Client(port: port) }
                let entered = await eventually { () -> Bool? in
                    guard let client = try? Client(port: port) else { return nil }
                    return try? client.handshake().status == 101 ? true : nil
                }
                #expect(entered == true)
                #expect(try silent[0].readToEnd().isEmpty)
            }
        }
    }
}

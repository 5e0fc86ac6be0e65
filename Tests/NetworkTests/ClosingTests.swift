import Network
import Support
import Testing

extension NetworkTests {
    @Suite struct Closing {
        @Test func theClientsCodeIsReported() async throws {
            let recorder = Recorder()
            try await serving(recorder) { port in
                let client = try Client(port: port)
                try client.handshake()
                try client.send(.close(4001))
                #expect(try client.frame().code == 4001)
                #expect(await recorder.closing() == .byPeer(code: 4001))
                #expect(recorder.connection?.send(.text("late")) == false)
            }
        }

        @Test func aCloseComesAfterWhatIsQueued() async throws {
            let recorder = Recorder { heard, connection in
                guard heard == .text("bye") else { return }
                for index in 0..<100 { _ = connection.send(.text("\(index)")) }
                connection.close(code: 1008, reason: "enough")
                #expect(connection.send(.text("late")) == false)
            }
            try await serving(recorder) { port in
                let client = try Client(port: port)
                try client.handshake()
                try client.send(.text("bye"))
                for index in 0..<100 { #expect(try client.frame().text == "\(index)") }
                let last = try client.frame()
                #expect(last.code == 1008)
                #expect(last.text.hasSuffix("enough"))
                try client.send(.close(1008))
                #expect(await recorder.closing() == .closedHere(code: 1008))
                #expect(recorder.closings.count == 1)
            }
        }

        @Test func aCloseDoesNotWaitForAClientThatDoesNotAnswer() async throws {
            let recorder = Recorder { heard, connection in
                if heard == .opened { connection.close(code: 1000, reason: "") }
            }
            try await serving(recorder) { port in
                let client = try Client(port: port)
                try client.handshake()
                #expect(try client.frame().code == 1000)
                #expect(await recorder.closing() == .closedHere(code: 1000))
            }
        }

        @Test(arguments: [true, false])
        func vanishingInTheMiddleOfAFrameHarmsNobodyElse(withReset: Bool) async throws {
            let vanishing = Recorder()
            let staying = Recorder.echo()
            let delegate = Delegate { request in
                .accept(subprotocol: nil, handler: request.path == "/ws" ? vanishing : staying)
            }
            try await serving(delegate) { port, _ in
                let other = try Client(port: port)
                try other.handshake("/")
                let client = try Client(port: port)
                try client.handshake("/ws")
                try client.send(Array(Frame.binary([UInt8](repeating: 1, count: 600)).bytes.prefix(300)))
                if withReset { client.reset() } else { client.close() }
                #expect(await vanishing.closing() == .byPeer(code: nil))
                #expect(vanishing.heard == [.opened, .closed(.byPeer(code: nil))])
                try other.send(.text("still here"))
                #expect(try other.frame().text == "still here")
            }
        }

        @Test func stopClosesEverybodyWith1001AndTheServerMayStartAgain() async throws {
            let recorders = (0..<20).map { _ in Recorder.echo() }
            let waiting = Locked(recorders)
            let delegate = Delegate { _ in .accept(subprotocol: nil, handler: waiting.withLock { $0.removeLast() }) }
            let server = WebSocketServer(configuration: ServerConfiguration(port: 0), delegate: delegate)
            let port = try await server.start()
            let clients = try (0..<20).map { _ in try Client(port: port) }
            for client in clients { try client.handshake() }
            let silent = try Client(port: port)
            try silent.request("HEAD /")
            #expect(try silent.answer(hasBody: false).status == 404)
            #expect(await eventually { server.openSockets == 21 ? true : nil } == true)
            let begin = MonotonicClock.nanoseconds()
            await server.stop()
            #expect(MonotonicClock.nanoseconds() - begin < 4_000_000_000)
            for client in clients { #expect(try client.frame().code == 1001) }
            for recorder in recorders { #expect(recorder.closings == [.serverStopping]) }
            #expect(throws: ClientError.self) { try silent.read(1) }
            #expect(throws: ClientError.self) { try Client(port: port) }
            #expect(server.openSockets == 0)

            waiting.withLock { $0 = [.echo()] }
            let client = try Client(port: try await server.start())
            try client.handshake()
            try client.send(.text("again"))
            #expect(try client.frame().text == "again")
            await server.stop()
            await server.stop()
        }
    }
}

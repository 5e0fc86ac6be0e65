import Network
import Support
import Testing

extension NetworkTests {
    @Suite struct OutgoingConnections {
        @Test(
            "names and addresses of both families reach a server",
            arguments: [("127.0.0.1", "127.0.0.1"), ("127.0.0.1", "localhost"), ("::1", "[::1]")])
        func reaches(listening: String, calling: String) async throws {
            let delegate = Delegate { _ in .accept(subprotocol: nil, handler: Recorder.echo()) }
            try await serving(delegate, { $0.host = listening }) { port, _ in
                try await onTheLine("ws://\(calling):\(port)/ws") { connection, recorder in
                    let large = [UInt8](repeating: 7, count: 60_000)
                    #expect(connection.send(.text("hällo")) && connection.send(.binary(large, tag: 1)))
                    #expect(await eventually { recorder.heard.count == 3 ? true : nil } == true)
                    #expect(recorder.heard == [.opened, .text("hällo"), .binary(large)])
                    #expect(delegate.requests.first?.headers["host"] == "\(calling):\(port)")
                }
            }
        }

        @Test func theHandshakeSaysWhatItIsToldAndNothingElse() async throws {
            let heads = Locked<[String]>([])
            let server = try ScriptedServer { caller in
                let head = try caller.welcome(["Sec-WebSocket-Protocol: beta"])
                heads.withLock { $0.append(head) }
                caller.send(.text("hi"))
                #expect(try caller.frame() == .text("ho"))
            }
            let client = WebSocketClient()
            let recorder = Recorder { heard, connection in if heard == .text("hi") { _ = connection.send(.text("ho")) }
            }
            let url = try WebSocketURL("ws://127.0.0.1:\(server.port)/a/b?c=d%20e")
            let connection = try await client.connect(
                to: url, subprotocols: ["alpha", "beta"], headers: [("Authorization", "Token x"), ("X-One", "1")],
                handler: recorder)
            #expect(connection.subprotocol == "beta")
            #expect(await server.end() == nil)
            #expect(await recorder.closing() == .byPeer(code: nil))
            await client.stop()
            let lines = heads.withLock { $0 }.joined().split(separator: "\r\n").map(String.init)
            #expect(lines.first == "GET /a/b?c=d%20e HTTP/1.1")
            for line in [
                "Host: 127.0.0.1:\(server.port)", "Authorization: Token x", "X-One: 1",
                "Sec-WebSocket-Protocol: alpha, beta", "Sec-WebSocket-Version: 13",
            ] { #expect(lines.contains(line), "\(line)") }
            let names = lines.dropFirst().compactMap { $0.split(separator: ":").first?.lowercased() }
            for name in ["origin", "sec-websocket-extensions"] { #expect(!names.contains(name)) }
        }

        @Test func aServerThatSelectsNothingIsFine() async throws {
            let server = try ScriptedServer { caller in
                try caller.welcome()
                #expect(try caller.frame().code == 1000)
                caller.send(.close(1000))
            }
            let client = WebSocketClient()
            let recorder = Recorder()
            let url = try WebSocketURL("ws://127.0.0.1:\(server.port)")
            let connection = try await client.connect(to: url, subprotocols: ["alpha"], handler: recorder)
            #expect(connection.subprotocol == nil)
            connection.close(code: 1000, reason: "")
            #expect(await recorder.closing() == .closedHere(code: 1000))
            #expect(await server.end() == nil)
            #expect(!connection.send(.text("too late")))
            await client.stop()
        }

        @Test(
            "what answers, but not as a WebSocket",
            arguments: [
                ("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnope", 404),
                ("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\n\r\n", 503),
                ("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", 401),
                ("HTTP/1.1 301 Moved\r\nLocation: ws://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", 301),
                ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 200),
                (
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: c29tZXRoaW5nIGVsc2UgZXQ=\r\n\r\n", nil
                ),
            ] as [(String, Int?)])
        func refusals(answer: String, status: Int?) async throws {
            let server = try ScriptedServer { caller in
                _ = try caller.head()
                caller.send(answer)
                _ = try? caller.read(1)
            }
            let error = await failure("ws://127.0.0.1:\(server.port)/x")
            #expect(error?.kind == .notWebSocket(status: status))
            #expect(error?.description.contains("ws://127.0.0.1:\(server.port)/x") == true)
        }

        @Test("what answers with no HTTP, or hangs up", arguments: ["SSH-2.0-OpenSSH_9.2\r\n\r\n", ""])
        func noHTTP(answer: String) async throws {
            let server = try ScriptedServer { caller in
                _ = try caller.head()
                caller.send(answer)
            }
            let error = try #require(await failure("ws://127.0.0.1:\(server.port)/"))
            #expect(error.kind == .notWebSocket(status: nil) || error.kind == .unreachable)
        }

        @Test func nobodyThere() async throws {
            let port = try closedPort()
            let refused = try #require(await failure("ws://127.0.0.1:\(port)/"))
            #expect(refused.kind == .unreachable)
            #expect(refused.description.contains("ws://127.0.0.1:\(port)/"))
            let nameless = try #require(await failure("ws://no-such-machine.invalid/"))
            #expect(nameless.kind == .nameNotFound)
            #expect(nameless.description.contains("no-such-machine.invalid"))
        }

        @Test func aServerThatSaysNothingTimesOut() async throws {
            let server = try ScriptedServer { caller in
                _ = try caller.head()
                // The client hangs up.
                #expect(throws: ClientError.ended) { try caller.read(1) }
            }
            let begin = MonotonicClock.nanoseconds()
            let error = await failure("ws://127.0.0.1:\(server.port)/", timeout: .milliseconds(200))
            #expect(error?.kind == .timedOut)
            #expect(MonotonicClock.nanoseconds() - begin < 4_000_000_000)
            #expect(await server.end() == nil)
        }

        @Test func theServersCloseCodeArrives() async throws {
            let server = try ScriptedServer { caller in
                try caller.welcome()
                caller.send(.close(1011))
                #expect(try caller.frame().code == 1011)
            }
            try await onTheLine("ws://127.0.0.1:\(server.port)") { _, recorder in
                #expect(await recorder.closing() == .byPeer(code: 1011))
            }
            #expect(await server.end() == nil)
        }

        @Test func badHeadersNeverLeave() async throws {
            let client = WebSocketClient()
            let url = try WebSocketURL("ws://127.0.0.1:1/")
            let cases: [([String], [(String, String)])] = [
                (["a b"], []), ([], [("X: y\r\nZ", "1")]), ([], [("X", "1\r\nY: 2")]), ([], [("", "1")]),
            ]
            for (subprotocols, headers) in cases {
                await #expect(throws: Network.ClientError.self) {
                    try await client.connect(
                        to: url, subprotocols: subprotocols, headers: headers, handler: Recorder())
                }
            }
            #expect(client.openSockets == 0)
        }

        @Test func stopEndsWhatIsOpenAndWhatIsBeingOpened() async throws {
            let isAsked = Locked(false)
            let silent = try ScriptedServer { caller in
                _ = try caller.head()
                isAsked.withLock { $0 = true }
                #expect(throws: ClientError.ended) { try caller.read(1) }
            }
            let client = WebSocketClient()
            let there = Recorder()
            try await serving(there) { port in
                let recorder = Recorder()
                let url = try WebSocketURL("ws://127.0.0.1:\(port)/")
                _ = try await client.connect(to: url, handler: recorder)
                let waiting = Recorder()
                let silentURL = try WebSocketURL("ws://127.0.0.1:\(silent.port)/")
                async let pending = client.connect(to: silentURL, handler: waiting)
                #expect(await eventually { isAsked.withLock { $0 } ? true : nil } == true)
                #expect(client.openSockets == 2)
                await client.stop()
                do {
                    _ = try await pending
                    Issue.record("it was opened")
                } catch let error as Network.ClientError {
                    #expect(error.kind == .stopped)
                }
                #expect(recorder.closings == [.closedHere(code: 1001)])
                #expect(waiting.heard.isEmpty)
                #expect(await there.closing() == .byPeer(code: 1001))
                #expect(client.openSockets == 0)
                // And it may be used again.
                _ = try await client.connect(to: url, handler: Recorder())
                await client.stop()
            }
            #expect(await silent.end() == nil)
        }

        // MARK: Help

        private func onTheLine(
            _ text: String, _ body: (Connection, Recorder) async throws -> Void
        ) async throws {
            let client = WebSocketClient()
            let recorder = Recorder()
            let connection = try await client.connect(to: try WebSocketURL(text), handler: recorder)
            do {
                try await body(connection, recorder)
            } catch {
                await client.stop()
                throw error
            }
            await client.stop()
        }

        /// How `connect` fails; nil when it does not. A handler of what failed hears nothing.
        private func failure(
            _ text: String, timeout: Duration = .seconds(5)
        ) async -> Network.ClientError? {
            var configuration = ClientConfiguration()
            configuration.sockets.handshakeTimeout = timeout
            configuration.sockets.tick = .milliseconds(20)
            let client = WebSocketClient(configuration: configuration)
            let recorder = Recorder()
            var failure: Network.ClientError?
            do throws(Network.ClientError) {
                _ = try await client.connect(to: try WebSocketURL(text), handler: recorder)
            } catch {
                failure = error
            }
            #expect(recorder.heard.isEmpty)
            #expect(client.openSockets == 0)
            await client.stop()
            return failure
        }

        /// A port that was free a moment ago.
        private func closedPort() throws -> Int {
            try ScriptedServer { _ in }.port
        }
    }
}

@Suite struct WebSocketURLTests {
    @Test(arguments: [
        ("ws://127.0.0.1:8080/ws", "127.0.0.1", 8080, "/ws", "127.0.0.1:8080"),
        ("WS://Example.org", "Example.org", 80, "/", "Example.org"),
        ("ws://a:1?x=y", "a", 1, "/?x=y", "a:1"),
        ("ws://[::1]:9/a?b", "::1", 9, "/a?b", "[::1]:9"),
        ("ws://[fe80::1]", "fe80::1", 80, "/", "[fe80::1]"),
    ])
    func isRead(text: String, host: String, port: Int, target: String, authority: String) throws {
        let url = try WebSocketURL(text)
        #expect(url.host == host && url.port == port && url.target == target && url.authority == authority)
        #expect(try WebSocketURL(url.description) == url)
    }

    @Test(arguments: [
        "", "127.0.0.1:8080", "http://a/", "wss://a/", "ws://", "ws:///x", "ws://:80", "ws://a:", "ws://a:0",
        "ws://a:65536",
        "ws://a:99999999999999999999", "ws://a:+1", "ws://a:8 0", "ws://a b", "ws://u@a", "ws://u:p@a", "ws://a#b",
        "ws://[::1",
        "ws://[::1]x", "ws://[x]", "ws://[]", "ws://::1", "ws://a/\r\nX: y", "ws://ä/", "ws://a/ä", "ws://a!b",
    ])
    func isRefused(text: String) {
        #expect(throws: Network.ClientError.self) { try WebSocketURL(text) }
    }
}

import Network
import Support
import Testing

/// One after another: these tests wait on sockets, and the process has as many threads for that as cores.
@Suite(.serialized) struct NetworkTests {}

extension NetworkTests {
    @Suite struct Handshakes {
        @Test func theClassicClientOffersNothingAndGetsNothing() async throws {
            let delegate = Delegate { _ in .accept(subprotocol: nil, handler: Recorder()) }
            try await serving(delegate, { $0.subprotocols = ["voiced.v1"] }) { port, _ in
                let client = try Client(port: port)
                let extensions = ("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits")
                let answer = try client.handshake("/ws?resume=abc", [extensions, ("Origin", "http://a")])
                #expect(answer.status == 101)
                #expect(answer.headers["sec-websocket-accept"] == Client.accept)
                #expect(answer.headers["sec-websocket-protocol"] == nil)
                #expect(answer.headers["sec-websocket-extensions"] == nil)
                let request = try #require(delegate.requests.first)
                #expect(request.method == "GET" && request.path == "/ws" && request.query == "resume=abc")
                #expect(request.headers["origin"] == "http://a" && request.peer == "127.0.0.1")
            }
        }

        @Test(
            "the delegate selects among what is offered and known; the rest is classic",
            arguments: [
                ("voiced.v1", "voiced.v1", "voiced.v1"),
                ("voiced.v1, ticket.\(String(repeating: "x", count: 300))", "voiced.v1", "voiced.v1"),
                ("graphql-ws, mqtt", nil, nil),
                ("graphql-ws", "graphql-ws", nil),
                ("mqtt", "voiced.v1", nil),
                ("voiced.v1", nil, nil),
            ] as [(String, String?, String?)])
        func subprotocols(offered: String, chosen: String?, selected: String?) async throws {
            let delegate = Delegate { _ in .accept(subprotocol: chosen, handler: Recorder.echo()) }
            try await serving(delegate, { $0.subprotocols = ["voiced.v1"] }) { port, _ in
                let client = try Client(port: port)
                let answer = try client.handshake("/", [("Sec-WebSocket-Protocol", offered)])
                #expect(answer.status == 101)
                #expect(answer.headers["sec-websocket-protocol"] == selected)
                #expect(delegate.requests.first?.headers["sec-websocket-protocol"] == offered)
                try client.send(.text("hello"))
                #expect(try client.frame().text == "hello")
            }
        }

        @Test func aRefusalIsAWholeHTTPAnswer() async throws {
            let delegate = Delegate { request in
                request.path == "/full"
                    ? .refuse(HTTPResponse(status: 503, headers: [("Retry-After", "7")], text: "full"))
                    : .refuse(HTTPResponse(status: 403, text: "not from \(request.headers["origin"] ?? "")"))
            }
            try await serving(delegate) { port, _ in
                let client = try Client(port: port)
                let answer = try client.handshake("/", [("Origin", "http://evil")])
                #expect(answer.status == 403)
                #expect(answer.headers["content-length"] == "21" && answer.headers["connection"] == "close")
                #expect(String(decoding: answer.body, as: UTF8.self) == "not from http://evil\n")
                #expect(try client.readToEnd().isEmpty)
                let other = try Client(port: port)
                let full = try other.handshake("/full")
                #expect(full.status == 503 && full.headers["retry-after"] == "7")
            }
        }

        @Test(
            "a handshake that is not in order is told why",
            arguments: [
                ([("Sec-WebSocket-Version", "8")], 426),
                ([("Sec-WebSocket-Key", "short")], 400),
                ([("Sec-WebSocket-Key", "")], 400),
                ([("Connection", "keep-alive")], 400),
                ([("Host", "")], 400),
                ([("Content-Length", "5")], 400),
                // Not a WebSocket: a page that does not exist. "h2c" must not reach the library.
                ([("Upgrade", "h2c"), ("HTTP2-Settings", "AAMAAABkAAQAAP__")], 404),
                ([("Upgrade", "something-else")], 404),
            ])
        func malformed(headers: [(String, String)], status: Int) async throws {
            let delegate = Delegate { _ in .accept(subprotocol: nil, handler: Recorder()) }
            try await serving(delegate) { port, _ in
                let client = try Client(port: port)
                #expect(try client.handshake("/", headers).status == status)
            }
        }

        @Test func aFullServerSaysSoBeforeTheUpgrade() async throws {
            let recorder = Recorder.echo()
            try await serving(recorder, { $0.maxConnections = 2 }) { port in
                let inside = try (0..<2).map { _ in try Client(port: port) }
                for client in inside { #expect(try client.handshake().status == 101) }
                let outside = try Client(port: port)
                let answer = try outside.handshake()
                #expect(answer.status == 503 && answer.headers["retry-after"] != nil)
                inside[0].close()
                #expect(await recorder.closing() == .byPeer(code: nil))
                #expect(try outside.readToEnd().isEmpty)
                let next = await eventually { try? Client(port: port).handshake().status == 101 ? true : nil }
                #expect(next == true)
            }
        }
    }
}

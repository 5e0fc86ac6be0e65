import Network
import Testing

extension NetworkTests {
    @Suite struct Pages {
        static let page = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }

        static let delegate = Delegate { request in
            switch request.path {
            case "/": HTTPResponse(status: 200, contentType: "text/html; charset=utf-8", body: page)
            case "/big": HTTPResponse(status: 200, contentType: "x/y", body: .init(repeating: 1, count: 1 << 20))
            case "/own":
                HTTPResponse(
                    status: 200, contentType: "x/y", headers: [("Cache-Control", "max-age=1"), ("X", "a\r\nY: b")],
                    body: [])
            default: HTTPResponse(status: 404, text: "no such page")
            }
        } decision: { _ in
            .accept(subprotocol: nil, handler: Recorder.echo())
        }

        @Test func theSamePathIsAPageAndAWebSocket() async throws {
            try await serving(Self.delegate) { port, _ in
                let client = try Client(port: port, receiveBuffer: 4096)
                try client.request("GET /")
                let answer = try client.answer()
                #expect(answer.status == 200 && answer.body == Self.page)
                #expect(answer.headers["content-type"] == "text/html; charset=utf-8")
                #expect(answer.headers["content-length"] == "300000")
                #expect(answer.headers["cache-control"] == "no-store")
                #expect(answer.headers["x-content-type-options"] == "nosniff")
                #expect(answer.headers["connection"] == "keep-alive")
                // And on the socket that was kept alive.
                #expect(try client.handshake().status == 101)
                try client.send(.text("now a socket"))
                #expect(try client.frame().text == "now a socket")
            }
        }

        @Test func requestsOnOneSocketAreAnsweredInOrder() async throws {
            try await serving(Self.delegate) { port, _ in
                let client = try Client(port: port)
                try client.request("HEAD /")
                try client.request("GET /nowhere")
                try client.request("GET /big")
                try client.request("GET /own")
                try client.request("DELETE /")
                let head = try client.answer(hasBody: false)
                #expect(head.status == 200 && head.headers["content-length"] == "300000")
                let missing = try client.answer()
                #expect(missing.status == 404 && String(decoding: missing.body, as: UTF8.self) == "no such page\n")
                #expect(try client.answer().body.count == 1 << 20)
                let own = try client.answer()
                #expect(own.headers["cache-control"] == "max-age=1" && own.headers["y"] == nil)
                let wrong = try client.answer()
                #expect(wrong.status == 405 && wrong.headers["allow"] == "GET, HEAD")
            }
        }

        @Test func aBodyIsNotTakenForTheNextRequest() async throws {
            try await serving(Self.delegate) { port, _ in
                let client = try Client(port: port)
                try client.request("POST /", [("Content-Length", "30000")])
                try client.send([UInt8](repeating: 65, count: 10_000))
                let answer = try client.answer()
                #expect(answer.status == 405 && answer.headers["connection"] == "close")
                #expect(try client.readToEnd().isEmpty)
            }
        }

        @Test(arguments: [
            ("GARBAGE\r\n\r\n", 400), ("GET / HTTP/3.0\r\nHost: a\r\n\r\n", 505), ("GET / HTTP/1.1\r\n\r\n", 400),
            ("GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: a\r\n b: c\r\n\r\n", 400),
            ("GET /\(String(repeating: "a", count: 17_000)) HTTP/1.1\r\nHost: a\r\n\r\n", 431),
        ])
        func whatIsNotHTTPIsRefused(bytes: String, status: Int) async throws {
            try await serving(Self.delegate) { port, _ in
                let client = try Client(port: port)
                try client.send(Array(bytes.utf8))
                let answer = try client.answer()
                #expect(answer.status == status && answer.headers["connection"] == "close")
                #expect(try client.readToEnd().isEmpty)
            }
        }
    }

    @Suite struct Starting {
        private func server(_ host: String, _ port: Int) -> WebSocketServer {
            WebSocketServer(configuration: ServerConfiguration(host: host, port: port), delegate: Pages.delegate)
        }

        @Test func aPortInUseIsNamed() async throws {
            try await serving(Pages.delegate) { port, running in
                let second = server("127.0.0.1", port)
                let error = await #expect(throws: ServerError.self) { try await second.start() }
                #expect(error?.kind == .portInUse)
                #expect(error?.description.contains("port \(port) on 127.0.0.1 is already in use") == true)
                let again = await #expect(throws: ServerError.self) { try await running.start() }
                #expect(again?.kind == .alreadyRunning)
            }
        }

        @Test(arguments: ["192.0.2.1", "no-such-host.invalid", ""])
        func anAddressThatIsNotHereIsNamed(host: String) async throws {
            let error = await #expect(throws: ServerError.self) { try await server(host, 0).start() }
            #expect(error?.kind == .addressUnavailable)
            #expect(error?.description.contains("cannot listen on \(host)") == true)
        }

        @Test(arguments: ["127.0.0.1", "localhost", "0.0.0.0", "::"])
        func theseHostsAnswerOnLoopback(host: String) async throws {
            let server = server(host, 0)
            let port = try await server.start()
            let client = try Client(port: port)
            try client.request("HEAD /")
            #expect(try client.answer(hasBody: false).status == 200)
            await server.stop()
        }

        @Test func loopbackMeansLoopback() async throws {
            // The whole of 127/8 is this machine, so another address of it stands for another interface.
            let first = server("127.0.0.2", 0)
            let port = try await first.start()
            #expect(throws: ClientError.self) { try Client(port: port) }
            await first.stop()
        }
    }
}

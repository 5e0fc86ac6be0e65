// The WebSocket handshake (RFC 6455 §4.2) up to the point where libwebsockets takes over. What the client wrote never
// reaches the library's HTTP parser: it gets a request that is written here, with the key and nothing else of it. That
// keeps its "Upgrade:" handling (CVE-2025-11677) and its HTTP/2 code out of reach, and lets a client that offers only
// unknown subprotocols in, which libwebsockets 4.1.6 would drop without an answer.

struct Handshake: Equatable {
    enum Check {
        /// A request for a page: it asks for no upgrade, or for one that nobody here knows (RFC 9110 §7.8: ignored).
        case notOne
        case valid(Handshake)
        case refused(HTTPResponse)
    }

    /// "Sec-WebSocket-Key", checked.
    let key: String
    /// What the client offers, in its order of preference.
    let offered: [String]

    static func check(_ head: HTTPHead) -> Check {
        guard head.lists("websocket", in: "upgrade"), head.method == "GET" else { return .notOne }
        guard head.isHTTP11, head.lists("upgrade", in: "connection") else {
            return .refused(HTTPResponse(status: 400, text: "A WebSocket handshake says \"Connection: Upgrade\"."))
        }
        guard !head.hasBody else {
            return .refused(HTTPResponse(status: 400, text: "A WebSocket handshake has no body."))
        }
        guard head.headers["sec-websocket-version"] == "13" else {
            return .refused(
                HTTPResponse(
                    status: 426, headers: [("Sec-WebSocket-Version", "13"), ("Upgrade", "websocket")],
                    text: "This server speaks WebSocket version 13."))
        }
        guard let key = head.headers["sec-websocket-key"], isKey(key) else {
            return .refused(HTTPResponse(status: 400, text: "The Sec-WebSocket-Key is not 16 bytes in base64."))
        }
        return .valid(Handshake(key: key, offered: head.list("sec-websocket-protocol")))
    }

    /// The request that libwebsockets gets to see.
    func request(selecting subprotocol: String?) -> [UInt8] {
        let selection = subprotocol.map { "Sec-WebSocket-Protocol: \($0)\r\n" } ?? ""
        return Array(
            """
            GET / HTTP/1.1\r
            Host: voiced\r
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: \(key)\r
            \(selection)\r

            """.utf8)
    }

    /// 16 bytes are 22 characters of base64 and two of padding.
    private static func isKey(_ key: String) -> Bool {
        key.utf8.count == 24 && key.hasSuffix("==")
            && key.utf8.dropLast(2).allSatisfy { byte in
                switch byte {
                case 48...57, 65...90, 97...122, 43, 47: true
                default: false
                }
            }
    }
}

// Requests and answers of plain HTTP/1.1 as values. Reading one from bytes is `HTTPHead`'s business.

/// A request without its body.
package struct HTTPRequest: Sendable, Equatable {
    package var method: String
    /// As sent, not percent-decoded; begins with "/".
    package var path: String
    /// What follows the "?", as sent; nil without one.
    package var query: String?
    /// All headers by lower-cased name; several of one name are joined with ", ".
    package var headers: [String: String]
    /// The client's address without port: "127.0.0.1", "::1".
    package var peer: String

    package init(method: String, path: String, query: String?, headers: [String: String], peer: String) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.peer = peer
    }
}

/// An answer. Content-Length, Connection, Cache-Control and X-Content-Type-Options are added where it does not say them.
package struct HTTPResponse: Sendable {
    package var status: Int
    package var contentType: String
    package var headers: [(String, String)]
    package var body: [UInt8]

    package init(status: Int, contentType: String, headers: [(String, String)] = [], body: [UInt8]) {
        self.status = status
        self.contentType = contentType
        self.headers = headers
        self.body = body
    }

    /// A sentence as plain text.
    package init(status: Int, headers: [(String, String)] = [], text: String) {
        self.init(
            status: status, contentType: "text/plain; charset=utf-8", headers: headers, body: Array("\(text)\n".utf8))
    }

    static let full = HTTPResponse(
        status: 503, headers: [("Retry-After", "5")], text: "The server is full. Try again in a moment.")

    /// The bytes on the wire.
    func rendered(keepAlive: Bool, withBody: Bool) -> [UInt8] {
        var lines = ["HTTP/1.1 \(status) \(Self.phrase(status))", "Content-Type: \(contentType)"]
        lines += headers.map { "\($0.0): \($0.1)" }
        let given = Set(headers.map { $0.0.lowercased() })
        let defaults = [
            ("Content-Length", String(body.count)), ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"), ("Connection", keepAlive ? "keep-alive" : "close"),
        ]
        for (name, value) in defaults where !given.contains(name.lowercased()) {
            lines.append("\(name): \(value)")
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(body.count + 512)
        for line in lines {
            // A line end within a value would be a header of its own.
            bytes += line.utf8.lazy.filter { $0 != 13 && $0 != 10 }
            bytes += [13, 10]
        }
        bytes += [13, 10]
        if withBody { bytes += body }
        return bytes
    }

    private static func phrase(_ status: Int) -> String {
        let phrases = [
            200: "OK", 204: "No Content", 301: "Moved Permanently", 302: "Found", 304: "Not Modified",
            400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
            408: "Request Timeout", 413: "Content Too Large", 414: "URI Too Long", 426: "Upgrade Required",
            429: "Too Many Requests", 431: "Request Header Fields Too Large", 500: "Internal Server Error",
            501: "Not Implemented", 503: "Service Unavailable", 505: "HTTP Version Not Supported",
        ]
        return phrases[status] ?? "Status"
    }
}

// The address of a WebSocket, read strictly: what is unclear is refused, not guessed.

/// A `ws://` address.
package struct WebSocketURL: Sendable, Equatable, CustomStringConvertible {
    /// A name or an address; IPv6 without its brackets.
    package let host: String
    /// 1 to 65535.
    package let port: Int
    /// Path and query as they are sent; begins with "/".
    package let target: String

    /// Reads an address such as "ws://127.0.0.1:8080/ws".
    package init(_ text: String) throws(ClientError) {
        func refuse(_ why: String) -> ClientError {
            ClientError(kind: .badURL, description: "\"\(text)\" is no address of a WebSocket: \(why)")
        }
        // Printable ASCII only: anything else would have to be encoded first, and could end a header's line.
        guard text.utf8.allSatisfy({ (33...126).contains($0) }) else {
            throw refuse("it has a space or another character that addresses do not have")
        }
        let parts = text.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw refuse("write ws://host:port/path") }
        switch parts[0].lowercased() {
        case "ws": break
        case "wss": throw refuse("this client does not speak TLS, so it has to begin with ws://")
        default: throw refuse("it has to begin with ws://")
        }
        guard !parts[1].contains("#") else { throw refuse("it must not have a fragment (#)") }
        let end = parts[1].firstIndex { $0 == "/" || $0 == "?" } ?? parts[1].endIndex
        let authority = parts[1][..<end]
        let rest = parts[1][end...]
        guard !authority.contains("@") else { throw refuse("it must not hold a user name or password") }
        guard let (host, port) = Self.split(authority) else { throw refuse("\"\(authority)\" is no host and port") }
        self.host = host
        self.port = port
        target = rest.hasPrefix("/") ? String(rest) : "/\(rest)"
    }

    /// Host and port as one writes them, and as the Host header has them.
    package var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == 80 ? name : "\(name):\(port)"
    }

    package var description: String { "ws://\(authority)\(target)" }

    private static func split(_ authority: Substring) -> (host: String, port: Int)? {
        let host: Substring
        var rest: Substring
        if authority.hasPrefix("[") {
            guard let bracket = authority.firstIndex(of: "]") else { return nil }
            host = authority[..<bracket].dropFirst()
            guard host.contains(":"), host.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else { return nil }
            rest = authority[bracket...].dropFirst()
        } else {
            let colon = authority.firstIndex(of: ":") ?? authority.endIndex
            host = authority[..<colon]
            guard host.allSatisfy({ $0.isLetter || $0.isNumber || "-._".contains($0) }) else { return nil }
            rest = authority[colon...]
        }
        guard !host.isEmpty, host.utf8.count <= 253 else { return nil }
        if rest.isEmpty { return (String(host), 80) }
        guard rest.removeFirst() == ":", rest.allSatisfy(\.isNumber), let port = Int(rest), (1...65_535).contains(port)
        else { return nil }
        return (String(host), port)
    }
}

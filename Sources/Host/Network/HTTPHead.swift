// Reads the head of an HTTP/1.1 request (RFC 9112) from bytes, strictly: what is unclear is refused, not guessed. A
// value; no sockets. Bodies are not read: nothing here takes one.

struct HTTPHead: Equatable {
    enum Reading: Equatable {
        /// The head's end has not come yet.
        case incomplete
        case refused(status: Int, String)
        /// A head and the number of bytes it took.
        case complete(HTTPHead, length: Int)
    }

    static let maxBytes = 16 * 1024
    static let maxHeaders = 100

    var method: String
    var path: String
    var query: String?
    var headers: [String: String]
    var isHTTP11: Bool

    /// Whether the client sends something after the head, which would be taken for the next request.
    var hasBody: Bool {
        headers["transfer-encoding"] != nil || !["0", nil].contains(headers["content-length"])
    }

    var keepsAlive: Bool {
        !hasBody && (isHTTP11 ? !lists("close", in: "connection") : lists("keep-alive", in: "connection"))
    }

    /// Whether a header that is a comma-separated list has this word in it, in whatever case.
    func lists(_ word: String, in name: String) -> Bool {
        list(name).contains { $0.lowercased() == word }
    }

    /// The words of a header that is a comma-separated list, as sent.
    func list(_ name: String) -> [String] {
        (headers[name] ?? "").split(separator: ",").map { trimmed($0.utf8) }.filter { !$0.isEmpty }
    }

    static func read(_ bytes: [UInt8]) -> Reading {
        guard let end = endOfHead(bytes) else {
            return bytes.count > maxBytes ? .refused(status: 431, "The request's head is too large.") : .incomplete
        }
        guard end <= maxBytes else { return .refused(status: 431, "The request's head is too large.") }
        var lines = bytes[..<(end - 4)].split(separator: 10, omittingEmptySubsequences: false)
        for index in lines.indices.dropLast() {
            guard lines[index].last == 13 else { return malformed }
            lines[index].removeLast()
        }
        // What is left of control characters could only be read in two ways by two readers.
        guard lines.allSatisfy({ $0.allSatisfy { ($0 >= 32 && $0 != 127) || $0 == 9 } }) else { return malformed }
        guard lines.count - 1 <= maxHeaders else { return .refused(status: 431, "The request has too many headers.") }
        return read(lines, length: end)
    }

    private static let malformed = Reading.refused(status: 400, "The request is not well-formed HTTP/1.1.")

    private static func read(_ lines: [ArraySlice<UInt8>], length: Int) -> Reading {
        guard let first = lines.first else { return malformed }
        let words = first.split(separator: 32, omittingEmptySubsequences: false)
        guard words.count == 3, isToken(words[0]), words[1].allSatisfy({ $0 > 32 }) else { return malformed }
        let target = words[1]
        let version = String(decoding: words[2], as: UTF8.self)
        guard version == "HTTP/1.1" || version == "HTTP/1.0" else {
            guard version.hasPrefix("HTTP/") else { return malformed }
            return .refused(status: 505, "This server speaks HTTP/1.1.")
        }
        guard target.first == 47 || target.elementsEqual([42]) else { return malformed }
        guard let headers = readHeaders(lines.dropFirst()) else { return malformed }
        guard version == "HTTP/1.0" || headers["host"] != nil else { return malformed }
        let parts = target.split(separator: 63, maxSplits: 1, omittingEmptySubsequences: false)
        let head = HTTPHead(
            method: String(decoding: words[0], as: UTF8.self), path: String(decoding: parts[0], as: UTF8.self),
            query: parts.count == 2 ? String(decoding: parts[1], as: UTF8.self) : nil, headers: headers,
            isHTTP11: version == "HTTP/1.1")
        return .complete(head, length: length)
    }

    private static func readHeaders(_ lines: ArraySlice<ArraySlice<UInt8>>) -> [String: String]? {
        var headers: [String: String] = [:]
        for line in lines {
            // A folded line begins with a space, so its name is no token.
            guard let colon = line.firstIndex(of: 58), isToken(line[..<colon]) else { return nil }
            let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
            let value = trimmed(line[(colon + 1)...])
            if let earlier = headers[name] {
                // Two of these mean that somebody in between reads another request than we do.
                guard !["host", "content-length", "sec-websocket-key"].contains(name) else { return nil }
                headers[name] = "\(earlier), \(value)"
            } else {
                headers[name] = value
            }
        }
        return headers
    }

    private static func endOfHead(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        var index = 3
        while index < bytes.count {
            if bytes[index] == 10 {
                if bytes[index - 2] == 10, bytes[index - 1] == 13, bytes[index - 3] == 13 { return index + 1 }
                index += 2
            } else {
                index += bytes[index] == 13 ? 1 : 2
            }
        }
        return nil
    }

    /// Whether these are the characters of a name (RFC 9110 §5.6.2).
    static func isToken(_ bytes: ArraySlice<UInt8>) -> Bool {
        !bytes.isEmpty
            && bytes.allSatisfy { byte in
                switch byte {
                case 48...57, 65...90, 97...122: true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }
}

private func trimmed(_ bytes: some BidirectionalCollection<UInt8>) -> String {
    func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }
    let start = bytes.drop(while: isSpace)
    guard let last = start.lastIndex(where: { !isSpace($0) }) else { return "" }
    return String(decoding: start[...last], as: UTF8.self)
}

// A WebSocket and HTTP client over a plain socket, with frames made by hand: it shares nothing with the server under
// test, and can break every rule.
import Glibc

struct Frame: Equatable, CustomStringConvertible {
    var opcode: UInt8
    var isFinal = true
    var payload: [UInt8]

    var text: String { String(decoding: payload, as: UTF8.self) }
    /// Of a close frame.
    var code: Int? { opcode == 8 && payload.count >= 2 ? Int(payload[0]) << 8 | Int(payload[1]) : nil }
    var description: String { "opcode \(opcode), \(payload.count) bytes, code \(code ?? 0), \(text.prefix(40))" }

    static func text(_ text: String) -> Frame { Frame(opcode: 1, payload: Array(text.utf8)) }
    static func binary(_ bytes: [UInt8]) -> Frame { Frame(opcode: 2, payload: bytes) }
    static func close(_ code: UInt16) -> Frame { Frame(opcode: 8, payload: [UInt8(code >> 8), UInt8(code & 255)]) }

    /// Masked, as a client must.
    var bytes: [UInt8] {
        var bytes = [(isFinal ? 128 : 0) | opcode]
        switch payload.count {
        case ..<126: bytes.append(128 | UInt8(payload.count))
        case ..<65536: bytes += [254, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
        default: bytes += [255] + (0..<8).reversed().map { UInt8(truncatingIfNeeded: payload.count >> ($0 * 8)) }
        }
        let mask: [UInt8] = [0x12, 0x34, 0x56, 0x78]
        return bytes + mask + payload.enumerated().map { $1 ^ mask[$0 & 3] }
    }
}

struct Answer {
    var status: Int
    var headers: [String: String]
    var body: [UInt8] = []
}

enum ClientError: Error, Equatable {
    case cannotConnect(Int32)
    case timeout
    case ended
    case notHTTP(String)
}

final class Client {
    static let key = "dGhlIHNhbXBsZSBub25jZQ=="
    /// RFC 6455 §1.3 gives the answer to that key.
    static let accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

    private let descriptor: Int32
    /// What has come and not been read begins at `start`.
    private var pending: [UInt8] = []
    private var start = 0
    private var isOpen = true

    /// A small `receiveBuffer` makes the server feel soon that this client does not read.
    init(port: Int, seconds: Int = 10, receiveBuffer: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if var size = receiveBuffer { setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, 4) }
        var limit = timeval(tv_sec: seconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        let failed = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if failed != 0 { throw ClientError.cannotConnect(errno) }
    }

    deinit { close() }

    func close() {
        if isOpen { Glibc.close(descriptor) }
        isOpen = false
    }

    /// Ends with a reset instead of a farewell.
    func reset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
        close()
    }

    // MARK: Bytes

    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.send(descriptor, buffer.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw ClientError.ended }
            sent += count
        }
    }

    func read(_ count: Int) throws -> [UInt8] {
        while pending.count - start < count { try fill() }
        defer { start += count }
        return Array(pending[start..<(start + count)])
    }

    /// Everything until the server shuts its side.
    func readToEnd() throws -> [UInt8] {
        while true {
            do { try fill() } catch ClientError.ended { break }
        }
        defer { start = pending.count }
        return Array(pending[start...])
    }

    private func fill() throws {
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        if count < 0, errno == EAGAIN { throw ClientError.timeout }
        guard count > 0 else { throw ClientError.ended }
        pending.removeFirst(start)
        start = 0
        pending += buffer[..<count]
    }

    // MARK: HTTP

    func request(_ line: String, _ headers: [(String, String)] = []) throws {
        let lines = ["\(line) HTTP/1.1", "Host: localhost"] + headers.map { "\($0): \($1)" }
        try send(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8))
    }

    func answer(hasBody: Bool = true) throws -> Answer {
        var head: [UInt8] = []
        while !head.suffix(4).elementsEqual([13, 10, 13, 10]) { head += try read(1) }
        let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n")
        let words = (lines.first ?? "").split(separator: " ")
        guard words.count >= 2, words[0] == "HTTP/1.1", let status = Int(words[1]) else {
            throw ClientError.notHTTP(String(decoding: head, as: UTF8.self))
        }
        var answer = Answer(status: status, headers: [:])
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            answer.headers[parts[0].lowercased()] = String((parts.last ?? "").drop { $0 == " " })
        }
        let length = answer.headers["content-length"].flatMap { Int($0) } ?? 0
        if hasBody { answer.body = try read(length) }
        return answer
    }

    // MARK: WebSocket

    static func upgrade(_ path: String = "/", _ headers: [(String, String)] = []) -> [UInt8] {
        let all =
            [
                ("Host", "localhost"), ("Upgrade", "websocket"), ("Connection", "Upgrade"), ("Sec-WebSocket-Key", key),
                ("Sec-WebSocket-Version", "13"),
            ].filter { name, _ in !headers.contains { $0.0 == name } }
            + headers.filter { $0.1 != "" }
        let lines = ["GET \(path) HTTP/1.1"] + all.map { "\($0): \($1)" }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    @discardableResult
    func handshake(_ path: String = "/", _ headers: [(String, String)] = []) throws -> Answer {
        try send(Self.upgrade(path, headers))
        return try answer()
    }

    func send(_ frame: Frame) throws { try send(frame.bytes) }

    func frame() throws -> Frame {
        let head = try read(2)
        var length = Int(head[1] & 127)
        if length == 126 { length = try read(2).reduce(0) { $0 << 8 | Int($1) } }
        if length == 127 { length = try read(8).reduce(0) { $0 << 8 | Int($1) } }
        return Frame(opcode: head[0] & 15, isFinal: head[0] & 128 != 0, payload: try read(length))
    }
}

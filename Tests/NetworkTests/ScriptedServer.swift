// A WebSocket server over a plain socket, with frames made by hand: it shares nothing with the client under test, takes one
// caller, and does to it what a test says, on a thread of its own.
import Glibc
import Network
import Support

final class ScriptedServer: Sendable {
    /// The caller's end in the script's hands. Reading ends in an error after ten seconds.
    struct Caller {
        let descriptor: Int32

        func send(_ text: String) { send(Array(text.utf8)) }

        func send(_ bytes: [UInt8]) {
            _ = bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        }

        func read(_ count: Int) throws -> [UInt8] {
            var bytes: [UInt8] = []
            while bytes.count < count {
                var buffer = [UInt8](repeating: 0, count: count - bytes.count)
                let got = recv(descriptor, &buffer, buffer.count, 0)
                guard got > 0 else { throw ClientError.ended }
                bytes += buffer[..<got]
            }
            return bytes
        }

        /// The head of the request, as it came.
        func head() throws -> String {
            var bytes: [UInt8] = []
            while !bytes.suffix(4).elementsEqual([13, 10, 13, 10]) { bytes += try read(1) }
            return String(decoding: bytes, as: UTF8.self)
        }

        /// Answers the handshake as RFC 6455 says; `extra` are header lines.
        @discardableResult
        func welcome(_ extra: [String] = []) throws -> String {
            let head = try head()
            let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("sec-websocket-key:") }
            let key = String((line ?? "").split(separator: " ").last ?? "")
            let accept = base64(SHA1.digest(Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)))
            let lines =
                [
                    "HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade",
                    "Sec-WebSocket-Accept: \(accept)",
                ] + extra
            send(lines.joined(separator: "\r\n") + "\r\n\r\n")
            return head
        }

        /// One frame, which has to be masked, as a client's must.
        func frame() throws -> Frame {
            let head = try read(2)
            guard head[1] & 128 != 0 else { throw ClientError.notHTTP("a frame without a mask") }
            var length = Int(head[1] & 127)
            if length == 126 { length = try read(2).reduce(0) { $0 << 8 | Int($1) } }
            if length == 127 { length = try read(8).reduce(0) { $0 << 8 | Int($1) } }
            let mask = try read(4)
            let payload = try read(length).enumerated().map { $1 ^ mask[$0 & 3] }
            return Frame(opcode: head[0] & 15, isFinal: head[0] & 128 != 0, payload: payload)
        }

        /// One short frame without a mask, as a server's must be.
        func send(_ frame: Frame) {
            send([(frame.isFinal ? 128 : 0) | frame.opcode, UInt8(frame.payload.count)] + frame.payload)
        }
    }

    let port: Int
    private let listener: Int32
    private let problem = Locked<String?>(nil)
    private let isDone = Locked(false)

    /// What went wrong in the script; nil as long as nothing has.
    var trouble: String? { problem.withLock { $0 } }
    var hasEnded: Bool { isDone.withLock { $0 } }

    init(_ script: @escaping @Sendable (Caller) throws -> Void) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 8) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        guard isBound else { throw ClientError.cannotConnect(errno) }
        port = Int(UInt16(bigEndian: address.sin_port))
        self.listener = listener
        let (problem, isDone) = (problem, isDone)
        startThread("scripted") {
            let descriptor = accept(listener, nil, nil)
            var limit = timeval(tv_sec: 10, tv_usec: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
            do { try script(Caller(descriptor: descriptor)) } catch { problem.withLock { $0 = "\(error)" } }
            close(descriptor)
            isDone.withLock { $0 = true }
        }
    }

    deinit {
        // Wakes the thread if it still waits for a caller.
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// Returns when the script has ended.
    func end() async -> String? {
        await eventually { self.hasEnded ? true : nil } == true ? trouble : "the script did not end"
    }
}

/// FIPS 180-4, for the handshake only.
enum SHA1 {
    static func digest(_ message: [UInt8]) -> [UInt8] {
        var padded = message + [0x80]
        while padded.count % 64 != 56 { padded.append(0) }
        padded += (0..<8).reversed().map { UInt8(truncatingIfNeeded: (message.count * 8) >> ($0 * 8)) }
        var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0]
        for block in stride(from: 0, to: padded.count, by: 64) { mix(padded[block..<(block + 64)], into: &state) }
        return state.flatMap { word in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) } }
    }

    private static func mix(_ block: ArraySlice<UInt8>, into state: inout [UInt32]) {
        func rotated(_ word: UInt32, _ by: UInt32) -> UInt32 { word << by | word >> (32 - by) }
        var words = (0..<16).map { index in
            (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(block[block.startIndex + index * 4 + $1]) }
        }
        for index in 16..<80 {
            words.append(rotated(words[index - 3] ^ words[index - 8] ^ words[index - 14] ^ words[index - 16], 1))
        }
        var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
        for index in 0..<80 {
            let (f, k): (UInt32, UInt32) =
                switch index {
                case ..<20: (b & c | ~b & d, 0x5A82_7999)
                case ..<40: (b ^ c ^ d, 0x6ED9_EBA1)
                case ..<60: (b & c | b & d | c & d, 0x8F1B_BCDC)
                default: (b ^ c ^ d, 0xCA62_C1D6)
                }
            let next = rotated(a, 5) &+ f &+ e &+ k &+ words[index]
            (a, b, c, d, e) = (next, a, rotated(b, 30), c, d)
        }
        for (index, word) in [a, b, c, d, e].enumerated() { state[index] &+= word }
    }
}

private func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
        let group = bytes[start..<min(start + 3, bytes.count)]
        let bits = (0..<3).reduce(0) { $0 << 8 | Int($1 < group.count ? group[start + $1] : 0) }
        for index in 0..<4 { text.append(index <= group.count ? alphabet[bits >> (18 - 6 * index) & 63] : "=") }
    }
    return text
}

// Makes whole characters of UTF-8 that arrives cut anywhere.

/// Keeps the beginning of a character until the rest of it comes. What can never become one turns into U+FFFD, just as
/// if the text had come in one piece.
struct TextAssembler: Sendable {
    private var pending: [UInt8] = []

    /// The characters that are whole now; may be empty.
    mutating func append(_ bytes: [UInt8]) -> String {
        let all = pending + bytes
        let cut = all.count - Self.unfinished(all)
        pending = Array(all[cut...])
        return String(decoding: all[..<cut], as: UTF8.self)
    }

    /// The text is over: what is left of it, which is U+FFFD or nothing.
    mutating func finish() -> String {
        defer { pending = [] }
        return String(decoding: pending, as: UTF8.self)
    }

    /// How many bytes at the end begin a character and wait for more (RFC 3629 §3).
    private static func unfinished(_ bytes: [UInt8]) -> Int {
        for length in 1...3 where length <= bytes.count {
            let byte = bytes[bytes.count - length]
            switch byte {
            case 0x80...0xBF: continue
            case 0xC2...0xDF: return length < 2 ? length : 0
            case 0xE0...0xEF: return length < 3 ? length : 0
            case 0xF0...0xF4: return length < 4 ? length : 0
            default: return 0
            }
        }
        return 0
    }
}

// RFC 8259, strictly: no comments, no trailing commas, no duplicate keys, no lone surrogates, valid UTF-8 only.
// Recursion is bounded by the depth limit, so no input can exhaust the stack.

/// What was wrong, and where.
public struct JSONError: Error, Equatable, CustomStringConvertible {
    /// A phrase such as "expected ':' after the key".
    public let reason: String
    /// From 1.
    public let line: Int
    /// In bytes from 1.
    public let column: Int

    /// "line 3, column 7: …"
    public var description: String { "line \(line), column \(column): \(reason)" }
}

/// How large a document may be. What exceeds it is an error, not a surprise.
public struct JSONLimits: Sendable {
    /// Nesting of lists and objects.
    public var depth: Int
    /// Members of one object.
    public var keys: Int
    /// Of the whole document.
    public var bytes: Int

    /// The defaults are `design.md`'s for messages of strangers: 16 KiB, 32 deep, 64 keys.
    public init(bytes: Int = 16 * 1024, depth: Int = 32, keys: Int = 64) {
        self.bytes = bytes
        self.depth = depth
        self.keys = keys
    }

    /// For files and plugins of the operator's own: 4 MiB, 64 deep, 4096 keys.
    public static let own = JSONLimits(bytes: 4 << 20, depth: 64, keys: 4096)
}

extension JSON {
    /// Parses one document. Throws `JSONError`.
    public init(parsing bytes: some Collection<UInt8>, limits: JSONLimits = JSONLimits()) throws(JSONError) {
        var parser = JSONParser(bytes: Array(bytes), limits: limits)
        self = try parser.document()
    }

    /// Parses one document. Throws `JSONError`.
    public init(parsing text: String, limits: JSONLimits = JSONLimits()) throws(JSONError) {
        try self.init(parsing: text.utf8, limits: limits)
    }

    /// The line, from 1, on which the value at `path` (keys of objects, one inside the other) begins, or that of the
    /// nearest enclosing value which is there. `text` has to be a valid document.
    public static func line(of path: [String], in text: String) -> Int {
        var parser = JSONParser(bytes: Array(text.utf8), limits: .own)
        parser.wanted = path
        _ = try? parser.document()
        return parser.wantedLine
    }
}

struct JSONParser {
    let bytes: [UInt8]
    let limits: JSONLimits
    var position = 0
    var depth = 0

    // Where am I, for `line(of:in:)`.
    var wanted: [String] = []
    var wantedLine = 1
    private var matched = 0

    init(bytes: [UInt8], limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func document() throws(JSONError) -> JSON {
        guard bytes.count <= limits.bytes else { throw error("larger than \(limits.bytes) bytes") }
        let value = try value()
        skipSpace()
        guard position == bytes.count else { throw error("something follows the end of the document") }
        return value
    }

    private mutating func value() throws(JSONError) -> JSON {
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return try nested { parser throws(JSONError) in try parser.object() }
        case UInt8(ascii: "["): return try nested { parser throws(JSONError) in try parser.array() }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case let byte? where byte == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte):
            return .number(try number())
        case nil: throw error("the document ends where a value was expected")
        default: throw error("expected a value")
        }
    }

    private mutating func nested(
        _ body: (inout JSONParser) throws(JSONError) -> JSON
    ) throws(JSONError) -> JSON {
        guard depth < limits.depth else { throw error("nested deeper than \(limits.depth)") }
        depth += 1
        position += 1
        let value = try body(&self)
        depth -= 1
        return value
    }

    private mutating func object() throws(JSONError) -> JSON {
        var object = Object()
        skipSpace()
        if take("}") { return .object(object) }
        repeat {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw error("expected a key in double quotes") }
            let keyStart = position
            let key = try string()
            guard object[key] == nil else { throw error("the key \"\(key)\" is there twice", at: keyStart) }
            guard object.members.count < limits.keys else { throw error("more than \(limits.keys) keys") }
            skipSpace()
            guard take(":") else { throw error("expected ':' after the key \"\(key)\"") }
            let isOnPath = matched == depth - 1 && matched < wanted.count && wanted[matched] == key
            if isOnPath {
                matched += 1
                wantedLine = line(at: keyStart).line
            }
            object[key] = try value()
            // Found (or its nearest parent was): later keys must not match any more.
            if isOnPath { wanted = [] }
            skipSpace()
        } while take(",")
        guard take("}") else { throw error("expected ',' or '}'") }
        return .object(object)
    }

    private typealias Object = JSON.Object

    private mutating func array() throws(JSONError) -> JSON {
        var elements: [JSON] = []
        skipSpace()
        if take("]") { return .array(elements) }
        repeat {
            elements.append(try value())
            skipSpace()
        } while take(",")
        guard take("]") else { throw error("expected ',' or ']'") }
        return .array(elements)
    }

    private mutating func word(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
        let text = word.description.utf8
        guard bytes[position...].starts(with: text) else { throw error("expected a value") }
        position += text.count
        return value
    }

    private mutating func number() throws(JSONError) -> Double {
        let start = position
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        guard let value = Double(text), value.isFinite else { throw error("the number is too large", at: start) }
        return value
    }

    private mutating func digits() throws(JSONError) {
        let start = position
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        guard position > start else { throw error("expected a digit") }
    }

    private mutating func string() throws(JSONError) -> String {
        let start = position
        position += 1
        var text: [UInt8] = []
        while let byte = peek {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw error("the string is not valid UTF-8", at: start)
                }
                return string
            case UInt8(ascii: "\\"): try escape(into: &text)
            case 0..<0x20: throw error("a control character inside a string", at: position - 1)
            default: text.append(byte)
            }
        }
        throw error("the string is not closed", at: start)
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
        guard let byte = peek else { throw error("the document ends inside a string") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: String(try unicodeEscape()).utf8)
        default: throw error("an unknown escape", at: position - 1)
        }
    }

    private mutating func unicodeEscape() throws(JSONError) -> Unicode.Scalar {
        let start = position
        let first = try hex4()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard (0xD800..<0xDC00).contains(first), take("\\"), take("u") else {
            throw error("half of a surrogate pair", at: start)
        }
        let second = try hex4()
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
        else { throw error("half of a surrogate pair", at: start) }
        return scalar
    }

    private mutating func hex4() throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw error("expected four hexadecimal digits")
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    // MARK: Bytes

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private func line(at offset: Int) -> (line: Int, column: Int) {
        var line = 1
        var lineStart = 0
        for index in 0..<min(offset, bytes.count) where bytes[index] == 0x0A {
            line += 1
            lineStart = index + 1
        }
        return (line, offset - lineStart + 1)
    }

    private func error(_ reason: String, at offset: Int? = nil) -> JSONError {
        let place = line(at: offset ?? position)
        return JSONError(reason: reason, line: place.line, column: place.column)
    }
}

// What flite can read: printable ASCII in clauses of bounded length. It speaks English only and spells out what it does
// not know ("asterisk asterisk"), so marks that are meant for the eye become spaces.

/// A text as clauses of at most `limit` characters, cut at the end of a sentence, else of a clause, else of a word.
/// Bounded because flite analyses a whole clause before its first sample (about 0.3 ms a character), and made one by one,
/// so that a text of any length starts at once. Clauses without a letter or digit are left out: no clause at all means
/// that there is nothing to say.
struct Clauses: Sequence, IteratorProtocol {
    private var text: Substring.UnicodeScalarView
    private let limit: Int
    /// The next characters of the text, folded: printable ASCII, one space at a time.
    private var ascii: [UInt8] = []

    init(of text: String, limit: Int = 200) {
        self.text = text[...].unicodeScalars
        self.limit = limit
    }

    mutating func next() -> String? {
        while true {
            // One more than a clause, to see whether a mark at its end is followed by a space.
            while ascii.count <= limit, let scalar = text.popFirst() { append(scalar) }
            guard !ascii.isEmpty else { return nil }
            let clause = ascii.prefix(firstLength)
            ascii.removeFirst(clause.count)
            if clause.contains(where: Self.isSpoken) { return String(decoding: clause, as: UTF8.self) }
        }
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        let space = UInt8(ascii: " ")
        for byte in Self.folded(scalar).utf8 where byte != space || ascii.last != space { ascii.append(byte) }
    }

    private var firstLength: Int {
        guard ascii.count > limit else { return ascii.count }
        for ends in [".!?", ";:,", " "] {
            // A mark ends something only before a space: not in "3.5" or "10:30".
            let end = ascii.prefix(limit).indices.last { index in
                ends.utf8.contains(ascii[index]) && (ends == " " || ascii[index + 1] == UInt8(ascii: " "))
            }
            if let end { return end + 1 }
        }
        return limit
    }

    private static func isSpoken(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"):
            true
        default: false
        }
    }

    private static func folded(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "*", "_", "#", "`", "~", "|", "<", ">", "\\", "^", "{", "}", "[", "]": " "
        case " "..."~": String(scalar)
        case "\u{2018}", "\u{2019}", "\u{02BC}": "'"
        case "\u{201C}", "\u{201D}", "\u{00AB}", "\u{00BB}": "\""
        case "\u{2010}", "\u{2011}": "-"
        // A dash is a pause.
        case "\u{2012}"..."\u{2015}": ", "
        case "\u{2026}": "... "
        case "\u{00B0}": " degrees "
        case "\u{20AC}": " euros "
        case "\u{00A3}": " pounds "
        case "\u{00C0}"..."\u{00FF}": latin(scalar)
        default: " "
        }
    }

    /// Letters with accents, U+00C0 to U+00FF, without them.
    private static func latin(_ scalar: Unicode.Scalar) -> String {
        let letters = StaticString("AAAAAAACEEEEIIIIDNOOOOO OUUUUYTsaaaaaaaceeeeiiiidnooooo ouuuuyty")
        let offset = Int(scalar.value) - 0xC0
        return letters.withUTF8Buffer { bytes in
            unsafe bytes.indices.contains(offset) ? String(decoding: bytes[offset...offset], as: UTF8.self) : " "
        }
    }
}

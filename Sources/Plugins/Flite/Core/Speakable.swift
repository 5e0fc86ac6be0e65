// What flite can read: printable ASCII in clauses of bounded length. It speaks English only and spells out what it does
// not know ("asterisk asterisk"), so marks that are meant for the eye become spaces.

enum Speakable {
    /// `text` as clauses of at most `limit` characters, cut at the end of a sentence, else of a clause, else of a word.
    /// Bounded because flite analyses a whole clause before its first sample (about 0.3 ms a character). Clauses
    /// without a letter or digit are left out: empty means that there is nothing to say.
    static func clauses(of text: String, limit: Int = 200) -> [String] {
        var rest = ascii(text)[...]
        var clauses: [String] = []
        while !rest.isEmpty {
            let clause = rest.prefix(length(ofFirstClauseIn: rest, limit))
            rest = rest.dropFirst(clause.count)
            if clause.contains(where: isSpoken) { clauses.append(String(decoding: clause, as: UTF8.self)) }
        }
        return clauses
    }

    private static func length(ofFirstClauseIn text: ArraySlice<UInt8>, _ limit: Int) -> Int {
        guard text.count > limit else { return text.count }
        let window = text.prefix(limit)
        for ends in [".!?", ";:,", " "] {
            // A mark ends something only before a space: not in "3.5" or "10:30".
            let end = window.indices.last { index in
                ends.utf8.contains(window[index]) && (ends == " " || text[index + 1] == UInt8(ascii: " "))
            }
            if let end { return end - window.startIndex + 1 }
        }
        return limit
    }

    /// Printable ASCII, one space at a time.
    private static func ascii(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            for byte in folded(scalar).utf8 where byte != UInt8(ascii: " ") || bytes.last != byte { bytes.append(byte) }
        }
        return bytes
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

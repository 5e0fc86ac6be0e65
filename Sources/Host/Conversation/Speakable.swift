// What a person would say of a piece of written text: without markdown, code and emoji, with symbols and addresses as
// words. Does not spell out numbers, prices or times: voices do that better.

/// Written text to spoken text.
package enum Speakable {
    /// `markdown` as it is said; empty when there is nothing to say. `language` is a tag like "en-GB": symbols become
    /// words in English and are left alone elsewhere.
    package static func text(_ markdown: String, language: String = "en") -> String {
        let isEnglish = language.lowercased().hasPrefix("en")
        var spoken = ""
        var isCode = false
        for raw in markdown.split(whereSeparator: \.isNewline) {
            let line = trimmed(raw)
            if line.hasPrefix("```") {
                // A fence that opens and closes in one line encloses nothing else.
                if !line.dropFirst(3).contains("```") { isCode.toggle() }
                continue
            }
            if isCode { continue }
            let words = SpokenWords(isEnglish: isEnglish).say(withoutLinks(withoutBlockMarks(line)))
            guard !words.isEmpty else { continue }
            if !spoken.isEmpty { spoken += endsOpen(spoken) ? ". " : " " }
            spoken += words
        }
        return spoken.unicodeScalars.contains(where: \.isWordLike) ? spoken : ""
    }

    /// A line that ends in a word is heard as one only with a pause after it.
    private static func endsOpen(_ text: String) -> Bool {
        guard let last = text.last else { return false }
        return last.isLetter || last.isNumber || last == ")" || last == "\"" || last == "”"
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var rest = text.drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return rest
    }

    /// Without what makes a line a heading, a quotation, a list item or the row of a table; a ruler is nothing at all.
    private static func withoutBlockMarks(_ line: Substring) -> String {
        if line.allSatisfy({ "-*_=|:+ ".contains($0) }) { return "" }
        if line.hasPrefix("|") { return line.split(separator: "|").map { String(trimmed($0)) }.joined(separator: ", ") }
        var rest = line
        while let mark = rest.first {
            let after = mark == "#" ? rest.drop { $0 == "#" } : rest.dropFirst()
            guard mark == ">" || ("#-*+•–".contains(mark) && after.first?.isWhitespace == true) else { break }
            rest = trimmed(after)
        }
        for box in ["[ ] ", "[x] ", "[X] "] where rest.hasPrefix(box) { rest = rest.dropFirst(box.count) }
        return String(rest)
    }

    /// `[text](address)` becomes its text, also that of a picture.
    private static func withoutLinks(_ line: String) -> String {
        var result = ""
        var rest = line[...]
        while let open = rest.firstIndex(of: "[") {
            let inner = rest[open...].dropFirst()
            guard let close = inner.firstIndex(of: "]"),
                let end = closing(of: rest[close...].dropFirst())
            else {
                result += rest[...open]
                rest = inner
                continue
            }
            let before = rest[..<open]
            result += before.last == "!" ? before.dropLast() : before
            result += inner[..<close]
            rest = rest[end...].dropFirst()
        }
        return result + rest
    }

    /// The index of the bracket that closes the one `text` begins with, if it begins with one.
    private static func closing(of text: Substring) -> Substring.Index? {
        guard text.first == "(" else { return nil }
        var depth = 0
        for index in text.indices {
            if text[index] == "(" { depth += 1 }
            if text[index] == ")" { depth -= 1 }
            if depth == 0 { return index }
        }
        return nil
    }
}

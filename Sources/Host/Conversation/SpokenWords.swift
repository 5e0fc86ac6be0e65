// One line of text word by word: addresses, symbols, emphasis and emoji as they are said.

/// The words of `Speakable`.
struct SpokenWords {
    let isEnglish: Bool

    /// `line` as it is said, with single spaces.
    func say(_ line: String) -> String {
        let words = line.split(whereSeparator: \.isWhitespace)
        var result = ""
        for (index, word) in words.enumerated() {
            let next = index + 1 < words.count ? words[index + 1] : ""
            let said = self.word(word, after: index > 0 ? words[index - 1] : "", before: next)
            guard !said.isEmpty else { continue }
            // What an emoji leaves behind belongs to the word before it.
            let isLeftover = said.allSatisfy { ".,!?;:".contains($0) } && said != word
            if !result.isEmpty, !isLeftover { result += " " }
            result += said
        }
        return result.split(separator: " ").joined(separator: " ")
    }

    private func word(_ word: Substring, after previous: Substring, before next: Substring) -> String {
        if isEnglish, let symbol = standing(word, after: previous, before: next) { return symbol }
        if let address = address(in: word) { return address }
        var said = ""
        var before: Character?
        var rest = word
        while let character = rest.popFirst() {
            said += say(character, after: before, rest)
            before = character
        }
        return said
    }

    /// A symbol that stands alone.
    private func standing(_ word: Substring, after previous: Substring, before next: Substring) -> String? {
        let isBetweenNumbers = previous.last?.isNumber == true && next.first?.isNumber == true
        switch word {
        case "&": return "and"
        case "@": return "at"
        case "=": return "equals"
        case "→", "->", "=>": return "to"
        case "+": return isBetweenNumbers ? "plus" : nil
        case "*", "×": return isBetweenNumbers ? "times" : nil
        case "÷": return "divided by"
        default: return word.first == "%" && previous.last?.isNumber == true ? "percent" + word.dropFirst() : nil
        }
    }

    /// One character, between `before` and `rest`.
    private func say(_ character: Character, after before: Character?, _ rest: Substring) -> String {
        let next = rest.first
        let isInside = before.map(Self.isWordLike) == true && next.map(Self.isWordLike) == true
        switch character {
        case "*": return isEnglish && before?.isNumber == true && next?.isNumber == true ? " times " : ""
        case "`": return ""
        case "_": return isInside ? " " : ""
        case "~" where before == "~" || next == "~": return ""
        case "#": return number(before, next)
        default: break
        }
        if let spoken = Self.withoutEmoji(character) { return spoken }
        guard isEnglish else { return String(character) }
        switch character {
        case "&" where isInside: return " and "
        case "%" where before?.isNumber == true: return " percent"
        case "~" where next?.isNumber == true: return "about "
        case "≈": return "about "
        case "°": return " degrees" + scale(next)
        case "C" where before == "°", "F" where before == "°": return ""
        default: return String(character)
        }
    }

    private func scale(_ next: Character?) -> String { next == "C" ? " Celsius" : next == "F" ? " Fahrenheit" : "" }

    /// A hash: "#5", "C#", "#holiday".
    private func number(_ before: Character?, _ next: Character?) -> String {
        guard isEnglish else { return before?.isLetter == true ? "#" : "" }
        if before == nil, next?.isNumber == true { return "number " }
        return before?.isLetter == true && next?.isLetter != true ? " sharp" : ""
    }

    /// An address in the word, with what stands around it; nil if there is none.
    private func address(in word: Substring) -> String? {
        for start in word.indices where start == word.startIndex || !Self.isWordLike(word[word.index(before: start)]) {
            let tail = word[start...]
            let lower = tail.prefix(8).lowercased()
            let scheme = ["https://", "http://", "www."].first { lower.hasPrefix($0) }
            if let scheme, let host = Self.host(tail.dropFirst(scheme.count)) {
                return self.word(bare(word[..<start]), after: "", before: "") + dotted(host) + trailing(tail)
            }
        }
        return isEnglish ? mail(word) : nil
    }

    private static func host(_ tail: Substring) -> Substring? {
        var host = tail.prefix { isWordLike($0) || $0 == "." || $0 == "-" }
        while let last = host.last, !isWordLike(last) { host.removeLast() }
        if host.lowercased().hasPrefix("www.") { host = host.dropFirst(4) }
        return host.isEmpty ? nil : host
    }

    /// "bob@example.com".
    private func mail(_ word: Substring) -> String? {
        guard let at = word.firstIndex(of: "@"), let host = Self.host(word[at...].dropFirst()), host.contains(".")
        else {
            return nil
        }
        let local = word[..<at].drop { !Self.isWordLike($0) }
        guard !local.isEmpty else { return nil }
        let lead = self.word(bare(word[..<local.startIndex]), after: "", before: "")
        return lead + dotted(local) + " at " + dotted(host) + self.word(word[host.endIndex...], after: "", before: "")
    }

    private func dotted(_ name: Substring) -> String {
        guard isEnglish else { return String(name) }
        return name.split(separator: ".").joined(separator: " dot ")
    }

    /// Punctuation at the end of an address that belongs to the sentence.
    private func trailing(_ tail: Substring) -> String {
        var end = tail.endIndex
        while end > tail.startIndex, ".,;:!?)]}>\"'”’*_`~".contains(tail[tail.index(before: end)]) {
            end = tail.index(before: end)
        }
        return tail[end...].filter { !"*_`~>".contains($0) }
    }

    private func bare(_ lead: Substring) -> Substring { lead.last == "<" ? lead.dropLast() : lead }

    private static func isWordLike(_ character: Character) -> Bool { character.isLetter || character.isNumber }

    /// nil for what is no emoji; of a keycap its digit, of any other nothing.
    private static func withoutEmoji(_ character: Character) -> String? {
        let scalars = character.unicodeScalars
        guard let first = scalars.first else { return nil }
        if scalars.contains("\u{20E3}") { return first.isDigit ? String(first) : "" }
        let isPicture = first.properties.isEmoji && first.value >= 0x2190
        return isPicture || first.properties.isEmojiPresentation || scalars.contains("\u{FE0F}") ? "" : nil
    }
}

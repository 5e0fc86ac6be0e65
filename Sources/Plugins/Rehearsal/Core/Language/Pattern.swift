// The notation of the rules: a few keywords in order, whatever stands between them. A recogniser that gets one word in
// five wrong still leaves enough of them.

/// A row of keywords, written as a string:
///
/// - `tell story`: both words, in this order, with any words around and between them;
/// - `tell|read story|tale`: either word;
/// - `how_are_you`: words that follow each other directly;
/// - `joke*`: a word that begins like this;
/// - `^stop`: at the start, behind nothing but "well", "okay" and the like;
/// - `bye$`: at the end;
/// - `!not|never`: and none of these anywhere.
package struct Pattern: Sendable, ExpressibleByStringLiteral {
    /// Where a pattern fits: the words behind its last keyword.
    package struct Match: Sendable, Equatable {
        /// Index into `Utterance.words`.
        var end: Int
    }

    private typealias Phrase = [String]
    private var terms: [[Phrase]] = []
    private var refused: [Phrase] = []
    private var isAtStart = false
    private var isAtEnd = false

    package init(stringLiteral text: String) {
        for part in text.split(separator: " ") {
            var part = part
            if part.hasPrefix("^") {
                isAtStart = true
                part.removeFirst()
            }
            if part.hasSuffix("$") {
                isAtEnd = true
                part.removeLast()
            }
            let isRefusal = part.hasPrefix("!")
            if isRefusal { part.removeFirst() }
            let phrases = part.split(separator: "|").map { $0.split(separator: "_").map(String.init) }
            if isRefusal { refused += phrases } else { terms.append(phrases) }
        }
    }

    /// Words that may stand in front of a pattern that begins with `^`.
    private static let openers: Set<String> = [
        "well", "okay", "so", "and", "but", "oh", "ah", "hey", "now", "alright", "then", "just", "hi", "hello", "the",
        "huh", "right", "sure",
    ]

    /// Where the pattern fits `words`, as early as possible.
    func match(_ words: [String]) -> Match? {
        for phrase in refused where words.indices.contains(where: { Self.fits(phrase, words, $0) }) { return nil }
        var position = 0
        for (index, term) in terms.enumerated() {
            let starts: ClosedRange<Int>
            if index == 0, isAtStart {
                let opened = words.firstIndex { !Self.openers.contains($0) } ?? words.count
                starts = 0...opened
            } else {
                starts = position...max(position, words.count)
            }
            let mustEnd = isAtEnd && index == terms.count - 1
            guard let end = Self.end(of: term, in: words, starts, mustEnd: mustEnd) else { return nil }
            position = end
        }
        return Match(end: position)
    }

    /// Where the earliest fit of one of `phrases` ends.
    private static func end(
        of phrases: [Phrase], in words: [String], _ starts: ClosedRange<Int>, mustEnd: Bool
    ) -> Int? {
        for start in starts {
            let ends = phrases.lazy.filter { fits($0, words, start) }.map { start + $0.count }
            if let end = ends.max(), !mustEnd || end == words.count { return end }
        }
        return nil
    }

    private static func fits(_ phrase: Phrase, _ words: [String], _ start: Int) -> Bool {
        guard start + phrase.count <= words.count else { return false }
        return zip(phrase, words[start...]).allSatisfy { wanted, word in
            wanted.hasSuffix("*") ? word.hasPrefix(wanted.dropLast()) : word == wanted
        }
    }
}

// The notation of the rules: a few keywords in order, whatever stands between them. A recogniser that gets one word in
// five wrong still leaves enough of them.

/// A row of keywords, written as a string:
///
/// - `tell story`: both words, in this order, with any words around and between them;
/// - `tell|read story|tale`: either word;
/// - `how_are_you`: words that follow each other directly;
/// - `joke*`: a word that begins like this (a word of its own, not one in a row);
/// - `^stop|halt`: at the start, behind nothing but "well", "okay" and the like; it holds for all the alternatives;
/// - `see|good bye$`: at the end, likewise;
/// - `!not|never`: and none of these anywhere.
package struct Pattern: Sendable, ExpressibleByStringLiteral {
    /// Where a pattern fits: the words behind its last keyword.
    package struct Match: Sendable, Equatable {
        /// Index into `Utterance.words`.
        var end: Int
    }

    private var terms: [Term] = []
    private var refused: Term?
    private var isAtStart = false
    private var isAtEnd = false

    @inline(never)
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
            if part.hasPrefix("!") {
                refused = Term(part.dropFirst())
            } else {
                terms.append(Term(part))
            }
        }
    }

    /// Words that may stand in front of a pattern that begins with `^`.
    private static let openers: Set<String> = [
        "well", "okay", "so", "and", "but", "oh", "ah", "hey", "now", "alright", "then", "just", "hi", "hello", "the",
        "huh", "right", "sure", "yes", "yeah", "no",
    ]

    /// Where the pattern fits `words`, as early as possible.
    func match(_ words: [String]) -> Match? {
        if let refused, words.indices.contains(where: { refused.end(in: words, at: $0) != nil }) { return nil }
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
            let ends = starts.lazy.compactMap { term.end(in: words, at: $0) }
            guard let end = ends.first(where: { !mustEnd || $0 == words.count }) else { return nil }
            position = end
        }
        return Match(end: position)
    }
}

/// One place of a pattern: phrases of which one has to stand there. Found by their first word, because all patterns
/// together hold thousands of them and most utterances fit none.
private struct Term: Sendable {
    private var phrases: [String: [[String]]] = [:]
    /// The beginnings of words, from `joke*`.
    private var beginnings: [String] = []

    init(_ text: Substring) {
        for alternative in text.split(separator: "|") {
            let phrase = alternative.split(separator: "_").map(String.init)
            guard let first = phrase.first else { continue }
            if first.hasSuffix("*") {
                beginnings.append(String(first.dropLast()))
            } else {
                phrases[first, default: []].append(phrase)
            }
        }
    }

    /// Where the longest phrase that begins at `start` ends.
    func end(in words: [String], at start: Int) -> Int? {
        guard start < words.count else { return nil }
        let fitting = phrases[words[start]]?.filter { words[start...].starts(with: $0) } ?? []
        if let longest = fitting.map(\.count).max() { return start + longest }
        return beginnings.contains { words[start].hasPrefix($0) } ? start + 1 : nil
    }
}

// What the caller said, as words: one form to match rules against, and one to say back. The recogniser delivers lower
// case without punctuation; typed text and other recognisers deliver the rest, so both end up the same here.

/// The words of one message.
package struct Utterance: Sendable, Equatable {
    /// A word to match against, and the position in `raw` of the word it came from.
    struct Word: Sendable, Equatable {
        var text: String
        var origin: Int
    }

    /// The words as they can be said back: ASCII, lower case but for "I".
    let raw: [String]
    /// Lower case, contractions in full ("what's" is two words), without "um" and "please".
    let words: [Word]

    /// More than this is never said in one breath; what a rule costs stays bounded.
    static let longest = 200

    init(_ text: String) {
        var splitter = WordSplitter()
        for character in text.prefix(4000) { splitter.add(character) }
        splitter.flush()
        let tokens = splitter.words.prefix(Self.longest)
        raw = tokens.map { Self.spoken($0) }
        words = tokens.enumerated().flatMap { origin, token in
            Self.expand(token).filter { !Self.fillers.contains($0) }.map { Word(text: $0, origin: origin) }
        }
    }

    /// The texts of `words`.
    var texts: [String] { words.map(\.text) }

    private static let fillers: Set<String> = [
        "um", "uh", "er", "erm", "hm", "hmm", "mm", "mmm", "uhm", "uhhuh", "please",
    ]

    private static func spoken(_ token: String) -> String {
        token == "i" || token.hasPrefix("i'") ? "I" + token.dropFirst() : token
    }

    private static func expand(_ token: String) -> [String] {
        if let words = irregular[token] { return words }
        for (ending, word) in endings where token.hasSuffix(ending) && token.utf8.count > ending.utf8.count {
            return [String(token.dropLast(ending.count)), word]
        }
        return [token]
    }

    private static let endings = [
        ("n't", "not"), ("'re", "are"), ("'ve", "have"), ("'ll", "will"), ("'d", "would"), ("'m", "am"),
    ]

    private static let irregular: [String: [String]] = [
        "won't": ["will", "not"], "can't": ["can", "not"], "cannot": ["can", "not"], "dont": ["do", "not"],
        "cant": ["can", "not"], "im": ["i", "am"], "what's": ["what", "is"], "whats": ["what", "is"],
        "who's": ["who", "is"], "whos": ["who", "is"], "where's": ["where", "is"], "when's": ["when", "is"],
        "why's": ["why", "is"], "how's": ["how", "is"], "that's": ["that", "is"], "it's": ["it", "is"],
        "there's": ["there", "is"], "here's": ["here", "is"], "let's": ["let", "us"], "name's": ["name", "is"],
        "time's": ["time", "is"], "he's": ["he", "is"], "she's": ["she", "is"], "gonna": ["going", "to"],
        "wanna": ["want", "to"], "gimme": ["give", "me"], "ok": ["okay"], "goodbye": ["good", "bye"],
    ]
}

/// Splits text into lower-case ASCII words; a word with letters of another script is left out, because the voice
/// could not say it back. Operators between numbers become words.
private struct WordSplitter {
    private(set) var words: [String] = []
    private var current = ""
    private var isForeign = false
    /// A "." or "," that belongs to a number if a digit follows.
    private var pending: Character?
    private var endsInSpace = true

    mutating func add(_ character: Character) {
        if let mark = pending {
            pending = nil
            if character.isASCII, character.isNumber {
                if mark == "." { current.append(mark) }
            } else {
                flush()
            }
        }
        switch character {
        case "a"..."z", "0"..."9": current.append(character)
        case "A"..."Z": current.append(contentsOf: character.lowercased())
        case "'", "’": if !current.isEmpty { current.append("'") }
        case ".", ",": if isNumber(current) { pending = character } else { flush() }
        case "+", "*", "×", "÷", "/", "^", "%", "-", "−": operate(character)
        default:
            isForeign = isForeign || character.isLetter
            if !character.isLetter { flush() }
        }
        endsInSpace = character.isWhitespace
    }

    mutating func flush() {
        pending = nil
        while current.last == "'" { current.removeLast() }
        if !current.isEmpty, !isForeign { words.append(current) }
        (current, isForeign) = ("", false)
    }

    private func isNumber(_ word: String?) -> Bool { word?.first.map { "0"..."9" ~= $0 } ?? false }

    private mutating func operate(_ character: Character) {
        let follows = isNumber(current) || (endsInSpace && isNumber(words.last))
        flush()
        switch character {
        case "-", "−": if follows || endsInSpace { words.append("minus") }
        case "+" where follows: words.append("plus")
        case "*" where follows, "×" where follows: words.append("times")
        case "/" where follows, "÷" where follows: words += ["divided", "by"]
        case "^" where follows: words += ["to", "the", "power", "of"]
        case "%" where follows: words.append("percent")
        default: break
        }
    }
}

// A full stop that may end a sentence, and what has to follow until that is known. Looks at one character at a time, so
// that the answer cannot depend on how the text was cut into tokens.

/// A place in the text of `Sentences` where a sentence may end.
struct SentenceEnding {
    enum Judgement {
        case boundary
        case none
        case wait(SentenceEnding)
    }

    private enum Waiting {
        /// For the end of the marks and quotes.
        case marks
        /// For the next visible character, which makes it no boundary if it is a number.
        case number
        /// The same if it is a lower-case letter.
        case lowercase
        /// For the whole next word, of which this much is there.
        case word(String)
    }

    /// Indices in the text: of the first mark, and after the last mark or quote.
    private(set) var start: Int
    private(set) var end: Int
    private var isSure: Bool
    private var isInstant: Bool
    private var isQuoted = false
    private var stops = 1
    private var waiting = Waiting.marks

    /// At the mark `scalar`, which is about to become `text[index]`.
    init(_ scalar: Unicode.Scalar, at index: Int) {
        start = index
        end = index + 1
        isInstant = scalar.isInstantStop
        isSure = scalar.isSureStop || isInstant
        if scalar == "…" { stops = 3 }
    }

    /// The text before `start` got shorter.
    func moved(by count: Int) -> SentenceEnding? {
        guard start >= count else { return nil }
        var copy = self
        copy.start -= count
        copy.end -= count
        return copy
    }

    /// What `next` makes of it. `text` is all before `next`; the sentence begins at `sentenceStart`.
    func judge(_ next: Unicode.Scalar, text: [Unicode.Scalar], sentenceStart: Int) -> Judgement {
        switch waiting {
        case .marks:
            if next.isStop || next.isClosingQuote || next.isTrailer { return .wait(extended(by: next)) }
            if isInstant { return .boundary }
            guard next.isSpace else { return .none }
            return isSure ? confirmed() : judgeFullStop(text, sentenceStart)
        case .number:
            if next.isNewline { return .boundary }
            if next.isSpace { return .wait(self) }
            return next.isDigit ? .none : confirmed()
        case .lowercase:
            if next.isNewline { return .boundary }
            if next.isSpace { return .wait(self) }
            return next.properties.isLowercase ? .none : .boundary
        case .word(let word):
            if next.properties.isAlphabetic || (!word.isEmpty && (next == "'" || next == "’")) {
                return word.unicodeScalars.count < 12 ? .wait(awaiting(.word(word + String(next)))) : .none
            }
            if word.isEmpty, next.isSpace, !next.isNewline { return .wait(self) }
            return Abbreviations.begins(word) && next != "." ? confirmed() : .none
        }
    }

    private func judgeFullStop(_ text: [Unicode.Scalar], _ sentenceStart: Int) -> Judgement {
        guard stops == 1 else { return .none }
        let first = Self.wordStart(in: text, before: start)
        guard first < start else { return .none }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: text[first..<start])
        if Self.isListMark(text, first..<start, sentenceStart) { return .none }
        switch Abbreviations.kind(of: String(view)) {
        case .none: return confirmed()
        case .never: return .none
        case .beforeNumber: return .wait(awaiting(.number))
        case .perhaps: return .wait(awaiting(.word("")))
        }
    }

    /// `"Really?" he asked` is one sentence, `"Really!" The door` is two.
    private func confirmed() -> Judgement { isQuoted ? .wait(awaiting(.lowercase)) : .boundary }

    private func awaiting(_ waiting: Waiting) -> SentenceEnding {
        var copy = self
        copy.waiting = waiting
        return copy
    }

    private func extended(by next: Unicode.Scalar) -> SentenceEnding {
        var copy = self
        copy.end += 1
        copy.isInstant = isInstant || next.isInstantStop
        copy.isSure = isSure || next.isSureStop || next.isInstantStop
        copy.isQuoted = isQuoted || next.isClosingQuote
        if next.isStop { copy.stops += 1 }
        return copy
    }

    /// Where the word begins that ends before `end`, without what opens it.
    private static func wordStart(in text: [Unicode.Scalar], before end: Int) -> Int {
        var first = end
        while first > 0 {
            let scalar = text[first - 1]
            if scalar.isSpace || scalar.isOpeningQuote || scalar == "—" || scalar == "–" || scalar == "/" { break }
            first -= 1
        }
        while first < end, !text[first].isWordLike { first += 1 }
        return first
    }

    /// "1." at the beginning of a line or sentence, or after a colon: the number of a list item.
    private static func isListMark(_ text: [Unicode.Scalar], _ word: Range<Int>, _ sentenceStart: Int) -> Bool {
        guard word.count <= 3, text[word].allSatisfy(\.isDigit) else { return false }
        for index in stride(from: word.lowerBound - 1, through: sentenceStart, by: -1) {
            let scalar = text[index]
            if scalar.isSpace || scalar.isTrailer || scalar == "#" || scalar == ">" || scalar == "-" { continue }
            return scalar == ":" || scalar == ";" || scalar == "," || scalar == "("
        }
        return true
    }
}

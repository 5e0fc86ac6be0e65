// A model's tokens in, sentences to synthesise out, each as soon as it is known to be one. Splits only: what a person
// would say of a sentence is for Speakable.

/// Splits one reply as it is written. Lengths are in Unicode scalars.
package struct Sentences {
    /// After the first sentence, shorter ones are joined with the next: a request each would be spent on "Yes."
    package static let minimum = 20
    /// Longer ones are cut, at a clause mark or a space.
    package static let maximum = 300

    private var text: [Unicode.Scalar] = []
    /// Where in `text` the sentence begins: after the last boundary, whether it was cut there or not.
    private var sentenceStart = 0
    /// Where in `text` the line begins; nil when that part has gone.
    private var lineStart: Int? = 0
    private var ending: SentenceEnding?
    private var fence = Fence.none
    private var hasBegun = false
    private var ready: [String] = []

    /// Fenced code is not speech: it is left out, and is a boundary.
    private enum Fence {
        case none
        /// In the code; so many backticks, and nothing else, since the line began. nil: something else.
        case code(ticks: Int?)
        /// In the line that ends it.
        case closing
    }

    /// For one reply.
    package init() {}

    /// Takes the next token, of any length, and gives the sentences that it completes.
    package mutating func append(_ token: String) -> [String] {
        for scalar in token.unicodeScalars { take(scalar) }
        return drained()
    }

    /// Gives what is left at the end of the reply, and is ready for another one.
    package mutating func finish() -> [String] {
        take("\n")
        emit(text.count)
        let sentences = drained()
        self = Sentences()
        return sentences
    }

    private mutating func drained() -> [String] {
        defer { ready = [] }
        return ready
    }

    private mutating func take(_ scalar: Unicode.Scalar) {
        guard !skipsCode(scalar) else { return }
        if let pending = ending {
            switch pending.judge(scalar, text: text, sentenceStart: sentenceStart) {
            case .wait(let waiting):
                ending = waiting
                return add(scalar)
            case .boundary:
                ending = nil
                cut(at: pending.end)
            case .none:
                ending = nil
            }
        }
        if scalar.isNewline {
            cut(at: text.count)
            if let last = text.last, last != "\n" { text.append("\n") }
            lineStart = text.count
        } else if scalar.isInstantStop, !hasOpenQuote {
            add(scalar)
            cut(at: text.count)
        } else {
            if scalar.isStop { ending = SentenceEnding(scalar, at: text.count) }
            add(scalar)
        }
    }

    private mutating func add(_ scalar: Unicode.Scalar) {
        if text.isEmpty, scalar.isSpace { return }
        text.append(scalar)
        if scalar == "`", let lineStart, text[lineStart...].drop(while: \.isSpace).elementsEqual("```".unicodeScalars) {
            text.removeSubrange(lineStart...)
            fence = .code(ticks: nil)
            ending = nil
        } else if text.count > Self.maximum {
            emit(overlongCut())
        }
    }

    /// A boundary: what lies before it goes, unless it is too short to go alone.
    private mutating func cut(at end: Int) {
        sentenceStart = end
        let isEnough =
            hasBegun
            ? text[..<end].count - text[..<end].reversed().prefix(while: \.isSpace).count >= Self.minimum
            : text[..<end].contains(where: \.isWordLike)
        if isEnough { emit(end) }
    }

    private mutating func emit(_ end: Int) {
        var sentence = String.UnicodeScalarView()
        sentence.append(contentsOf: text[..<end])
        while sentence.last?.isSpace == true { sentence.removeLast() }
        if !sentence.isEmpty {
            ready.append(String(sentence))
            hasBegun = true
        }
        let gone = end + text[end...].prefix(while: \.isSpace).count
        text.removeFirst(gone)
        sentenceStart = max(0, sentenceStart - gone)
        lineStart = lineStart.flatMap { $0 >= gone ? $0 - gone : nil }
        ending = ending?.moved(by: gone)
    }

    /// Where to cut a text that is too long: after the last clause mark of its later two thirds, else at the last space,
    /// else between two characters.
    private func overlongCut() -> Int {
        let limit = Self.maximum
        for end in stride(from: limit, to: limit / 3, by: -1)
        where text[end - 1].isWideClauseMark || (text[end - 1].isClauseMark && text[end].isSpace) {
            return end
        }
        for end in stride(from: limit, to: Self.minimum, by: -1) where text[end].isSpace { return end }
        // The last character may not be complete yet.
        var whole = String.UnicodeScalarView()
        whole.append(contentsOf: text)
        let end = String(whole).dropLast().unicodeScalars.count
        return end > limit / 2 ? end : limit
    }

    /// Whether a quotation that began in this sentence is still open.
    private var hasOpenQuote: Bool {
        var depth = 0
        var isStraightOpen = false
        for scalar in text[sentenceStart...] {
            if scalar == "\"" {
                isStraightOpen.toggle()
            } else if scalar.isOpeningQuote {
                depth += 1
            } else if scalar.isClosingQuote, scalar != "'", scalar != "’" {
                depth -= 1
            }
        }
        return depth > 0 || isStraightOpen
    }

    /// Whether `scalar` belongs to fenced code.
    private mutating func skipsCode(_ scalar: Unicode.Scalar) -> Bool {
        switch fence {
        case .none:
            return false
        case .code(let ticks):
            if scalar.isNewline {
                fence = .code(ticks: 0)
            } else if scalar == "`", let ticks {
                fence = ticks == 2 ? .closing : .code(ticks: ticks + 1)
            } else if !scalar.isSpace || ticks != 0 {
                fence = .code(ticks: nil)
            }
        case .closing:
            if scalar.isNewline {
                fence = .none
                lineStart = text.count
            }
        }
        return true
    }
}

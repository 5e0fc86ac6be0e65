// The one sanitiser: words of callers, models and vendors become text that a terminal, a log file or a person's eye
// cannot be tricked with. It cleans; it does not lay out (see the dashboard's Canvas) and does not redact.

extension String {
    /// The text on one line, without anything that steers a terminal or hides from the eye:
    /// - escape sequences go as a whole (CSI, OSC and the other string kinds, two-character ones); one that is never
    ///   closed loses its introducer only, so that nothing can make the rest disappear;
    /// - line breaks, tabs and every kind of space become a space; other control characters go;
    /// - bidirectional controls, zero-width and other format characters, variation selectors and fillers go;
    /// - what has no agreed shape (private use, unassigned) becomes U+FFFD; a letter keeps at most four marks on it.
    ///
    /// - Parameter limit: how many Unicode scalars to keep; what is cut ends in "…".
    package func sanitised(limit: Int = 4000) -> String {
        if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) && utf8.count <= limit { return self }
        var cleaner = Cleaner(input: Array(unicodeScalars.prefix(limit &* 2)), limit: limit)
        return cleaner.run()
    }
}

private struct Cleaner {
    let input: [Unicode.Scalar]
    let limit: Int
    var position = 0
    var output = String.UnicodeScalarView()
    var kept = 0
    /// Marks on the last letter; nil where there is no letter to carry one.
    var marks: Int?
    /// A search for the end of a string sequence has failed once: it would fail again, and cost the square of the input.
    var isUnclosed = false

    init(input: [Unicode.Scalar], limit: Int) {
        self.input = input
        self.limit = max(limit, 0)
    }

    mutating func run() -> String {
        while position < input.count {
            let scalar = input[position]
            position += 1
            switch scalar.value {
            case 0x1B: skipEscape()
            case 0x9B: skipControlSequence()
            case 0x90, 0x98, 0x9D, 0x9E, 0x9F: skipString()
            case 0x09...0x0D, 0x85, 0x2028, 0x2029: keep(" ")
            case 0x00..<0x20, 0x7F...0x9F: break
            default: take(scalar)
            }
            if kept > limit { return cut() }
        }
        return String(output)
    }

    private mutating func take(_ scalar: Unicode.Scalar) {
        if scalar.value < 0x7F { return keep(scalar) }
        if scalar.isInvisible { return }
        switch scalar.properties.generalCategory {
        case .format, .control, .surrogate: break
        case .spaceSeparator, .lineSeparator, .paragraphSeparator: keep(" ")
        case .privateUse, .unassigned: keep("\u{FFFD}")
        case .nonspacingMark, .enclosingMark:
            guard let count = marks, count < 4 else { return }
            marks = count + 1
            output.append(scalar)
        default: keep(scalar)
        }
    }

    private mutating func keep(_ scalar: Unicode.Scalar) {
        kept += 1
        marks = 0
        output.append(scalar)
    }

    private func cut() -> String {
        var text = String(String.UnicodeScalarView(output.dropLast(2)))
        if limit > 0 { text += "…" }
        return text
    }

    // MARK: Escape sequences, ECMA-48

    private mutating func skipEscape() {
        guard position < input.count else { return }
        switch input[position].value {
        case 0x5B:
            position += 1
            skipControlSequence()
        case 0x50, 0x58, 0x5D, 0x5E, 0x5F:
            position += 1
            skipString()
        case 0x20...0x2F:
            skip(while: 0x20...0x2F)
            if position < input.count, (0x30...0x7E).contains(input[position].value) { position += 1 }
        case 0x30...0x7E: position += 1
        default: break
        }
    }

    private mutating func skipControlSequence() {
        skip(while: 0x20...0x3F)
        if position < input.count, (0x40...0x7E).contains(input[position].value) { position += 1 }
    }

    /// OSC, DCS, SOS, PM, APC: up to BEL, ST or ESC \.
    private mutating func skipString() {
        guard !isUnclosed else { return }
        for index in position..<input.count {
            let value = input[index].value
            if value == 0x07 || value == 0x9C {
                position = index + 1
                return
            }
            if value == 0x1B, index + 1 < input.count, input[index + 1] == "\\" {
                position = index + 2
                return
            }
        }
        isUnclosed = true
    }

    private mutating func skip(while range: ClosedRange<UInt32>) {
        while position < input.count, range.contains(input[position].value) { position += 1 }
    }
}

extension Unicode.Scalar {
    /// Letters and marks by category, yet made to be unseen: joiners, fillers, variation selectors.
    fileprivate var isInvisible: Bool {
        switch value {
        case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F, 0x3164, 0xFE00...0xFE0F, 0xFFA0, 0x1D159,
            0xE0000...0xE0FFF:
            true
        default: false
        }
    }
}

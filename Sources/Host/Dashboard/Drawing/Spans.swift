// Text whose parts mean different things.

struct Spans: Equatable {
    struct Part: Equatable {
        var text: String
        var style: Style
    }

    private(set) var parts: [Part] = []

    init() {}
    init(_ text: String, _ style: Style = .normal) { add(text, style) }

    var text: String { parts.map(\.text).joined() }
    var width: Int { parts.reduce(0) { $0 + Columns.width(of: $1.text) } }
    var isEmpty: Bool { parts.isEmpty }

    mutating func add(_ text: String, _ style: Style = .normal) {
        guard !text.isEmpty else { return }
        if let last = parts.indices.last, parts[last].style == style {
            parts[last].text += text
        } else {
            parts.append(Part(text: text, style: style))
        }
    }

    mutating func add(_ spans: Spans) {
        for part in spans.parts { add(part.text, part.style) }
    }

    /// Broken between words into lines of at most `limit` columns; a word longer than that is broken anywhere.
    func wrapped(to limit: Int) -> [Spans] {
        let limit = max(limit, 2)
        var lines: [Spans] = []
        var line = Spans()
        var room = limit
        for word in words {
            let gap = line.isEmpty ? 0 : 1
            if word.width + gap > room, !line.isEmpty {
                lines.append(line)
                line = Spans()
                room = limit
            } else if gap == 1 {
                // The space belongs to what goes on: two words of one style are one part.
                line.add(" ", word.parts.first?.style == line.parts.last?.style ? word.parts[0].style : .normal)
                room -= 1
            }
            for piece in word.pieces(of: limit) {
                if piece.width > room {
                    lines.append(line)
                    line = Spans()
                    room = limit
                }
                line.add(piece)
                room -= piece.width
            }
        }
        if !line.isEmpty { lines.append(line) }
        return lines
    }

    private var words: [Spans] {
        var words: [Spans] = []
        var word = Spans()
        for part in parts {
            for (index, piece) in part.text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
                if index > 0, !word.isEmpty {
                    words.append(word)
                    word = Spans()
                }
                word.add(String(piece), part.style)
            }
        }
        return word.isEmpty ? words : words + [word]
    }

    private func pieces(of limit: Int) -> [Spans] {
        guard width > limit else { return [self] }
        return parts.flatMap { part in Columns.clusters(part.text).map { Spans($0.text, part.style) } }
    }
}

extension Canvas {
    /// Draws spans and answers the column after them.
    @discardableResult
    mutating func put(_ spans: Spans, _ at: At) -> Int {
        spans.parts.reduce(at.column) { put($1.text, At(at.row, $0, end: at.end), $1.style) }
    }

    /// A line across the screen: `── title ───────────── note ──`.
    mutating func rule(_ row: Int, _ title: Spans, note: Spans = Spans()) {
        put(String(repeating: "─", count: columns), At(row, 0), .faint)
        if !title.isEmpty {
            let next = put(title, At(row, 3, end: columns - 3))
            put(" ", At(row, 2))
            put(" ", At(row, next))
        }
        let start = columns - 3 - note.width
        if !note.isEmpty, start > title.width + 6 {
            put(" ", At(row, start - 1))
            put(note, At(row, start))
            put(" ", At(row, columns - 3))
        }
    }
}

// Cells, clipping, wide letters, and that nothing unclean reaches a cell.
internal import Testing

@testable import Dashboard

@Suite struct CanvasTests {
    @Test(arguments: [
        (At(0, 0), "abc", "abc"), (At(0, 6), "abc", "      ab"), (At(0, 6, end: 7), "abc", "      a"),
        (At(0, 8), "abc", ""),
        (At(0, -1), "abc", "bc"), (At(-1, 0), "abc", ""), (At(1, 0), "abc", ""), (At(0, 6), "你", "      你"),
        (At(0, 7), "你", ""), (At(0, 0), "a\u{1B}[31m\nb", "a b"), (At(0, 0), "e\u{301}x", "e\u{301}x"),
    ])
    func textIsClipped(_ at: At, _ text: String, _ line: String) {
        var canvas = Canvas(columns: 8, rows: 1)
        canvas.put(text, at)
        #expect(canvas.lines == [line])
    }

    @Test func halvesOfWideLettersAreNotLeft() {
        for column in 0..<6 {
            for text in ["x", "好"] {
                var canvas = Canvas(columns: 8, rows: 1)
                canvas.put("你你你你", At(0, 0))
                canvas.put(text, At(0, column))
                let row = Array(canvas.row(0))
                #expect(row.reduce(0) { $0 + $1.width } == 8)
                for (index, cell) in row.enumerated() where cell.width == 2 { #expect(row[index + 1].width == 0) }
            }
        }
    }

    @Test func answersTheNextColumn() {
        var canvas = Canvas(columns: 8, rows: 1)
        #expect(canvas.put("你a", At(0, 1)) == 4)
        #expect(canvas.put("abcdef", At(0, 4)) == 8)
    }

    @Test func everyMarkHasAStandIn() {
        for mark in ASCIIMarks.marks {
            #expect(Columns.width(of: mark.key) == 1)
            #expect(mark.value.utf8.count == 1)
        }
        let states = ["»", "…", "«", "↻", "·", "×"].compactMap { ASCIIMarks.marks[$0] }
        #expect(Set(states).count >= 5)
    }

    @Test func asciiCanvasHoldsAsciiOnly() {
        var canvas = Canvas(columns: 20, rows: 1, ascii: true)
        canvas.put("▇ Zoë 你好 ✂", At(0, 0))
        #expect(canvas.lines == ["# Zo? ???? X"])
    }

    @Test func badSizesAreEmpty() {
        var canvas = Canvas(columns: -1, rows: 3)
        canvas.put("x", At(0, 0))
        canvas.rule(0, Spans("title"), note: Spans("note"))
        #expect(canvas.lines == ["", "", ""])
    }
}

@Suite struct ThemeTests {
    /// Where the mono table makes two meanings look the same, a word, a mark or the place tells them apart.
    @Test func monoUsesNoColour() {
        for style in Style.allCases {
            let attributes = Theme.mono.attributes(style)
            #expect(attributes.foreground == nil && attributes.background == nil, "\(style)")
        }
    }

    @Test func newsIsSeenInBoth() {
        let news: [Style] = [.bargeIn, .retry, .failure, .overBudget, .selected, .held]
        for theme in Theme.allCases {
            for style in news { #expect(theme.attributes(style) != theme.attributes(.normal), "\(theme) \(style)") }
            #expect(theme.attributes(.normal) == Attributes())
        }
    }

    @Test func onlyWhatIsHeldHasABackground() {
        for style in Style.allCases where style != .held {
            #expect(Theme.colour.attributes(style).background == nil)
        }
    }
}

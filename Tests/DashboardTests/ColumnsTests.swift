// Widths, cutting and wrapping, by columns and not by letters.
internal import Testing

@testable import Dashboard

@Suite struct ColumnsTests {
    @Test(arguments: [
        ("abc", 3), ("", 0), ("Zoë", 3), ("e\u{301}", 1), ("你好", 4), ("한글", 4), ("\u{1112}\u{1161}\u{11AB}", 2),
        ("😀", 2), ("ｆｕｌｌ", 8), ("ﾊﾝ", 2), ("»…«↻⊘✂⇄▇━▌●✗·×▸‹›├┤┊│─█↵←→↑↓", 28), ("▁▂▃▄▅▆", 6), ("\u{FFFD}", 1),
        ("\u{3000}", 2), ("ا\u{64B}", 1), ("\u{20000}", 2),
    ])
    func width(_ text: String, _ columns: Int) { #expect(Columns.width(of: text) == columns) }

    @Test(arguments: [
        ("half past ten", 20, "half past ten"), ("half past ten", 13, "half past ten"),
        ("half past ten", 8, "half pa…"),
        ("你好世界", 8, "你好世界"), ("你好世界", 7, "你好世…"), ("你好世界", 6, "你好…"), ("abc", 1, "…"), ("abc", 0, ""),
        ("abc", -3, ""), ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
    ])
    func clipped(_ text: String, _ limit: Int, _ result: String) { #expect(Columns.clip(text, to: limit) == result) }

    @Test(arguments: [
        ("half past ten", 13, "half past ten"), ("half past ten", 8, "…ast ten"), ("你好世界", 6, "…世界"), ("abc", 0, ""),
    ])
    func clippedFront(_ text: String, _ limit: Int, _ result: String) {
        #expect(Columns.clipFront(text, to: limit) == result)
    }

    @Test(arguments: [
        ("", 10, []), ("one two three", 13, ["one two three"]), ("one two three", 12, ["one two", "three"]),
        ("one two three", 5, ["one", "two", "three"]), ("a verylongword b", 6, ["a", "verylo", "ngword", "b"]),
        ("你好世界", 5, ["你好", "世界"]), ("  spaced   out  ", 20, ["spaced out"]),
    ])
    func wrapped(_ text: String, _ limit: Int, _ lines: [String]) {
        #expect(Spans(text).wrapped(to: limit).map(\.text) == lines)
    }

    @Test func wrappingKeepsStyles() {
        var spans = Spans("I can offer ")
        spans.add("‹nine or ten›", .unheard)
        let lines = spans.wrapped(to: 17)
        #expect(lines.map(\.text) == ["I can offer ‹nine", "or ten›"])
        #expect(lines[0].parts.map(\.style) == [.normal, .unheard])
        #expect(lines[1].parts.map(\.style) == [.unheard])
    }
}

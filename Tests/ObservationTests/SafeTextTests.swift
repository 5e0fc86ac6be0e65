// Words that are out to trick a terminal, and what is left of them.
internal import Testing

@testable import Observation

@Suite struct SafeTextTests {
    @Test(arguments: [
        // Ordinary words stay.
        ("half past ten", "half past ten"), ("", ""), ("Zoë, ça va? 你好 😀", "Zoë, ça va? 你好 😀"), ("שלום", "שלום"),
        ("e\u{301}", "e\u{301}"),
        // Lines and spaces.
        ("a\r\nb\tc\u{B}d\u{85}e\u{2028}f\u{2029}g", "a  b c d e f g"), ("a\u{A0}b\u{3000}c\u{2003}d", "a b c d"),
        // Control characters.
        ("a\u{0}b\u{7}c\u{8}d\u{7F}e\u{80}f", "abcdef"),
        // CSI: cleared screen, colours, an unfinished one, one broken by a letter that is not of it.
        ("\u{1B}[2J\u{1B}[1;1Hx", "x"), ("\u{1B}[31mred\u{1B}[0m", "red"), ("\u{9B}31mred", "red"), ("x\u{1B}[31", "x"),
        ("\u{1B}[3é", "é"), ("x\u{1B}", "x"), ("\u{1B}\u{1B}[31mx", "x"),
        // Titles, links and device strings, by BEL, ST and ESC \.
        ("\u{1B}]0;owned\u{7}x", "x"), ("\u{9D}0;owned\u{9C}x", "x"),
        ("\u{1B}]8;;http://e\u{1B}\\y\u{1B}]8;;\u{1B}\\", "y"),
        ("\u{1B}P1$tx\u{1B}\\y", "y"), ("\u{1B}_G\u{7}x", "x"), ("\u{1B}^p\u{7}x", "x"), ("\u{1B}Xs\u{7}x", "x"),
        // One that is never closed must not swallow what follows.
        ("\u{1B}]0;rest of it", "0;rest of it"), ("\u{1B}]a\u{1B}]b", "ab"),
        // Two-character sequences, character sets.
        ("\u{1B}cx", "x"), ("\u{1B}(Bx", "x"), ("\u{1B}#8x", "x"), ("\u{1B}7x\u{1B}8", "x"),
        // Turned around and hidden.
        ("\u{202E}txt.exe\u{202C}", "txt.exe"), ("\u{2066}a\u{2069}\u{200E}b\u{200F}c\u{61C}", "abc"),
        ("pass\u{200B}wo\u{200D}rd\u{FEFF}\u{AD}\u{2060}", "password"),
        ("a\u{E0041}b\u{FE0F}c\u{3164}d\u{34F}", "abcd"),
        // No agreed shape.
        ("a\u{E000}b\u{10FFFF}", "a\u{FFFD}b\u{FFFD}"),
        // Marks that pile up, and one with nothing to stand on.
        ("Z\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}a", "Z\u{300}\u{301}\u{302}\u{303}a"), ("\u{301}a", "a"),
    ])
    func isClean(_ words: String, _ safe: String) {
        #expect(words.sanitised() == safe)
        #expect(safe.sanitised() == safe, "clean text stays as it is")
    }

    @Test func isCut() {
        #expect(String(repeating: "x", count: 100).sanitised(limit: 10) == "xxxxxxxxx…")
        #expect("0123456789".sanitised(limit: 10) == "0123456789")
        #expect("é123456789".sanitised(limit: 10) == "é123456789")
        #expect("é1234567890".sanitised(limit: 10) == "é12345678…")
        #expect("abc".sanitised(limit: 0) == "")
    }

    @Test func longAttacksAreCutToo() {
        for attack in ["\u{1B}]", "\u{1B}[", "\u{200B}", "a\u{300}", "\u{9D}x"] {
            let safe = String(repeating: attack, count: 100_000).sanitised(limit: 1000)
            #expect(safe.unicodeScalars.count <= 5000)
        }
    }

    /// Whatever is made of the scalars that steer terminals, nothing of the kind is left.
    @Test func nothingSlipsThrough() {
        var generator = SystemRandomNumberGenerator()
        let pieces = [
            "\u{1B}", "[", "]", "\\", "\u{7}", "\u{9C}", "\u{9B}", "P", "m", "0", ";", "a", "\u{301}", "\u{202E}", "\n",
            "é",
        ]
        for _ in 0..<5000 {
            let text = (0..<12).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            let safe = text.sanitised()
            #expect(
                safe.unicodeScalars.allSatisfy {
                    ![.control, .format, .lineSeparator].contains($0.properties.generalCategory)
                }, "\(text.debugDescription)")
        }
    }
}

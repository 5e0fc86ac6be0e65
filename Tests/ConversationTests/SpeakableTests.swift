// Written text and what a person would say of it.
import Conversation
import Testing

@Suite struct SpeakableTests {
    @Test(arguments: [
        // Unharmed.
        ("Hello, world! It's 3.14 or $5.99 at 5:30 p.m.", "Hello, world! It's 3.14 or $5.99 at 5:30 p.m."),
        ("Ça va ? Très bien – merci…", "Ça va ? Très bien – merci…"),
        ("你好。今天怎么样？", "你好。今天怎么样？"),
        ("نعم\u{200C}ها و क्\u{200D}ष", "نعم\u{200C}ها و क्\u{200D}ष"),
        ("3 < 5 and 7 > 2, a/b, ™ and ©", "3 < 5 and 7 > 2, a/b, ™ and ©"),
        ("Use [1] and (2) as they are", "Use [1] and (2) as they are"),
        ("  much \t white\u{00A0}space  ", "much white space"),

        // Emphasis and block marks.
        ("**Bold**, *slanted*, __both__ and ~~gone~~.", "Bold, slanted, both and gone."),
        ("This is *very* **im**portant", "This is very important"),
        ("Run `make test` now", "Run make test now"),
        ("the snake_case name _init_", "the snake case name init"),
        ("## Heading ", "Heading"),
        ("> quoted\n> words.", "quoted. words."),
        ("- Milk\n* Eggs\n+ Bread\n• Tea", "Milk. Eggs. Bread. Tea"),
        ("1. Open it\n2. Close it", "1. Open it. 2. Close it"),
        ("- [x] done\n- [ ] open", "done. open"),
        ("| Name | Age |\n|------|:---:|\n| Ann | 7 |", "Name, Age. Ann, 7"),
        ("One:\n---\nTwo,\nthree", "One: Two, three"),

        // Code.
        ("Try:\n```swift\nlet x = 1\n```\nDone.", "Try: Done."),
        ("```\nnever closed", ""),

        // Links and addresses.
        ("See [our page](https://example.com/a_(b)) now.", "See our page now."),
        ("![a cat](cat.png) and [https://example.com](https://example.com)", "a cat and example dot com"),
        ("Go to https://www.example.com/a/b?c=d#e.", "Go to example dot com."),
        (
            "(see http://docs.example.co.uk:8080/x), or <https://example.org>",
            "(see docs dot example dot co dot uk), or example dot org"
        ),
        ("Visit www.example.com!", "Visit example dot com!"),
        ("Mail **bob.smith@example.com**, please.", "Mail bob dot smith at example dot com, please."),

        // Symbols.
        ("Salt & pepper, AT&T, R&D", "Salt and pepper, AT and T, R and D"),
        ("50% of 3.5 %, but %d", "50 percent of 3.5 percent, but %d"),
        ("2 + 3 = 5 and 4 * 5, 6×7, 6 × 7, 3*4", "2 plus 3 equals 5 and 4 times 5, 6×7, 6 times 7, 3 times 4"),
        ("C++ and C# by #5 of #holiday", "C++ and C sharp by number 5 of holiday"),
        ("About ~20°C or 68°F, 90° left", "About about 20 degrees Celsius or 68 degrees Fahrenheit, 90 degrees left"),
        ("Home → Settings", "Home to Settings"),

        // Emoji.
        ("Great 👍! Well done 🎉🎉", "Great! Well done"),
        ("I ❤️ you 👨‍👩‍👧‍👦 🇩🇪 👋🏽 ☺️", "I you"),
        ("Press 1️⃣ now", "Press 1 now"),

        // Nothing to say.
        ("", ""), ("  \n ", ""), ("👍", ""), ("...", ""), ("***", ""), (":-)", ""), ("```", ""),
    ])
    func saysWhatAPersonWould(written: String, spoken: String) {
        #expect(Speakable.text(written) == spoken)
        #expect(Speakable.text(spoken) == spoken, "and says it again")
    }

    @Test(arguments: [
        ("Sal & pimienta, 50%, ~20°C", "Sal & pimienta, 50%, ~20°C"),
        ("**Hola** 👋 en https://www.ejemplo.es/a.", "Hola en ejemplo.es."),
        ("C# y bob@ejemplo.es", "C# y bob@ejemplo.es"),
    ])
    func leavesOtherLanguagesTheirSymbols(written: String, spoken: String) {
        #expect(Speakable.text(written, language: "es-MX") == spoken)
    }
}

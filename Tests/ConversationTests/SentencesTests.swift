// The splitter on strings that split wrongly elsewhere, each fed in many ways with one result.
import Conversation
import Testing

@Suite struct SentencesTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var text: String
        var sentences: [String]
        var testDescription: String { text.debugDescription }

        init(_ text: String, _ sentences: String...) {
            self.text = text
            self.sentences = sentences.isEmpty ? [text] : sentences
        }
    }

    /// With one expectation only: the text is one sentence. All are long enough not to be joined.
    static let corpus: [Case] = [
        // Plain.
        Case("Hello there, how are you today? I am fine.", "Hello there, how are you today?", "I am fine."),
        Case("Sure! I can help you with that.", "Sure!", "I can help you with that."),
        Case("no punctuation at all in this one"),
        Case("").nothing,
        Case("  \n\t \n ").nothing,

        // Titles and abbreviations.
        Case(
            "Mr. Smith met Dr. Jones and Mrs. Brown at St. Mary's. They talked for an hour.",
            "Mr. Smith met Dr. Jones and Mrs. Brown at St. Mary's.", "They talked for an hour."),
        Case("Bring fruit, e.g. apples, i.e. something fresh, vs. sweets."),
        Case("Fruit (e.g. apples) is good, cf. Prof. Green."),
        Case("She has a Ph.D. in physics and lives in Washington D.C. with her dog."),
        Case(
            "He moved to the U.S. Army base. It was in the U.K. then.",
            "He moved to the U.S. Army base.", "It was in the U.K. then."),
        Case(
            "We lived in the U.S. Then we moved to France for good.",
            "We lived in the U.S.", "Then we moved to France for good."),
        Case("Pens, paper, etc. are on the table, from Acme Inc. and others."),
        Case("Acme Inc. Holdings and Foo Ltd. Partners merged."),
        Case("See Fig. 3 and No. 5 on p. 12, vol. 2 of it."),
        Case("Do you like it? No. I do not like it at all.", "Do you like it?", "No. I do not like it at all."),
        Case("On Jan. 5 and Sept. 10 we are closed, and Mon. 3 too."),
        Case("It opens approx. five minutes later, incl. the kiosk."),

        // Times and initials.
        Case("We meet at 5 p.m. on Tuesday or at 9 a.m. Eastern time."),
        Case(
            "We meet at 5 p.m. Then we eat something together.",
            "We meet at 5 p.m.", "Then we eat something together."),
        Case(
            "J. K. Rowling and George W. Bush wrote books. J.R.R. Tolkien did too, long ago.",
            "J. K. Rowling and George W. Bush wrote books.", "J.R.R. Tolkien did too, long ago."),
        Case(
            "We go with plan B. It is the better one of both.",
            "We go with plan B.", "It is the better one of both."),

        // Numbers.
        Case("Pi is about 3.14159 and costs $5.99 or €1.234,50 today."),
        Case("It costs $5. That is not much for such a thing.", "It costs $5.", "That is not much for such a thing."),
        Case("Version 2.0.1 came at 3.30 in the night of 2024-01-02."),
        Case(
            "The ratio is .5 and the other one is 1. or so.",
            "The ratio is .5 and the other one is 1.", "or so."),

        // Addresses.
        Case(
            "Go to https://example.com/a.b?c=d.e!f and read it. Then call us back please.",
            "Go to https://example.com/a.b?c=d.e!f and read it.", "Then call us back please."),
        Case("Write to bob.smith@mail.example.co.uk or visit www.example.com."),
        Case(
            "I like Node.js, ASP.NET and example.com. They are all fine with me.",
            "I like Node.js, ASP.NET and example.com.", "They are all fine with me."),

        // Ellipses and runs of marks.
        Case("Well... I think so… perhaps . . . who knows?"),
        Case(
            "What?! You cannot be serious about that!!! Yes I am.",
            "What?!", "You cannot be serious about that!!!", "Yes I am."),
        Case("Really...? I never knew that about you.", "Really...?", "I never knew that about you."),

        // Quotes, brackets, emphasis and emoji belong to the sentence before them.
        Case(
            "He said \"I am done.\" Then he left the building.",
            "He said \"I am done.\"", "Then he left the building."),
        Case(
            "\"Really?\" he asked me twice. (It was true.) Nobody knew of it.",
            "\"Really?\" he asked me twice.", "(It was true.) Nobody knew of it."),
        Case("“Stop!” The door closed behind him at once.", "“Stop!”", "The door closed behind him at once."),
        Case("**This is important.** Please read it twice.", "**This is important.**", "Please read it twice."),
        Case("Great job!👍🏽 Let us go on with it.", "Great job!👍🏽", "Let us go on with it."),
        Case("Great! 😊 Let us go on with it.", "Great!", "😊 Let us go on with it."),

        // Lines and lists.
        Case(
            "Here is the list\n1. Open the door of the car\n2. Close the door of the car\n",
            "Here is the list", "1. Open the door of the car", "2. Close the door of the car"),
        Case(
            "There are two steps: 1. Open the door. 2. Close the door again.",
            "There are two steps: 1. Open the door.", "2. Close the door again."),
        Case(
            "# Shopping\n- Milk\n- Eggs\n- A whole loaf of bread\n\nThat is all.",
            "# Shopping", "- Milk\n- Eggs\n- A whole loaf of bread", "That is all."),
        Case("One line\r\nand another line that is long", "One line", "and another line that is long"),

        // Short sentences are joined, but never the first.
        Case("Yes. No. Maybe. I do not know. Ask me later.", "Yes.", "No. Maybe. I do not know.", "Ask me later."),
        Case(
            "👍 ... ! Hello there. I am here and I can hear you.",
            "👍 ... ! Hello there.", "I am here and I can hear you."),

        // Code is left out.
        Case(
            "Try this:\n```swift\nlet x = 1. // A. B! `c`\nprint(x)\n```\nIt prints the number one.",
            "Try this:", "It prints the number one."),
        Case("Use `let x = 1.5` here, not ``` there.\n  ```\ncode", "Use `let x = 1.5` here, not ``` there."),

        // Other scripts.
        Case(
            "你好。我是诺瓦！你今天想聊些什么呢？我可以帮你查天气，也可以讲故事。",
            "你好。", "我是诺瓦！你今天想聊些什么呢？我可以帮你查天气，也可以讲故事。"),
        Case(
            "彼は「はい。」と言った。それから家に帰ったので、私は一人で本を読んでいました。",
            "彼は「はい。」", "と言った。それから家に帰ったので、私は一人で本を読んでいました。"),
        Case(
            "नमस्ते। मैं आपकी सहायता कर सकती हूँ॥ आज आप कैसे हैं?",
            "नमस्ते।", "मैं आपकी सहायता कर सकती हूँ॥", "आज आप कैसे हैं?"),
        Case("مرحبا؟ هل يمكنني مساعدتك اليوم في شيء؟", "مرحبا؟", "هل يمكنني مساعدتك اليوم في شيء؟"),
        Case(
            "¿Cómo estás? El Sr. García y la Sra. López están aquí.",
            "¿Cómo estás?", "El Sr. García y la Sra. López están aquí."),
        Case("Das ist z.B. ein Haus bzw. eine Wohnung von Dr. Müller."),
    ]

    @Test(arguments: corpus) func splitsTheSameHoweverItIsFed(_ example: Case) {
        for (name, tokens) in Self.feeds(example.text) {
            #expect(Self.split(tokens) == example.sentences, "fed by \(name)")
        }
    }

    @Test func losesNothingOfALongText() {
        let text = Self.corpus.map(\.text).filter { !$0.contains("```") }.joined(separator: " ")
        let expected = Self.split([text])
        #expect(expected.joined().filter { !$0.isWhitespace } == text.filter { !$0.isWhitespace })
        #expect(expected.dropLast().dropFirst().allSatisfy { (20...300).contains($0.unicodeScalars.count) })
        var random = SystemRandomNumberGenerator()
        for _ in 0..<20 {
            var tokens: [String] = []
            var rest = text.unicodeScalars[...]
            while !rest.isEmpty {
                let length = Int.random(in: 1...9, using: &random)
                tokens.append(String(rest.prefix(length)))
                rest = rest.dropFirst(length)
            }
            #expect(Self.split(tokens) == expected, "tokens \(tokens)")
        }
    }

    @Test(arguments: [
        ("Sure! ", "Sure!"), ("Sure. ", "Sure."), ("Okay?\n", "Okay?"), ("Hello\n", "Hello"), ("你好。", "你好。"),
        ("Why?\" S", "Why?\""), ("No. I", "No."), ("At 5 p.m. Then ", "At 5 p.m."),
    ])
    func speaksTheFirstSentenceAtOnce(text: String, sentence: String) {
        var splitter = Sentences()
        let early = text.unicodeScalars.dropLast().flatMap { splitter.append(String($0)) }
        #expect(early == [])
        #expect(splitter.append(String(text.unicodeScalars.suffix(1))) == [sentence])
    }

    @Test func cutsWhatIsTooLong() {
        let clause = "and then we went on, past the old mill and the river "
        let clauses = Self.split([String(repeating: clause, count: 20)])
        #expect(clauses.count > 3)
        #expect(clauses.dropLast().allSatisfy { $0.hasSuffix(",") && (100...300).contains($0.count) })

        let words = Self.split([String(repeating: "word ", count: 200)])
        #expect(words.dropLast().allSatisfy { $0.hasSuffix("word") && (290...300).contains($0.count) })

        let family = "👨‍👩‍👧‍👦"
        let emoji = Self.split([String(repeating: family, count: 100)])
        #expect(emoji.joined() == String(repeating: family, count: 100))
        #expect(emoji.allSatisfy { $0.unicodeScalars.count <= 300 && $0.allSatisfy { String($0) == family } })
    }

    @Test func isReadyForAnotherReply() {
        var splitter = Sentences()
        #expect(splitter.append("One. Two") == ["One."])
        #expect(splitter.finish() == ["Two"])
        #expect(splitter.append("Yes. ") == ["Yes."])
        #expect(splitter.finish() == [])
    }

    static func split(_ tokens: [String]) -> [String] {
        var splitter = Sentences()
        return tokens.flatMap { splitter.append($0) } + splitter.finish()
    }

    /// Whole, by scalar, by character, by word as models do, and by three.
    static func feeds(_ text: String) -> [(String, [String])] {
        var words: [String] = []
        for character in text {
            if character.isWhitespace || words.isEmpty { words.append("") }
            words[words.count - 1].append(character)
        }
        let scalars = Array(text.unicodeScalars)
        let threes = stride(from: 0, to: scalars.count, by: 3).map { start in
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars[start..<min(start + 3, scalars.count)])
            return String(view)
        }
        return [
            ("whole", [text]), ("scalar", scalars.map { String($0) }), ("character", text.map { String($0) }),
            ("word", words), ("three", threes),
        ]
    }
}

extension SentencesTests.Case {
    /// No sentence at all.
    var nothing: Self {
        var copy = self
        copy.sentences = []
        return copy
    }
}

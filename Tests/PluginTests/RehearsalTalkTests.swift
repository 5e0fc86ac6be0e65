// The rules of the rehearsal model: who answers what, and whether every answer can be spoken.
import PluginSDK
import RehearsalCore
import Testing

/// Wednesday, 4 March 2026, half past ten.
private let clock: Clock = { daysAhead in
    LocalTime(hour: 10, minute: 30, weekday: (3 + daysAhead + 7) % 7, day: 4 + daysAhead, month: 3, year: 2026)
}
private let model = Conversationalist(clock: clock)

private func conversation(_ lines: [String]) -> [ChatMessage] {
    lines.enumerated().map { ChatMessage($0 % 2 == 0 ? .user : .assistant, $1) }
}

private func choice(_ lines: String...) -> Conversationalist.Choice {
    model.choice(for: conversation(lines), dice: SplitMix64(seed: 1))
}

private func answer(_ lines: String..., seed: UInt64 = 1) -> Conversationalist.Answer {
    model.answer(to: conversation(lines), dice: SplitMix64(seed: seed))
}

/// Why `text` cannot be given to a synthesiser; nil if it can.
private func complaint(_ text: String) -> String? {
    if text.isEmpty { return "empty" }
    if !text.utf8.allSatisfy({ (32...126).contains($0) }) { return "not plain ASCII" }
    if let mark = text.first(where: { "*_#`[]~<>|{}\\/".contains($0) }) { return "markup: \(mark)" }
    if let last = text.last, !".!?".contains(last) { return "no full stop" }
    if text.first?.isLowercase == true { return "starts with a small letter" }
    if text.contains("  ") || text.contains(" .") || text.contains("..") || text.contains(" ,") { return "bad spacing" }
    return nil
}

@Suite struct RehearsalTalkTests {
    @Test(arguments: Talk.all) func answersTheTopic(_ talk: Talk) {
        let choice = choice(talk.said)
        #expect(choice.topic == talk.topic)
        #expect(!choice.variants.isEmpty)
        for variant in choice.variants {
            #expect(variant.lowercased().contains(talk.holds), "\(variant)")
            #expect(complaint(variant) == nil, "\(variant)")
        }
    }

    @Test func everyTopicIsSpokenTo() {
        let covered = Set(Talk.all.map(\.topic)).union(["opening"])
        #expect(Conversationalist.topics.subtracting(covered).isEmpty)
    }
}

@Suite struct RehearsalHistoryTests {
    @Test func opensWithoutAWord() {
        let opening = model.answer(
            to: [ChatMessage(.system, "You are Vera, a friendly assistant.")], dice: SplitMix64(seed: 3))
        #expect(opening.topic == "opening")
        #expect(model.answer(to: [], dice: SplitMix64(seed: 3)).topic == "opening")
        for variant in model.choice(for: [], dice: SplitMix64(seed: 1)).variants { #expect(complaint(variant) == nil) }
    }

    @Test(arguments: [
        ("You are Vera, a friendly assistant.", "Vera"), ("you are a pirate. Your name is Jack.", "Jack"),
        ("A concise assistant called Nova2.", "Nova"), ("You are helpful.", "Nova"), ("", "Nova"),
    ]) func takesItsNameFromThePersona(_ persona: String, _ name: String) {
        let messages = [ChatMessage(.system, persona), ChatMessage(.user, "what is your name")]
        for variant in model.choice(for: messages, dice: SplitMix64(seed: 1)).variants {
            #expect(variant.contains(name))
        }
    }

    @Test func remembersTheLastNameTold() {
        let told = ["my name is sam", "Hello Sam.", "no call me tom", "Hello Tom.", "what is my name"]
        let choice = model.choice(for: conversation(told), dice: SplitMix64(seed: 1))
        #expect(choice.topic == "name-asked")
        #expect(choice.variants.allSatisfy { $0.contains("Tom") && !$0.contains("Sam") })
        #expect(answer("what is my name").text.contains("name"))
        #expect(choice.variants.allSatisfy { complaint($0) == nil })
    }

    @Test func spellsTheNameItKnows() {
        #expect(answer("my name is tom", "Hello Tom.", "spell my name").text == "Tom is spelled T, O, M.")
    }

    @Test(arguments: [
        (["tell me a joke", "Ha. Would you like another joke?", "yes please"], "joke"),
        (["hm maybe", "Shall I tell you a story?", "sure go ahead"], "story"),
        (["go on", "Would you like to hear a joke?", "no"], "no"),
        (["tell me a story", "Once.", "another one"], "story"),
        (["tell me a joke", "Ha.", "one more", "Ha ha.", "another"], "joke"),
        (["xylophone", "I heard: xylophone. Is that right?", "yes"], "yes"),
        (["what time is it", "It is ten.", "okay tell me a joke"], "joke"),
        (["another one"], "echo"),
    ]) func understandsShortAnswers(_ lines: [String], _ topic: String) {
        let choice = model.choice(for: conversation(lines), dice: SplitMix64(seed: 1))
        #expect(choice.topic == topic)
        #expect(choice.variants.allSatisfy { complaint($0) == nil })
    }

    @Test func asksAgainWhenItHeardWrong() {
        let variants = choice("the ladder", "I heard: the letter. Is that right?", "no").variants
        #expect(variants.contains { $0.contains("once more") })
    }

    @Test func repeatsWhatItSaid() {
        #expect(answer("hi", "The answer is blue.", "say that again").text == "I said: The answer is blue.")
        #expect(answer("hi", "I said: Blue.", "pardon").text == "I said: Blue.")
        #expect(answer("say that again").text.contains("not said anything"))
        #expect(answer("the red car", "Oh.", "what did i say").text == "You said: the red car.")
    }

    @Test(arguments: ["… [interrupted by the caller]", " — [interrupted]"])
    func admitsThatTheRestIsLost(_ mark: String) {
        for variant in choice("hi", "I was about to" + mark, "say that again").variants {
            #expect(variant.contains("I was about to.") && variant.contains("lost"))
            #expect(complaint(variant) == nil)
        }
    }

    @Test func goesOnWhereItWasInterrupted() throws {
        let story = answer("tell me a story").text
        let words = story.split(separator: " ")
        let heard = words.prefix(30).joined(separator: " ")
        let mark = " … [interrupted by the caller]"
        let rest = answer("tell me a story", heard + mark, "go on please").text
        #expect(rest.hasPrefix("Where was I? Ah yes. "))
        #expect(story.hasSuffix(rest.dropFirst("Where was I? Ah yes. ".count)))
        // Interrupted once more, with another question in between.
        let again = rest.split(separator: " ").prefix(40).joined(separator: " ")
        let last = answer(
            "tell me a story", heard + mark, "go on", again + mark, "what time is it", "It is ten.",
            "continue the story"
        ).text
        #expect(story.hasSuffix(last.dropFirst("Where was I? Ah yes. ".count)))
        #expect(last.count < rest.count)
        #expect(answer("hi", "I was about" + mark, "go on").text.contains("lost the thread"))
        #expect(answer("hi", "Hello.", "go on").text.last == "?")
    }

    @Test func doesNotTellTheSameJokeTwice() {
        var lines = ["tell me a joke"]
        let count = model.choice(for: conversation(lines), dice: SplitMix64(seed: 1)).variants.count
        var told: Set<String> = []
        for seed in 0..<UInt64(count) {
            let joke = model.answer(to: conversation(lines), dice: SplitMix64(seed: seed)).text
            told.insert(joke)
            lines += [joke, "tell me a joke"]
        }
        #expect(told.count == count)
        #expect(model.answer(to: conversation(lines), dice: SplitMix64(seed: 1)).topic == "joke")
    }
}

@Suite struct RehearsalSpeechTests {
    @Test(arguments: Talk.long) func longTopicsCanBeInterrupted(_ talk: Talk) {
        for variant in choice(talk.said).variants {
            let sentences = variant.split { ".!?".contains($0) }.filter { $0.contains { $0.isLetter } }
            #expect(sentences.count >= 8, "\(variant)")
        }
    }

    @Test(arguments: [
        (0, 0, "midnight"), (12, 0, "noon"), (9, 5, "nine oh five in the morning"),
        (15, 0, "three o'clock in the afternoon"), (18, 15, "a quarter past six in the evening"),
        (11, 45, "a quarter to twelve in the morning"), (23, 45, "a quarter to twelve at night"),
        (0, 30, "half past twelve at night"), (21, 59, "nine fifty-nine in the evening"),
        (13, 20, "one twenty in the afternoon"),
    ]) func saysTheTime(_ hour: Int, _ minute: Int, _ spoken: String) {
        let model = Conversationalist { _ in
            LocalTime(hour: hour, minute: minute, weekday: 1, day: 2, month: 3, year: 2026)
        }
        let variants = model.choice(for: conversation(["what time is it"]), dice: SplitMix64(seed: 1)).variants
        #expect(variants.allSatisfy { $0.contains(spoken) })
    }

    @Test func readsTheMachinesClock() {
        let (today, tomorrow) = (LocalTime.now(0), LocalTime.now(1))
        #expect((0...23).contains(today.hour) && (1...31).contains(today.day) && today.year >= 2024)
        // Unless midnight passes between the two readings.
        #expect(LocalTime.now(0).day != today.day || tomorrow.weekday == (today.weekday + 1) % 7)
    }

    @Test func wordSaladNeverSilencesIt() {
        let vocabulary = Talk.all.flatMap { $0.said.split(separator: " ").map(String.init) } + ["42", "x", "'", "i'm"]
        var dice = SplitMix64(seed: 7)
        for _ in 0..<1000 {
            let lines = (0..<Int.random(in: 1...5, using: &dice)).map { _ in
                (0..<Int.random(in: 0...12, using: &dice)).compactMap { _ in vocabulary.randomElement(using: &dice) }
                    .joined(separator: " ")
            }
            let answer = model.answer(to: conversation(lines), dice: dice)
            #expect(!answer.text.isEmpty, "\(lines)")
            // Repeating its own words, which are salad here, it cannot do better than they are.
            if !["again", "continue"].contains(answer.topic) { #expect(complaint(answer.text) == nil, "\(lines)") }
        }
    }

    @Test(arguments: [
        "{name} *bold* _x_", "<script>alert(1)</script>", "say ünïcödé now", "a\u{0}b\n\tc", "-- -5 +3 %", "'''",
        "9,999.5.5",
        String(repeating: "very ", count: 2000) + "long", String(repeating: "x", count: 10_000),
        String(repeating: "one plus ", count: 500),
    ]) func survivesStrangeText(_ text: String) {
        for variant in choice(text).variants {
            #expect(complaint(variant) == nil, "\(variant)")
            #expect(variant.count < 5000)
        }
    }

    @Test func tokensJoinToTheAnswer() {
        for talk in Talk.all {
            let text = answer(talk.said).text
            let tokens = Tokens.cut(text)
            #expect(tokens.joined() == text)
            #expect(tokens.allSatisfy { !$0.isEmpty && $0.filter { !$0.isWhitespace }.count <= Tokens.longest })
        }
        #expect(Tokens.cut("An interruption, please.") == ["An", " interrup", "tion,", " please."])
        #expect(Tokens.cut("").isEmpty)
    }
}

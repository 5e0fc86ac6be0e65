// Things to do with words: say after, spell, list, count, and fall silent.

extension Rulebook {
    static let commands = [
        Rule(
            "say-hello", ["say_hello|say_hi|say_good_morning|say_good_night|say_hey to"],
            say: ["Hello to {mirror}! Greetings from {me}."]),
        Rule(
            "after-me", ["repeat_after_me", "repeat this|the_words|the_sentence|following !again"],
            say: ["{rest}.", "As you wish. {rest}."]),
        Rule(
            "after-me", ["repeat_after_me"],
            say: ["Sure. Say repeat after me, and then the words I should say."]),
        Rule(
            "after-me",
            [
                "^say !again|something|anything|that|it|more|slower|louder|what|alphabet|joke|story|poem|else",
                "can|could you_say !again|something|anything|that|it|more|slower|louder|what|alphabet|joke|story",
            ],
            say: ["{rest}."]),
        Rule("spell", ["how_do_you_spell", "how spelled|spell", "spell !yourself"]) { scene, match, _ in
            Spelling.answers(scene, match)
        },
        Rule("count", ["count|counting|countdown|counted !on", "^account to|two|too|from|down"]) { scene, match, _ in
            Counting.answers(Array(scene.utterance.texts[(match.end - 1)...]))
        },
        Rule("alphabet", ["alphabet", "a_b_c !spell", "abc's|abc|abcs"]) { _, _, _ in [Lists.alphabet] },
        Rule(
            "days",
            [
                "days|names|list|weekdays of_the_week|of_week|of_the_weak|in_a_week|in_the_week|in_week",
                "days_of_the_week|weekdays", "name|list|say|tell days !today|month|months|year",
            ]
        ) { _, _, _ in [Lists.days] },
        Rule("months", ["months|month of_the_year|in_a_year|in_the_year|of_year", "name|list|say|tell months"]) {
            _, _, _ in [Lists.months]
        },
        Rule(
            "stop",
            [
                "stop|quiet|silence|enough !not|never", "shut_up|be_still|hush|stop_it", "^stopped|top|stock$",
            ],
            longest: 5,
            say: [
                "Okay, I am quiet. Just speak when you want me.", "All right, I stop here.",
                "Fine, I am all ears{name}.", "Okay. What would you like instead?",
            ]),
        Rule(
            "wait",
            ["^wait", "wait_a|hold_on|hang_on|one_moment|just_a_moment|one_second|a_second|just_a_minute|a_moment"],
            longest: 6,
            say: ["Of course, take your time.", "Sure, I am waiting.", "No hurry. I am here when you are ready."]),
        Rule(
            "never-mind",
            ["never_mind|nevermind|forget_it|forget_about_it|forget_that|cancel_that|no_matter", "^cancel"],
            longest: 6,
            say: [
                "No problem. What else can I do for you?", "All right, it is forgotten.",
                "Never mind then. Ask me something else whenever you like.",
            ]),
    ]
}

/// Fixed lists, in several sentences so that they can be interrupted.
private enum Lists {
    static let alphabet =
        "Here is the alphabet. A, B, C, D, E, F, G. H, I, J, K, L, M, N, O, P. Q, R, S, T, U, V. W, X, Y and Z."
    static let days =
        "A week has seven days. "
        + sentence(Array(LocalTime.weekdays[1...]) + LocalTime.weekdays.prefix(1))
    static let months =
        "A year has twelve months. " + LocalTime.months.prefix(6).joined(separator: ", ") + ". "
        + sentence(Array(LocalTime.months.suffix(6)))

    private static func sentence(_ words: [String]) -> String {
        words.dropLast().joined(separator: ", ") + " and " + (words.last ?? "") + "."
    }
}

/// "Table is spelled T, A, B, L, E."
private enum Spelling {
    private static let skipped: Set<String> = ["the", "word", "name", "this", "that", "me", "for", "it", "a", "my"]

    static func answers(_ scene: Scene, _ match: Pattern.Match) -> [String] {
        let words = scene.utterance.texts[match.end...]
        if words.contains("my"), words.contains("name"), let name = scene.callerName { return [spelled(name)] }
        guard let word = words.first(where: { !skipped.contains($0) }) ?? words.last else {
            return ["Which word should I spell? Say spell, and then the word."]
        }
        return [spelled(word)]
    }

    private static func spelled(_ word: String) -> String {
        let letters = word.uppercased().filter { $0.isLetter || $0.isNumber }.prefix(40).map { character in
            character.wholeNumberValue.map { NumberWords.spell($0) } ?? String(character)
        }
        return "\(word.capitalisedFirst) is spelled \(letters.joined(separator: ", "))."
    }
}

/// "Count to twenty", "count down from ten", in sentences of five numbers.
private enum Counting {
    private static let most = 100

    static func answers(_ words: [String]) -> [String] {
        let numbers = read(words)
        let isDown = words.contains { $0 == "down" || $0 == "countdown" || $0.hasPrefix("backward") }
        let asked = isDown ? (numbers.first ?? 10) : (numbers.last ?? 10)
        var first = isDown ? asked : (words.contains("from") && numbers.count > 1 ? numbers[0] : 1)
        var last = isDown ? (numbers.count > 1 ? numbers[1] : 1) : asked
        let isLong = first > most || last > most
        first = min(max(first, 0), most)
        last = min(max(last, 0), most)
        let row = first <= last ? Array(first...last) : Array((last...first).reversed())
        let opening = isLong ? "I count as far as one hundred, that is long enough." : "Here we go."
        return [([opening] + sentences(row) + [isDown ? "Lift off!" : "That is it."]).joined(separator: " ")]
    }

    /// The numbers in the request; the last word may be a homophone ("count to for").
    private static func read(_ words: [String]) -> [Int] {
        var numbers: [Int] = []
        var index = 0
        while index < words.count {
            let reading = NumberWords.Reading(takesHomophones: index > 1 && index == words.count - 1 && numbers.isEmpty)
            if let found = NumberWords.read(words[index...], reading) {
                numbers.append(Int(min(found.value.rounded(), 1e6)))
                index += found.count
            } else {
                index += 1
            }
        }
        return numbers
    }

    private static func sentences(_ numbers: [Int]) -> [String] {
        stride(from: 0, to: numbers.count, by: 5).map { start in
            let words = numbers[start..<min(start + 5, numbers.count)].map { NumberWords.spell($0) }
            return words.joined(separator: ", ").capitalisedFirst + "."
        }
    }
}

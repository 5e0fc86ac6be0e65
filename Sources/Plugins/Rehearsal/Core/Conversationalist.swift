// The engine: takes a conversation, asks the rules in their order, and chooses among what they would say. A pure
// function of the messages, the clock and the dice.
package import PluginSDK

/// Answers conversations by rules.
package struct Conversationalist: Sendable {
    /// What is said, and which rule says it.
    package struct Answer: Sendable, Equatable {
        package var topic: String
        package var text: String
    }

    private let clock: Clock

    package init(clock: @escaping Clock) { self.clock = clock }

    /// What may be said to the last message of the caller, and the topic of the rule that says it.
    package struct Choice: Sendable, Equatable {
        package var topic: String
        package var variants: [String]
    }

    /// All topics there are.
    package static let topics = Set((Rulebook.opening + Rulebook.noise + Rulebook.all).map(\.topic))

    /// The answer to the last message of the caller. Never empty.
    package func answer(to messages: [ChatMessage], dice: SplitMix64) -> Answer {
        var dice = dice
        let history = History(messages)
        let choice = choice(for: history, &dice)
        let text = choose(choice.variants, history, &dice)
        return Answer(topic: choice.topic, text: text ?? "I did not catch that. Please say it again.")
    }

    /// Every answer that is possible here; `answer` takes one of them.
    package func choice(for messages: [ChatMessage], dice: SplitMix64) -> Choice {
        var dice = dice
        return choice(for: History(messages), &dice)
    }

    private func choice(for history: History, _ dice: inout SplitMix64) -> Choice {
        let scene = Scene(history, clock: clock)
        let words = scene.utterance.texts
        for rule in rules(for: words, history) {
            let variants = rule.variants(scene, words, &dice)
            if !variants.isEmpty { return Choice(topic: rule.topic, variants: variants) }
        }
        return Choice(topic: "silence", variants: [])
    }

    private func rules(for words: [String], _ history: History) -> [Rule] {
        if history.utterance == nil { return Rulebook.opening }
        return Self.isNoise(words) ? Rulebook.noise : Rulebook.all
    }

    /// What the recogniser makes of a cough or a chair: nothing, or one of the shortest words.
    private static func isNoise(_ words: [String]) -> Bool {
        words.count <= 2 && words.allSatisfy { noise.contains($0) }
    }

    private static let noise: Set<String> = [
        "the", "a", "and", "huh", "ah", "oh", "of", "it", "in", "an", "uh", "eh", "that", "is", "with", "at", "or",
    ]

    /// One of `variants`; first those the caller has not heard in this conversation.
    private func choose(_ variants: [String], _ history: History, _ dice: inout SplitMix64) -> String? {
        let fresh = variants.filter { variant in
            !history.answers.contains { !$0.heard.isEmpty && variant.hasPrefix($0.heard) }
        }
        if let text = fresh.randomElement(using: &dice) { return text }
        let last = history.lastAnswer?.heard
        return variants.filter { $0 != last }.randomElement(using: &dice) ?? variants.first
    }
}

/// All rules, by priority.
enum Rulebook {
    static let all =
        emergency + commands + names + calculation + calendar + repetition + hearing + longTalk + games + identity
        + limits + introductions + tastes + smallTalk + reflections + questions + fallback
}

// "Yes", "another one": short answers that mean something only after what was said before. They are turned into the
// full request before the rules see them.

/// Completes a short answer from the history.
enum FollowUp {
    private static let yes: Set<String> = [
        "yes", "yeah", "yep", "yup", "sure", "okay", "alright", "all", "right", "definitely", "absolutely", "of",
        "course", "why", "not", "go", "ahead", "i", "would", "do", "like", "love", "to", "that", "one", "tell", "me",
        "it", "fine", "great", "hear", "want",
    ]
    private static let more: [Pattern] = [
        "another_one|one_more", "^another", "another$", "^more$", "^one_more_time$", "tell_me_more$", "^next$",
        "^next_one",
    ]
    /// What the assistant offers in the last sentence of some answers, and how the caller would ask for it.
    private static let offers = [
        ("joke", "tell me a joke"), ("story", "tell me a story"), ("poem", "read me a poem"),
        ("fact", "tell me a fun fact"), ("carry on", "go on"), ("what I can do", "what can you do"),
    ]

    /// What `text` means at this point of the conversation; often just itself.
    static func resolve(_ text: String, _ history: History) -> String {
        let words = Utterance(text).texts
        guard (1...5).contains(words.count) else { return text }
        if words.allSatisfy(yes.contains), let question = history.lastAnswer?.heard.lastQuestion {
            return offers.first { question.contains($0.0) }?.1 ?? text
        }
        if more.contains(where: { $0.match(words) != nil }) {
            return history.earlier.last { !isMore(Utterance($0).texts) } ?? text
        }
        return text
    }

    private static func isMore(_ words: [String]) -> Bool {
        words.count <= 5 && (words.allSatisfy(yes.contains) || more.contains { $0.match(words) != nil })
    }
}

extension String {
    /// The last sentence, if it is a question.
    var lastQuestion: Substring? {
        guard last == "?" else { return nil }
        let body = dropLast()
        let start = body.lastIndex { ".!?".contains($0) }.map { body.index(after: $0) } ?? body.startIndex
        return body[start...]
    }
}

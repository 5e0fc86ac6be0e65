// What the rules may know of the conversation so far. It is read anew for each request from the messages a model is
// shown, so there is nothing to keep and nothing to forget.
internal import PluginSDK

/// The messages of a request, seen by a rule.
struct History: Sendable {
    /// One answer of the assistant.
    struct Answer: Sendable, Equatable {
        /// What the caller heard of it.
        var heard: String
        /// He interrupted it.
        var isCut: Bool
    }

    /// The assistant's name, from the persona.
    let persona: String
    /// What the caller says now; nil when he has said nothing yet.
    let utterance: String?
    /// What he said before, oldest first.
    let earlier: [String]
    /// What the assistant said, oldest first.
    let answers: [Answer]

    init(_ messages: [ChatMessage]) {
        let said = messages.filter { $0.role == .user }.map(\.content)
        utterance = said.last
        earlier = said.dropLast()
        answers = messages.filter { $0.role == .assistant }.map { Self.answer($0.content) }
        persona = messages.first { $0.role == .system }.flatMap { Self.name(in: $0.content) } ?? "Nova"
    }

    var lastAnswer: Answer? { answers.last }

    /// Memory marks an interrupted answer with a note in brackets at its end; the note is not part of what was heard.
    private static func answer(_ content: String) -> Answer {
        guard content.hasSuffix("]"), let bracket = content.lastIndex(of: "["),
            content[bracket...].contains("interrupted")
        else { return Answer(heard: content, isCut: false) }
        var heard = content[..<bracket]
        while let last = heard.last, last.isWhitespace || last == "…" || last == "—" { heard.removeLast() }
        return Answer(heard: String(heard), isCut: true)
    }

    /// The name in a persona that begins like "You are Nova, a friendly assistant".
    private static func name(in persona: String) -> String? {
        let words = persona.prefix(2000).split { !$0.isLetter }.map(String.init)
        for (index, word) in words.enumerated() where index > 0 && index + 1 < words.count {
            let opening = words[index - 1].lowercased() + " " + word.lowercased()
            let next = words[index + 1]
            guard ["you are", "name is", "called"].contains(opening) || word == "called" else { continue }
            if next.first?.isUppercase == true, next.utf8.count == next.count, next.count > 1 { return next }
        }
        return nil
    }
}

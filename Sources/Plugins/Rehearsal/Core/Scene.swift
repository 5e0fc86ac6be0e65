// Everything a rule may look at when it answers.
internal import PluginSDK

/// One request as the rules see it.
package struct Scene: Sendable {
    let history: History
    let utterance: Utterance
    let clock: Clock
    /// The caller's name, if he has told it.
    let callerName: String?

    init(_ history: History, clock: @escaping Clock) {
        let spoken = history.utterance ?? ""
        let utterance = Utterance(FollowUp.resolve(spoken, history))
        self.history = history
        self.utterance = utterance
        self.clock = clock
        callerName = ([spoken] + history.earlier.reversed()).lazy.compactMap { CallerName.told(in: $0) }.first
    }

    /// The words behind a match, as they were said; nil if there are none, or only a trailing "please".
    func rest(_ match: Pattern.Match) -> String? {
        guard match.end < utterance.words.count else { return nil }
        var words = utterance.raw[utterance.words[match.end].origin...].prefix(Self.longestEcho)
        if words.last == "please" { words.removeLast() }
        return words.isEmpty ? nil : words.joined(separator: " ")
    }

    /// The words behind a match as seen from the other side; nil if there are none.
    func mirror(_ match: Pattern.Match) -> String? {
        let words = utterance.texts.dropFirst(match.end).prefix(Self.longestEcho)
        return words.isEmpty ? nil : Mirror.turn(Array(words)).joined(separator: " ")
    }

    /// All that was heard, cut where nobody would listen any longer.
    var heard: String {
        let words = utterance.raw
        guard words.count > Self.longestEcho else { return words.joined(separator: " ") }
        return words.prefix(Self.longestEcho).joined(separator: " ") + ", and so on"
    }

    /// In words.
    private static let longestEcho = 25
}

/// Finds the name in "my name is Sam".
enum CallerName {
    private static let patterns: [Pattern] = [
        "my|me|mine name_is|name_as|name_was|names_is|names !dog|cat|friend|wife|husband|mother|father|son|daughter",
        "can_call_me|may_call_me|people_call_me|they_call_me|everyone_calls_me", "^call_me", "i_am_called",
    ]
    private static let refused: Set<String> = [
        "is", "the", "a", "an", "not", "what", "that", "it", "and", "but", "so", "no", "yes", "you", "i", "my", "when",
        "later", "back", "tomorrow", "again", "if", "or", "to", "of", "for", "in", "as", "was", "now", "at", "your",
    ]
    private static let skipped: Set<String> = ["actually", "just", "really", "mister", "miss", "doctor"]

    /// The name in this message, with a capital letter.
    static func told(in text: String) -> String? {
        let utterance = Utterance(text)
        let words = utterance.texts
        guard let match = patterns.lazy.compactMap({ $0.match(words) }).first else { return nil }
        guard let name = words.dropFirst(match.end).first(where: { !skipped.contains($0) }), !refused.contains(name),
            name.utf8.count <= 20, name.utf8.allSatisfy({ (97...122).contains($0) || $0 == 39 })
        else { return nil }
        return name.capitalisedFirst
    }
}

extension String {
    /// With a capital first letter.
    var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}

// One rule: which words it listens for and what it may say to them.

/// A topic with its keywords and answers. The first rule that fits and has something to say wins.
package struct Rule: Sendable {
    /// What a rule has to say: variants to choose from; none if it has nothing to say after all.
    package typealias Reply = @Sendable (Scene, Pattern.Match, inout SplitMix64) -> [String]

    package let topic: String
    private let patterns: [Pattern]
    /// It fits only utterances of at most so many words.
    private let longest: Int
    private let reply: Reply

    /// A rule that says one of `templates`; see `Template` for what they may hold.
    @inline(never)
    init(_ topic: String, _ patterns: [Pattern], longest: Int = .max, say templates: [String]) {
        self.init(topic, patterns, longest: longest) { scene, match, _ in
            templates.compactMap { Template.fill($0, scene, match) }
        }
    }

    /// A rule that works its answer out.
    @inline(never)
    init(_ topic: String, _ patterns: [Pattern], longest: Int = .max, reply: @escaping Reply) {
        self.topic = topic
        self.patterns = patterns
        self.longest = longest
        self.reply = reply
    }

    /// What this rule has to say to the scene.
    func variants(_ scene: Scene, _ words: [String], _ dice: inout SplitMix64) -> [String] {
        guard words.count <= longest else { return [] }
        for pattern in patterns {
            guard let match = pattern.match(words) else { continue }
            let variants = reply(scene, match, &dice)
            if !variants.isEmpty { return variants }
        }
        return []
    }
}

/// Texts with holes in braces.
enum Template {
    /// `template` with its holes filled; nil when the scene has nothing for one of them.
    ///
    /// `{rest}`: the words behind the match; `{mirror}`: the same seen from the other side; `{heard}`: everything that
    /// was said; `{name}`: a comma and the caller's name, or nothing; `{me}`: the assistant's name; `{morning}`: the
    /// part of the day; `{time}`: the time.
    static func fill(_ template: String, _ scene: Scene, _ match: Pattern.Match) -> String? {
        var filled = ""
        for (index, part) in template.split(separator: "{", omittingEmptySubsequences: false).enumerated() {
            guard index > 0, let end = part.firstIndex(of: "}") else {
                filled += part
                continue
            }
            guard let value = value(part[..<end], scene, match) else { return nil }
            filled += value + part[part.index(after: end)...]
        }
        return filled.capitalisedFirst
    }

    private static func value(_ hole: Substring, _ scene: Scene, _ match: Pattern.Match) -> String? {
        switch hole {
        case "rest": scene.rest(match)
        case "mirror": scene.mirror(match)
        case "heard": scene.heard
        case "name": scene.callerName.map { ", " + $0 } ?? ""
        case "me": scene.history.persona
        case "time": scene.clock(0).spokenTime
        case "morning": scene.clock(0).greeting
        default: nil
        }
    }
}

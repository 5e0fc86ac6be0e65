// "Say that again" and "go on": answers about answers, taken from the history.

extension Rulebook {
    static let repetition = [
        Rule(
            "what-i-said",
            ["what did|have|do i_say|i_just_say|i_just_said|i_said|i_tell", "what i_said|i_just_said !not|that_is"],
            longest: 9
        ) { scene, _, _ in
            guard let last = scene.history.earlier.last else {
                return ["That is the first thing you have said to me. I heard: \(scene.heard)."]
            }
            let words = Utterance(last).raw.prefix(40).joined(separator: " ")
            return words.isEmpty ? ["I did not understand any of it, sorry."] : ["You said: \(words)."]
        },
        Rule(
            "continue",
            [
                "^go_on|continue|carry_on|keep_going|proceed",
                "go_on|continue|finish|carry_on|resume story|with|the|it|that|your",
                "what happened|happens next|then|after", "how_does_it_end|the_rest", "^and_then$",
            ],
            longest: 8
        ) { scene, _, _ in Continuation.answers(scene) },
        Rule(
            "again",
            [
                "say that|it|this again|once_more|one_more_time", "repeat that|it|again|yourself|this|last|please",
                "^repeat$", "what_did_you_say|what_did_you_just_say|what_was_that|what_have_you_said|come_again|pardon",
                "^again|what|sorry|excuse_me$",
                "i did_not|could_not|can_not hear|catch|understand|get you|that|it",
                "once_more$", "one_more_time$", "say_again|sorry_what|sorry_again|what_you_said",
            ],
            longest: 10
        ) { scene, _, _ in
            guard let last = scene.history.lastAnswer, !last.heard.isEmpty else {
                return ["I have not said anything yet. Ask me something."]
            }
            guard last.isCut else { return [last.heard.again] }
            let heard = last.heard.split { $0.isWhitespace }.suffix(20).joined(separator: " ")
            return [
                "You interrupted me after: \(heard.cutMark). The rest is lost, sorry. Say go on, or ask me anew.",
                "The last you heard of me was: \(heard.cutMark). I am sorry, the rest is lost. Ask me again.",
            ]
        },
    ]
}

/// Takes up an interrupted text where the caller cut it off.
enum Continuation {
    private static let opening = "Where was I? Ah yes."

    static func answers(_ scene: Scene) -> [String] {
        for answer in scene.history.answers.reversed() where answer.isCut {
            if let rest = rest(after: answer.heard) { return ["\(opening) \(rest)"] }
        }
        if scene.history.lastAnswer?.isCut == true {
            return ["I lost the thread when you interrupted me, sorry. Ask me once more, and I start again."]
        }
        return [
            "I was finished, really. Shall I tell you a story?",
            "There is nothing left to go on with. Would you like to hear a joke?",
        ]
    }

    /// What follows in the long text in which `heard` occurs, from the sentence that was cut.
    static func rest(after heard: String) -> String? {
        let opened = heard.hasPrefix(opening) ? String(heard.dropFirst(opening.count)) : heard
        let wanted = Utterance(opened).raw
        guard wanted.count >= 2 else { return nil }
        for text in LongTexts.all {
            let sentences = text.sentences
            let words = sentences.map { Utterance($0).raw }
            guard let end = words.flatMap({ $0 }).end(of: wanted) else { continue }
            var (index, passed) = (0, 0)
            while index < words.count, passed + words[index].count <= end {
                passed += words[index].count
                index += 1
            }
            return index < sentences.count ? sentences[index...].joined(separator: " ") : nil
        }
        return nil
    }
}

extension String {
    /// Whole sentences, each with its mark.
    var sentences: [String] {
        var found: [String] = []
        var current = ""
        for character in self {
            if current.isEmpty, character.isWhitespace { continue }
            if character.isWhitespace, let last = current.last, ".!?".contains(last) {
                found.append(current)
                current = ""
            } else {
                current.append(character)
            }
        }
        return current.isEmpty ? found : found + [current]
    }

    /// Said once more, without piling up "I said".
    fileprivate var again: String { hasPrefix("I said: ") ? self : "I said: " + self }

    /// Without a mark at the end, so that another one can follow.
    fileprivate var cutMark: String { last.map { ".!?,".contains($0) } == true ? String(dropLast()) : self }
}

extension [String] {
    /// Where the first occurrence of `wanted` ends.
    fileprivate func end(of wanted: [String]) -> Int? {
        indices.first { self[$0...].starts(with: wanted) }.map { $0 + wanted.count }
    }
}

// Turns what the caller said about himself into what the machine says back to him: "my dog likes you" becomes
// "your dog likes me". The oldest trick of a talking program (Weizenbaum 1966).

/// Pronouns the other way round.
package enum Mirror {
    private static let swaps = [
        "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself", "am": "are", "your": "my",
        "yours": "mine", "yourself": "myself",
    ]
    /// Behind these "you" was an object: "talk to you", "help you with it".
    private static let objectFollowers: Set<String> = [
        "to", "for", "with", "and", "at", "in", "on", "by", "so", "too", "now", "about", "from", "again", "very",
        "a", "the", "here", "there", "not", "because",
    ]

    /// `words` as the other side would say them.
    package static func turn(_ words: [String]) -> [String] {
        var turned: [String] = []
        for (index, word) in words.enumerated() {
            let previous = index > 0 ? words[index - 1] : ""
            let next = index + 1 < words.count ? words[index + 1] : ""
            switch word {
            case "you" where next.isEmpty || objectFollowers.contains(next): turned.append("me")
            case "you": turned.append("I")
            case "are" where previous == "you": turned.append("am")
            case "were" where previous == "you": turned.append("was")
            case "was" where previous == "i": turned.append("were")
            default: turned.append(swaps[word] ?? word)
            }
        }
        return turned
    }
}

// Cuts an answer into what a speaking model would send at a time: a word with the space before it, and long words in
// pieces, so that everything behind it sees words that arrive in two halves.

/// The tokens of an answer.
package enum Tokens {
    /// A token holds at most this many letters besides its space; most models cut about there.
    package static let longest = 8

    /// The tokens of `text`; joined they are `text` again.
    package static func cut(_ text: String) -> [String] {
        var tokens: [String] = []
        var current = ""
        var letters = 0
        for character in text {
            let startsWord = character.isWhitespace && letters > 0
            if startsWord || letters == longest {
                tokens.append(current)
                (current, letters) = ("", 0)
            }
            current.append(character)
            if !character.isWhitespace { letters += 1 }
        }
        if !current.isEmpty { tokens.append(current) }
        return tokens
    }
}

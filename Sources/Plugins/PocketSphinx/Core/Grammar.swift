// The text of a JSGF grammar: read from a file, and taken apart just far enough to name the words that a dictionary lacks.
internal import Glibc
internal import PluginSDK

enum Grammar {
    /// The most a grammar's file may hold, in bytes.
    private static let limit = 1 << 20

    /// The grammar a setting means: itself when it begins with "#JSGF", else the contents of the file of that name.
    static func text(_ setting: String) throws(Failure) -> String {
        if setting.hasPrefix("#JSGF") { return setting }
        guard let text = read(setting) else {
            throw Failure(
                .invalid,
                "the setting \"grammar\" names the file \(setting.prefix(200)), which cannot be read; give a path, or "
                    + "the grammar itself beginning with #JSGF")
        }
        guard text.hasPrefix("#JSGF") else {
            throw Failure(.invalid, "the grammar in \(setting) does not begin with #JSGF")
        }
        return text
    }

    /// The words a caller could say, each once, in order. What stands in comments, <rule names>, {tags}, /weights/ and
    /// the grammar's own statements is none.
    static func words(of grammar: String) -> [String] {
        var words: [String] = []
        for statement in withoutComments(grammar).split(separator: ";") {
            // A rule is "public <name> = words"; the header and `grammar name` have no "=".
            guard let body = statement.firstIndex(of: "=").map({ statement[$0...] }) else { continue }
            var closer: Character?
            let spoken = body.map { character -> Character in
                if let end = closer {
                    if character == end { closer = nil }
                    return " "
                }
                closer = ["<": ">", "{": "}", "/": "/"][character]
                return closer != nil || "=|()[]*+\"".contains(character) || character.isWhitespace ? " " : character
            }
            words += String(spoken).split(separator: " ").map(String.init).filter { !words.contains($0) }
        }
        return words
    }

    private static func withoutComments(_ text: String) -> String {
        var kept = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: "/") {
            kept += rest[..<start]
            rest = rest[start...]
            if rest.hasPrefix("//") {
                rest = rest.drop { !$0.isNewline }
            } else if rest.hasPrefix("/*") {
                rest = rest.dropFirst(2)
                while !rest.isEmpty, !rest.hasPrefix("*/") { rest = rest.dropFirst() }
                rest = rest.dropFirst(2)
            } else {
                kept.append("/")
                rest = rest.dropFirst()
            }
        }
        return kept + rest
    }

    private static func read(_ path: String) -> String? {
        guard let file = unsafe fopen(path, "re") else { return nil }
        defer { unsafe fclose(file) }
        var bytes = [UInt8](repeating: 0, count: limit)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe fread($0.baseAddress, 1, limit, file) }
        return String(validating: bytes.prefix(count), as: UTF8.self)
    }
}

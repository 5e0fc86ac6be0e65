// What a character means for the end of a sentence.

extension Unicode.Scalar {
    /// Ends a sentence if what follows agrees.
    var isStop: Bool { self == "." || self == "…" || self == "۔" || isSureStop || isInstantStop }

    /// Never part of a number or an abbreviation.
    var isSureStop: Bool { self == "!" || self == "?" || self == "؟" }

    /// Ends a sentence whatever follows: scripts that put no space between sentences, and the dandas.
    var isInstantStop: Bool {
        switch self {
        case "。", "！", "？", "｡", "।", "॥", "။", "។": true
        default: false
        }
    }

    /// Closes what was opened before the full stop.
    var isClosingQuote: Bool {
        switch self {
        case "\"", "'", "”", "’", "»", ")", "]", "}", "」", "』", "）", "》", "】": true
        default: false
        }
    }

    var isOpeningQuote: Bool {
        switch self {
        case "“", "‘", "«", "(", "[", "{", "「", "『", "（", "《", "【": true
        default: false
        }
    }

    /// Stays with the full stop before it, and says nothing: the end of an emphasis, an emoji.
    var isTrailer: Bool {
        switch self {
        case "*", "_", "`", "~", "\u{FE0F}", "\u{200D}": true
        default: properties.isEmojiPresentation
        }
    }

    /// A place to breathe, in a sentence that is too long.
    var isClauseMark: Bool {
        switch self {
        case ",", ";", ":", "—", "–", ")": true
        default: isWideClauseMark
        }
    }

    /// One that needs no space after it.
    var isWideClauseMark: Bool { self == "、" || self == "，" || self == "；" || self == "：" || self == "،" }

    var isNewline: Bool {
        ("\u{0A}"..."\u{0D}").contains(self) || self == "\u{85}" || self == "\u{2028}" || self == "\u{2029}"
    }

    var isSpace: Bool { properties.isWhitespace }

    var isDigit: Bool { properties.numericType == .decimal }

    /// A letter or a number: something to say.
    var isWordLike: Bool { properties.isAlphabetic || properties.numericType != nil }
}

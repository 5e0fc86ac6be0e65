// How many columns of a terminal text takes, and cutting and wrapping by them. A table of our own, so that a golden screen
// does not depend on the C library it was drawn with.

enum Columns {
    /// 0 for what is drawn onto the letter before it, 2 for East Asian wide letters and emoji, else 1. For sanitised text:
    /// control and format characters have no width here, and no place.
    static func width(of scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        // The vowels and final consonants of decomposed Hangul join the syllable before them.
        if (0x1160...0x11FF).contains(scalar.value) || (0xD7B0...0xD7FF).contains(scalar.value) { return 0 }
        return isWide(scalar.value) ? 2 : 1
    }

    /// The columns of sanitised text.
    static func width(of text: String) -> Int {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
        return text.unicodeScalars.reduce(0) { $0 + width(of: $1) }
    }

    /// What one column, or two, hold: a letter with the marks on it.
    struct Cluster: Equatable {
        var text: String
        var width: Int
    }

    /// The letters of sanitised text. A mark without a letter before it is left out.
    static func clusters(_ text: String) -> [Cluster] {
        var clusters: [Cluster] = []
        clusters.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            let width = width(of: scalar)
            if width > 0 {
                clusters.append(Cluster(text: String(scalar), width: width))
            } else if !clusters.isEmpty {
                clusters[clusters.count - 1].text.unicodeScalars.append(scalar)
            }
        }
        return clusters
    }

    /// The text in at most `limit` columns; what is cut ends in "…".
    static func clip(_ text: String, to limit: Int) -> String {
        guard limit > 0 else { return "" }
        guard width(of: text) > limit else { return text }
        return prefix(text, columns: limit - 1) + "…"
    }

    /// The end of the text in at most `limit` columns; what is cut begins with "…".
    static func clipFront(_ text: String, to limit: Int) -> String {
        guard limit > 0 else { return "" }
        guard width(of: text) > limit else { return text }
        var kept: [String] = []
        var room = limit - 1
        for cluster in clusters(text).reversed() {
            guard cluster.width <= room else { break }
            room -= cluster.width
            kept.append(cluster.text)
        }
        return "…" + kept.reversed().joined()
    }

    /// As much of the beginning as fits into `columns`.
    static func prefix(_ text: String, columns: Int) -> String {
        var room = columns
        var output = ""
        for cluster in clusters(text) {
            guard cluster.width <= room else { break }
            room -= cluster.width
            output += cluster.text
        }
        return output
    }

    /// The text, filled with spaces to `width` columns.
    static func left(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(width - Self.width(of: text), 0))
    }

    /// The text at the right end of `width` columns.
    static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(width - Self.width(of: text), 0)) + text
    }

    // MARK: East Asian Width W and F, Unicode 15 (EastAsianWidth.txt)

    private static func isWide(_ value: UInt32) -> Bool {
        guard value >= 0x1100 else { return false }
        var low = 0
        var high = wide.count
        while low < high {
            let middle = (low + high) / 2
            if wide[middle].upperBound < value { low = middle + 1 } else { high = middle }
        }
        return low < wide.count && wide[low].contains(value)
    }

    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x23F0...0x23F0, 0x23F3...0x23F3,
        0x25FD...0x25FE, 0x2614...0x2615, 0x2648...0x2653, 0x267F...0x267F, 0x2693...0x2693, 0x26A1...0x26A1,
        0x26AA...0x26AB, 0x26BD...0x26BE, 0x26C4...0x26C5, 0x26CE...0x26CE, 0x26D4...0x26D4, 0x26EA...0x26EA,
        0x26F2...0x26F3, 0x26F5...0x26F5, 0x26FA...0x26FA, 0x26FD...0x26FD, 0x2705...0x2705, 0x270A...0x270B,
        0x2728...0x2728, 0x274C...0x274C, 0x274E...0x274E, 0x2753...0x2755, 0x2757...0x2757, 0x2795...0x2797,
        0x27B0...0x27B0, 0x27BF...0x27BF, 0x2B1B...0x2B1C, 0x2B50...0x2B50, 0x2B55...0x2B55, 0x2E80...0x303E,
        0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
        0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F004...0x1F004,
        0x1F0CF...0x1F0CF, 0x1F18E...0x1F18E, 0x1F191...0x1F19A, 0x1F200...0x1F320, 0x1F32D...0x1F335,
        0x1F337...0x1F37C, 0x1F37E...0x1F393, 0x1F3A0...0x1F3CA, 0x1F3CF...0x1F3D3, 0x1F3E0...0x1F3F0,
        0x1F3F4...0x1F3F4, 0x1F3F8...0x1F43E, 0x1F440...0x1F440, 0x1F442...0x1F4FC, 0x1F4FF...0x1F53D,
        0x1F54B...0x1F54E, 0x1F550...0x1F567, 0x1F57A...0x1F57A, 0x1F595...0x1F596, 0x1F5A4...0x1F5A4,
        0x1F5FB...0x1F64F, 0x1F680...0x1F6C5, 0x1F6CC...0x1F6CC, 0x1F6D0...0x1F6D2, 0x1F6D5...0x1F6D7,
        0x1F6DC...0x1F6DF, 0x1F6EB...0x1F6EC, 0x1F6F4...0x1F6FC, 0x1F7E0...0x1F7EB, 0x1F7F0...0x1F7F0,
        0x1F90C...0x1F93A, 0x1F93C...0x1F945, 0x1F947...0x1F9FF, 0x1FA70...0x1FAFF, 0x20000...0x3FFFD,
    ]
}

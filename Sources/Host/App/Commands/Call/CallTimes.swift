// Times of a call in words and columns.
internal import Conversation

extension TimeSpan {
    /// "0.61 s": in seconds, rounded to hundredths.
    var inSeconds: String {
        let hundredths = (microseconds.magnitude + 5_000) / 10_000
        let fraction = hundredths % 100
        return "\(microseconds < 0 ? "-" : "")\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction) s"
    }
}

/// One line of the printed conversation.
struct CallLine: Equatable {
    /// Since the connection was opened.
    var at: Moment
    /// Who or what: "you", "agent", "thinking".
    var label: String
    var text = ""

    /// "   1.42 s  you          hello world"
    var printed: String {
        let time = (at - .zero).inSeconds
        let line = padded(time, 9, right: true) + "  " + padded(label, 11, right: false) + "  " + text
        return String(line.reversed().drop { $0 == " " }.reversed())
    }

    private func padded(_ text: String, _ width: Int, right: Bool) -> String {
        let space = String(repeating: " ", count: max(0, width - text.count))
        return right ? space + text : text + space
    }
}

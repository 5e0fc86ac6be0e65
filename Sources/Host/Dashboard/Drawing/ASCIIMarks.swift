// The stand-ins of marks where the locale is not UTF-8 or --ascii was asked for: one column for one column, so that no
// screen has to know.

enum ASCIIMarks {
    /// A letter of ASCII for each column of the cluster.
    static func standIn(for cluster: Columns.Cluster) -> String {
        if cluster.text.utf8.count == 1 { return cluster.text }
        return marks[cluster.text] ?? "?"
    }

    /// Two marks of one list must not meet in one place with different meanings: a test looks.
    static let marks: [String: String] = [
        "»": ">", "…": ".", "«": "<", "↻": "r", "⊘": "O", "✂": "X", "⇄": "=", "▇": "#", "·": ".", "×": "x", "✗": "!",
        "●": "*", "▸": ">", "━": "=", "▌": "|", "▏": "|", "█": "#", "├": "[", "┤": "]", "┊": ":", "‹": "<", "›": ">",
        "▁": "_", "▂": ".", "▃": "-", "▄": "-", "▅": "=", "▆": "=", "─": "-", "│": "|", "┌": "+", "┐": "+", "└": "+",
        "┘": "+", "↑": "^", "↓": "v", "←": "<", "→": ">", "↵": "~", "•": "*", "–": "-", "’": "'", "‘": "'", "“": "\"",
        "”": "\"",
    ]
}

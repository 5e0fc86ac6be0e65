// What a screen is: a value with a title, keys it adds (by its room in the key table), what they do, and a drawing. The
// status line, the tabs, the key line and questions belong to the dashboard.
internal import Conversation
internal import Observation

/// A screen.
protocol Screen: Sendable {
    var room: Room { get }
    /// Where the tabs are otherwise; nil for a screen that is a tab.
    func crumbs(_ scene: Scene) -> Spans?
    /// At the right end of the tab line.
    func note(_ scene: Scene) -> Spans
    /// The words it is filtered by; nil for a screen that has no filter.
    var filter: Filter? { get set }
    /// Acts on a key of its own; the answer is for the dashboard to do.
    mutating func handle(_ action: Action, _ scene: Scene, page: Int) -> Wish?
    /// Draws the body, from row 2 to the last but one.
    func draw(on canvas: inout Canvas, _ scene: Scene)
}

/// What a screen cannot do by itself.
enum Wish: Equatable {
    case open(SessionID, turn: Int?)
    case back
    case end(SessionID)
    case interrupt(SessionID)
}

extension Screen {
    func crumbs(_ scene: Scene) -> Spans? { nil }
    func note(_ scene: Scene) -> Spans { Spans() }
}

/// Words that a row has to contain; with "-" before it, must not.
struct Filter: Sendable, Equatable {
    var text: String
    private let wanted: [String]
    private let unwanted: [String]

    init(_ text: String) {
        self.text = text
        let words = text.lowercased().split(separator: " ").map(String.init)
        wanted = words.filter { !$0.hasPrefix("-") }
        unwanted = words.filter { $0.hasPrefix("-") && $0.count > 1 }.map { String($0.dropFirst()) }
    }

    var isEmpty: Bool { wanted.isEmpty && unwanted.isEmpty }

    func matches(_ row: String) -> Bool {
        let row = row.lowercased()
        return wanted.allSatisfy { row.contains($0) } && !unwanted.contains { row.contains($0) }
    }
}

/// Which part of a list is shown: the chosen row in the middle, and no empty rows while there are others.
func window(of count: Int, around chosen: Int, rows: Int) -> Range<Int> {
    let start = max(min(chosen - rows / 2, count - rows), 0)
    return start..<min(start + max(rows, 0), count)
}

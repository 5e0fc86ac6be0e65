// A grid of cells: what every screen draws on, and all that the terminal sees of a screen. Pure, so that a test can draw
// any screen at any size and compare.
internal import Observation

/// A place on the canvas, from 0 at the top left; text there goes up to `end`, exclusive.
struct At {
    var row: Int
    var column: Int
    var end = Int.max

    init(_ row: Int, _ column: Int, end: Int = .max) {
        self.row = row
        self.column = column
        self.end = end
    }
}

/// A grid of letters, each with its meaning.
package struct Canvas: Sendable, Equatable {
    /// One column; a wide letter's second column is an empty cell of width 0.
    package struct Cell: Sendable, Equatable {
        package var text: String
        package var width: Int
        package var style: Style
        static let blank = Cell(text: " ", width: 1, style: .normal)
    }

    package let columns: Int
    package let rows: Int
    /// Every mark has to have an ASCII stand-in of the same width.
    let isASCII: Bool
    private var cells: [Cell]

    /// A blank canvas.
    package init(columns: Int, rows: Int, ascii: Bool = false) {
        self.columns = max(columns, 0)
        self.rows = max(rows, 0)
        isASCII = ascii
        cells = Array(repeating: .blank, count: self.columns * self.rows)
    }

    /// The cells of a row, from 0.
    package func row(_ row: Int) -> ArraySlice<Cell> { cells[row * columns..<(row + 1) * columns] }

    /// The rows as text, without spaces at their ends.
    package var lines: [String] {
        (0..<rows).map { index in
            var line = row(index).map(\.text).joined()
            while line.hasSuffix(" ") { line.removeLast() }
            return line
        }
    }

    /// Draws text, as much of it as fits, and answers the column after it. Whatever it holds, it is sanitised here: no other
    /// way leads to a cell.
    @discardableResult
    mutating func put(_ text: String, _ at: At, _ style: Style = .normal) -> Int {
        var column = at.column
        let end = min(at.end, columns)
        guard (0..<rows).contains(at.row) else { return column }
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
            return putPlain(text, At(at.row, column, end: end), style)
        }
        for cluster in Columns.clusters(text.sanitised()) {
            guard column + cluster.width <= end else { break }
            if column >= 0 { set(cluster, at.row, column, style) }
            column += cluster.width
        }
        return column
    }

    /// Most text is plain, and needs neither cleaning nor measuring.
    private mutating func putPlain(_ text: String, _ at: At, _ style: Style) -> Int {
        var column = at.column
        for byte in text.utf8 where column < at.end {
            if column >= 0 { set(Columns.Cluster(text: String(Unicode.Scalar(byte)), width: 1), at.row, column, style) }
            column += 1
        }
        return column
    }

    /// Draws text that ends before the column `at.end`.
    mutating func putRight(_ text: String, _ at: At, _ style: Style = .normal) {
        let end = min(at.end, columns)
        put(text, At(at.row, max(end - Columns.width(of: text), at.column), end: end), style)
    }

    /// Gives a whole row one meaning: the selection.
    mutating func highlight(row: Int, columns range: Range<Int>, _ style: Style) {
        guard (0..<rows).contains(row) else { return }
        for column in range.clamped(to: 0..<columns) { cells[row * columns + column].style = style }
    }

    /// Blanks a rectangle.
    mutating func clear(rows area: Range<Int>, columns range: Range<Int>) {
        for row in area.clamped(to: 0..<rows) {
            for column in range.clamped(to: 0..<columns) {
                set(Columns.Cluster(text: " ", width: 1), row, column, .normal)
            }
        }
    }

    private mutating func set(_ cluster: Columns.Cluster, _ row: Int, _ column: Int, _ style: Style) {
        let first = row * columns
        // Half a wide letter is not left standing.
        if cells[first + column].width == 0 { cells[first + column - 1] = .blank }
        let next = column + cluster.width
        if next < columns, cells[first + next].width == 0 { cells[first + next] = .blank }
        let text = isASCII ? ASCIIMarks.standIn(for: cluster) : cluster.text
        if isASCII, cluster.width == 2 {
            cells[first + column] = Cell(text: text, width: 1, style: style)
            cells[first + column + 1] = Cell(text: text, width: 1, style: style)
            return
        }
        cells[first + column] = Cell(text: text, width: cluster.width, style: style)
        if cluster.width == 2 { cells[first + column + 1] = Cell(text: "", width: 0, style: style) }
    }
}

// The keys that hold now, and what the marks mean, over whatever screen there is.
//
//  ┌ keys on Sessions ──────────────────────────────────────────────────────────┐
//  │ everywhere                            this screen                          │
//  │  1          sessions                   ↵           open the session        │
//  └────────────────────────────────────────────────────────────────────────────┘

enum KeyOverlay {
    private static let marks: [(String, Style)] = [
        ("» speaking", .agent), ("… thinking", .normal), ("« hearing", .user), ("· silent", .faint),
        ("↻ retrying", .retry), ("× ended", .faint), ("✂ barge-in", .bargeIn), ("✗ failed", .failure),
        ("⇄ replaced", .retry), ("! over budget", .overBudget),
    ]

    static func draw(on canvas: inout Canvas, _ room: Room, _ scene: Scene) {
        let isSmall = Chrome.isCompact(canvas)
        let left = rows(scene.keys.everywhere, scene, firstOnly: isSmall)
        let right = rows(scene.keys.added(by: room), scene, firstOnly: isSmall)
        let wanted = max(left.count, right.count + (isSmall ? 0 : 3 + (marks.count + 1) / 2)) + 1
        let top = isSmall ? 1 : 3
        let height = min(wanted, canvas.rows - top - 3)
        let inner = min(canvas.columns - 4, 76)
        let start = (canvas.columns - inner - 2) / 2
        frame(on: &canvas, Box(row: top, column: start, columns: inner, rows: height))
        canvas.put(" keys on \(room.title) ", At(top, start + 1), .title)
        let middle = start + 1 + inner / 2
        canvas.put("everywhere", At(top + 1, start + 2), .title)
        canvas.put("this screen", At(top + 1, middle + 1), .title)
        list(left.prefix(height - 1), on: &canvas, At(top + 2, start + 3, end: middle - 1))
        list(right.prefix(height - 1), on: &canvas, At(top + 2, middle + 2, end: start + inner + 1))
        guard !isSmall else { return }
        let row = top + 1 + right.count + 2
        canvas.put("marks", At(row, middle + 1), .title)
        for (index, mark) in marks.enumerated() where row + 1 + index / 2 <= top + height {
            canvas.put(mark.0, At(row + 1 + index / 2, middle + 2 + index % 2 * 14), mark.1)
        }
        canvas.put("‹said, never heard›", At(row + 1 + (marks.count + 1) / 2, middle + 2), .unheard)
    }

    private static func rows(_ bindings: [Binding], _ scene: Scene, firstOnly: Bool) -> [Row] {
        bindings.map { binding in
            let keys = binding.keys.prefix(firstOnly ? 1 : 4).map { $0.name(ascii: scene.options.ascii) }
            return Row(keys: keys.joined(separator: " "), text: binding.text, indent: firstOnly ? 6 : 12)
        }
    }

    private struct Row {
        var keys: String
        var text: String
        /// Of the text.
        var indent: Int
    }

    private static func list(_ rows: ArraySlice<Row>, on canvas: inout Canvas, _ at: At) {
        for (index, row) in rows.enumerated() {
            canvas.put(row.keys, At(at.row + index, at.column, end: at.end), .title)
            canvas.put(row.text, At(at.row + index, at.column + row.indent, end: at.end))
        }
    }

    /// The corner of a frame, and what it has room for.
    private struct Box {
        var row: Int
        var column: Int
        var columns: Int
        var rows: Int
    }

    private static func frame(on canvas: inout Canvas, _ box: Box) {
        canvas.clear(rows: box.row..<box.row + box.rows + 2, columns: 0..<canvas.columns)
        let line = String(repeating: "─", count: box.columns)
        canvas.put("┌" + line + "┐", At(box.row, box.column), .faint)
        for row in box.row + 1...box.row + box.rows {
            canvas.put("│", At(row, box.column), .faint)
            canvas.put("│", At(row, box.column + box.columns + 1), .faint)
        }
        canvas.put("└" + line + "┘", At(box.row + box.rows + 1, box.column), .faint)
    }
}

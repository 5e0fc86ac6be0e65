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
        frame(on: &canvas, At(top, start), inner: inner, height: height, "keys on \(room.title)")
        let middle = start + 1 + inner / 2
        column(left, "everywhere", on: &canvas, At(top + 1, start + 2, end: middle - 1), height: height)
        column(right, "this screen", on: &canvas, At(top + 1, middle + 1, end: start + inner + 1), height: height)
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
            return Row(keys: keys.joined(separator: " "), text: binding.text, indent: firstOnly ? 7 : 13)
        }
    }

    private struct Row {
        var keys: String
        var text: String
        /// Of the text.
        var indent: Int
    }

    private static func column(
        _ rows: [Row], _ title: String, on canvas: inout Canvas, _ at: At, height: Int
    ) {
        canvas.put(title, at, .title)
        for (index, row) in rows.prefix(height - 1).enumerated() {
            let line = at.row + 1 + index
            canvas.put(row.keys, At(line, at.column + 1, end: at.end), .title)
            canvas.put(row.text, At(line, at.column + row.indent, end: at.end))
        }
    }

    private static func frame(on canvas: inout Canvas, _ at: At, inner: Int, height: Int, _ title: String) {
        canvas.clear(rows: at.row..<at.row + height + 2, columns: 0..<canvas.columns)
        let line = String(repeating: "─", count: inner)
        canvas.put("┌" + line + "┐", at, .faint)
        canvas.put(" \(title) ", At(at.row, at.column + 1), .title)
        for row in 0..<height {
            canvas.put("│", At(at.row + 1 + row, at.column), .faint)
            canvas.put("│", At(at.row + 1 + row, at.column + inner + 1), .faint)
        }
        canvas.put("└" + line + "┘", At(at.row + 1 + height, at.column), .faint)
    }
}

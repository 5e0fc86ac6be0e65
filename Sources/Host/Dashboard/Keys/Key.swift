// What can be pressed, and what it is called on the screen.

/// One press.
package enum Key: Sendable, Hashable {
    case character(Character)
    case control(Character)
    case enter, escape, tab, backspace
    case up, down, left, right
    case pageUp, pageDown, home, end

    /// Its name in the key line and the overlay.
    func name(ascii: Bool) -> String {
        switch self {
        case .character(let character): String(character)
        case .control(let character): "ctrl-\(character)"
        case .enter: ascii ? "enter" : "↵"
        case .escape: "esc"
        case .tab: "tab"
        case .backspace: "backspace"
        case .up: ascii ? "up" : "↑"
        case .down: ascii ? "down" : "↓"
        case .left: ascii ? "left" : "←"
        case .right: ascii ? "right" : "→"
        case .pageUp: "pgup"
        case .pageDown: "pgdn"
        case .home: "home"
        case .end: "end"
        }
    }
}

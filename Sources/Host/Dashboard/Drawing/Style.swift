// What a piece of text means, and how each meaning looks with colours and without. Nothing else in the dashboard names a
// colour.

/// A meaning.
package enum Style: Sendable, CaseIterable {
    /// Text. Good news looks like this.
    case normal
    /// What is there to be overlooked: rules, labels, things that are over.
    case faint
    /// A title, a column's heading, a key.
    case title
    /// The caller's words and voice; the agent's.
    case user, agent
    /// Words that were said, and never heard.
    case unheard
    /// Words that may still change.
    case partial
    case bargeIn
    /// A retry, a reconnect, a replacement.
    case retry
    case failure
    /// Longer than the budget.
    case overBudget
    /// The row that keys act on.
    case selected
    /// Frozen, paused, or asking: the picture needs the operator.
    case held
    // The parts of a turn.
    case endpointing, transcription, inference, segmentation, synthesis, playout
}

/// How a meaning looks: one of the terminal's own sixteen colours, or nil for its default.
package struct Attributes: Sendable, Hashable {
    /// The terminal's colours, by number. `grey` is bright black; where there are eight, it is drawn dim.
    package enum Colour: Int, Sendable {
        case black, red, green, yellow, blue, magenta, cyan, white, grey
    }

    package var foreground: Colour?
    package var background: Colour?
    package var isBold = false
    package var isDim = false
    package var isReverse = false

    static let plain = Attributes()
    static func colour(_ colour: Colour, bold: Bool = false) -> Attributes {
        Attributes(foreground: colour, isBold: bold)
    }
    static let bold = Attributes(isBold: true)
    static let dim = Attributes(isDim: true)
    static let reverse = Attributes(isReverse: true)
}

/// From meaning to looks: two whole tables, which the compiler keeps whole.
package enum Theme: Sendable, CaseIterable {
    case colour, mono

    package func attributes(_ style: Style) -> Attributes {
        switch self {
        case .colour: Self.colour(style)
        case .mono: Self.mono(style)
        }
    }

    private static func colour(_ style: Style) -> Attributes {
        switch style {
        // The design's white is the default here: white on a light terminal could not be seen.
        case .normal, .segmentation: .plain
        case .faint, .unheard, .playout: .colour(.grey)
        case .title: .bold
        case .user, .transcription: .colour(.cyan)
        case .agent, .inference: .colour(.magenta)
        case .partial: .dim
        case .bargeIn: .colour(.yellow, bold: true)
        case .retry: .colour(.yellow)
        case .failure, .overBudget: .colour(.red, bold: true)
        case .selected: .reverse
        case .held: Attributes(foreground: .black, background: .yellow)
        case .endpointing: .colour(.blue)
        case .synthesis: .colour(.green)
        }
    }

    private static func mono(_ style: Style) -> Attributes {
        switch style {
        case .normal, .user, .endpointing, .transcription, .inference, .segmentation, .synthesis, .playout: .plain
        case .title, .agent, .bargeIn, .retry, .overBudget: .bold
        case .faint, .unheard, .partial: .dim
        case .failure, .selected: .reverse
        case .held: Attributes(isBold: true, isReverse: true)
        }
    }
}

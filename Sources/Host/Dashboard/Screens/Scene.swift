// What a screen may look at when it draws: what is known, the time, and how the operator wants to see it.
package import Conversation
internal import Observation

/// How the dashboard looks and what it may do.
package struct DashboardOptions: Sendable {
    /// No colours. `NO_COLOR` and a terminal without colours do the same.
    package var mono = false
    /// Marks from ASCII only. A locale that is not UTF-8 does the same.
    package var ascii = false
    /// No key changes a call or the server.
    package var readOnly = false
    /// Words start hidden.
    package var hideWords = false
    /// The latency of a turn beyond which it is marked.
    package var budget = TimeSpan.seconds(1)

    package init() {}
}

/// One look at everything.
struct Scene {
    var ledger: Ledger
    var now: Moment
    var clock: WallClock
    var options: DashboardOptions
    var keys: KeyTable
    var hidesWords = false
    /// The picture was frozen then; events are still folded.
    var frozenAt: Moment?
    /// Events that came since the picture was frozen.
    var newer = 0
    /// Events that this view lost because it was slow.
    var dropped = 0

    /// In ms.
    var budget: Double { options.budget.milliseconds }

    func isOverBudget(_ ms: Double) -> Bool { ms > budget }

    /// Words from outside, as the operator wants to see them: hidden ones keep their lengths.
    func words(_ text: String) -> String {
        guard hidesWords else { return text }
        return String(text.map { $0 == " " ? " " : "•" })
    }

    /// A latency: "0.81", with a mark when it is over the budget.
    func latency(_ ms: Double) -> (text: String, mark: String, style: Style) {
        let isOver = isOverBudget(ms)
        return (Format.seconds(ms: ms), isOver ? "!" : "", isOver ? .overBudget : .normal)
    }
}

extension Ledger.Session {
    /// What a person calls it.
    var name: String { id.short.sanitised(limit: 6) }
}

extension Ledger.Session.State {
    var mark: String {
        switch self {
        case .speaking: "»"
        case .thinking: "…"
        case .hearing: "«"
        case .retrying: "↻"
        case .silent: "·"
        case .ended: "×"
        }
    }

    var style: Style {
        switch self {
        case .speaking: .agent
        case .hearing: .user
        case .retrying: .retry
        case .thinking: .normal
        case .silent, .ended: .faint
        }
    }

    /// "» speaking"
    var label: String { "\(mark) \(rawValue)" }
}

extension Ledger.Stage {
    /// Its name on the screen, in at most eleven columns.
    var label: String {
        switch self {
        case .endpointing: "endpointing"
        case .transcription: "stt final"
        case .inference: "llm token"
        case .segmentation: "sentence"
        case .synthesis: "tts byte"
        case .playout: "playout"
        }
    }

    var style: Style {
        switch self {
        case .endpointing: .endpointing
        case .transcription: .transcription
        case .inference: .inference
        case .segmentation: .segmentation
        case .synthesis: .synthesis
        case .playout: .playout
        }
    }
}

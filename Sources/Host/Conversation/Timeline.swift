// Where the time of a turn went, from the caller's last word to the first audio of the reply. The parts are the gaps
// between successive marks, so they sum to the whole by construction.

/// A part of a turn's latency.
package enum Stage: String, Sendable, CaseIterable {
    case endpointing, transcription, inference, segmentation, synthesis, playout
}

/// The marks of a turn, set once each and in order.
package struct Timeline: Sendable, Equatable {
    /// The caller's last speech.
    package let start: Moment
    private var ends: [Stage: Moment] = [:]

    /// A timeline that begins with the caller's last speech.
    package init(start: Moment) { self.start = start }

    /// The stage ended. Only the first time counts, and never before the stages in front of it.
    package mutating func end(_ stage: Stage, at moment: Moment) {
        guard ends[stage] == nil else { return }
        ends[stage] = max(moment, lastMark(before: stage))
    }

    /// How long each stage took. A stage without a mark took nothing.
    package var parts: [(stage: Stage, length: TimeSpan)] {
        var previous = start
        return Stage.allCases.map { stage in
            let end = ends[stage] ?? previous
            defer { previous = end }
            return (stage, end - previous)
        }
    }

    /// From the caller's last speech to the last mark.
    package var total: TimeSpan { parts.reduce(.zero) { $0 + $1.length } }

    private func lastMark(before stage: Stage) -> Moment {
        Stage.allCases.prefix { $0 != stage }.compactMap { ends[$0] }.max() ?? start
    }
}

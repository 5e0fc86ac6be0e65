// Where a turn's time went, in the six parts that sum to the whole: from the caller's last word to the agent's first.
package import Conversation

extension Ledger {
    /// A part of a turn's latency, in the order in which they follow each other.
    package enum Stage: String, Sendable, CaseIterable {
        case endpointing, transcription, inference, segmentation, synthesis, playout

        /// The slot whose provider's requests fall into it.
        package var slot: Slot? {
            switch self {
            case .transcription: .stt
            case .inference: .llm
            case .synthesis: .tts
            case .endpointing, .segmentation, .playout: nil
            }
        }
    }

    /// A turn's six parts, end to end. Times are in ms.
    package struct Timeline: Sendable, Equatable {
        /// One part.
        package struct Part: Sendable, Equatable {
            package var stage: Stage
            /// Since the caller stopped: the sum of the parts before.
            package var start: Double
            package var length: Double
            /// What has to change to change it: a provider, a setting, or the host.
            package var owner: String
        }

        /// From the caller's end of speech to the first audio, as it was measured.
        package let total: Double
        /// All six, in order.
        package let parts: [Part]

        /// Of a `turn.timed`. What is missing, negative or not a number counts as nothing.
        package init(_ event: Event) {
            var start = 0.0
            parts = Stage.allCases.map { stage in
                let length = max(event.number("\(stage.rawValue)_ms") ?? 0, 0)
                defer { start += length }
                return Part(stage: stage, start: start, length: length, owner: event.text("\(stage.rawValue)_owner"))
            }
            total = max(event.number("total_ms") ?? start, 0)
        }

        /// The sum of the parts.
        package var sum: Double { parts.reduce(0) { $0 + $1.length } }
        /// The parts sum to what was measured (to the ms: each is rounded to a tenth). If not, it is a bug worth seeing.
        package var isWhole: Bool { abs(sum - total) < 1 }
    }
}

extension Event {
    /// A finite number under `name`.
    package func number(_ name: String) -> Double? {
        fields[name]?.number.flatMap { $0.isFinite ? $0 : nil }
    }

    /// A whole number under `name`, within what a count can sensibly be.
    package func int(_ name: String) -> Int? {
        number(name).flatMap { abs($0) < 1e9 ? Int($0) : nil }
    }

    /// A span of ms under `name`, if it is one that a call can have.
    package func span(_ name: String) -> TimeSpan? {
        number(name).flatMap { (0..<1e9).contains($0) ? .ms($0) : nil }
    }

    /// The text under `name`, safe to show; empty if there is none.
    package func text(_ name: String) -> String {
        fields[name]?.text?.sanitised(limit: 200) ?? ""
    }

    /// The words, safe to show; empty if there are none.
    package var safeWords: String { words?.sanitised() ?? "" }
}

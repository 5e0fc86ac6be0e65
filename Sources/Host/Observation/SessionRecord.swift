// One call, as the events tell it. What it is doing now is derived from what has happened and the time; no flag says it.
package import Conversation

extension Ledger {
    /// One caller's conversation.
    package struct Session: Sendable {
        /// What a call is doing.
        package enum State: String, Sendable, CaseIterable {
            case hearing, thinking, speaking, retrying, silent, ended
        }

        package let id: SessionID
        package internal(set) var startedAt: Moment
        package internal(set) var endedAt: Moment?
        /// ended, left, dead, abuse, slow, stopping; empty while it goes on.
        package internal(set) var endReason = ""
        /// Where the caller comes from.
        package internal(set) var peer = ""
        /// The provider of each slot, as it is after failovers.
        package internal(set) var providers: [Slot: String] = [:]
        /// The newest 300, oldest first.
        package internal(set) var turns: [Turn] = []
        /// Of the newest timed turns, in ms, newest last.
        package internal(set) var latencies: [Double] = []
        package internal(set) var bargeIns = BargeIns()
        package internal(set) var retries = 0
        package internal(set) var caller = Lane()
        package internal(set) var agent = Lane()
        /// The retry that is being waited for.
        package internal(set) var retry: Retry?
        /// What the caller is saying, before it has become a turn.
        package internal(set) var utterance = Utterance()
        package internal(set) var lastEventAt: Moment

        /// How many turns are kept, and how many latencies.
        static let turnLimit = 300
        static let latencyLimit = 32

        init(_ id: SessionID, at: Moment) {
            self.id = id
            startedAt = at
            lastEventAt = at
        }

        /// Interruptions that were thought of, came true, or came to nothing.
        package struct BargeIns: Sendable, Equatable {
            package var suspected = 0
            package var confirmed = 0
            package var dismissed = 0
        }

        /// Words on their way to becoming a turn.
        package struct Utterance: Sendable, Equatable {
            /// Pieces that will not change.
            package var final = ""
            /// The rest, which may.
            package var interim = ""
            var at = Moment.zero

            package var text: String {
                final.isEmpty || interim.isEmpty ? final + interim : final + " " + interim
            }
        }

        /// The latency of the newest timed turn, in ms.
        package var lastLatency: Double? { latencies.last }
        /// The number of the newest turn; 0 before the first.
        package var turnNumber: Int { turns.last?.number ?? 0 }
        /// The newest turn whose time is known.
        package var lastTimed: Turn? { turns.last { $0.timeline != nil } }
        /// The turn with the number, if it is kept.
        package func turn(_ number: Int) -> Turn? { turns.last { $0.number == number } }

        /// How long it has lasted, or did last.
        package func age(at now: Moment) -> TimeSpan { max((endedAt ?? now) - startedAt, .zero) }

        /// What it is doing at `now`.
        package func state(at now: Moment) -> State {
            if endedAt != nil { return .ended }
            if retry != nil { return .retrying }
            if agent.isActive(at: now) { return .speaking }
            if caller.isActive(at: now) || isPending(at: now) { return .hearing }
            if let turn = turns.last, turn.outcome == nil, turn.replyStartedAt == nil { return .thinking }
            return .silent
        }

        /// Since when neither side has been heard; nil while one is.
        package func quietSince(_ now: Moment) -> Moment? {
            if caller.isActive(at: now) || agent.isActive(at: now) { return nil }
            return [caller.lastEnd(at: now), agent.lastEnd(at: now)].compactMap { $0 }.max() ?? startedAt
        }

        /// There are words which the end of the utterance will make a turn of. Not for ever: it may not come.
        private func isPending(at now: Moment) -> Bool {
            !utterance.text.isEmpty && now - utterance.at < .seconds(3)
        }
    }
}

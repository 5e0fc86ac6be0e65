// When one side could be heard, over the last half minute: what the dashboard's speech lanes show.
package import Conversation

extension Ledger {
    /// A stretch of time in which one side was heard.
    package struct Span: Sendable, Equatable {
        package var start: Moment
        /// Nil while it goes on. May lie ahead: audio that was sent is still being played.
        package var end: Moment?
        /// It was ended by a barge-in.
        package var isCut = false
    }

    /// The spans of one side, oldest first, at least as far back as `kept`.
    package struct Lane: Sendable, Equatable {
        /// How far back spans are kept.
        package static let kept = TimeSpan.seconds(35)
        private static let limit = 200

        package private(set) var spans: [Span] = []

        /// The side is heard at `now`.
        package func isActive(at now: Moment) -> Bool {
            guard let last = spans.last, last.start <= now else { return false }
            return last.end.map { $0 > now } ?? true
        }

        /// When the side was last heard; nil if never, or if it is heard still.
        package func lastEnd(at now: Moment) -> Moment? {
            isActive(at: now) ? nil : spans.last.flatMap { $0.end.map { min($0, now) } }
        }

        mutating func open(at now: Moment) {
            close(at: now)
            let horizon = now - Self.kept
            spans.removeAll { ($0.end ?? now) < horizon }
            if spans.count >= Self.limit { spans.removeFirst() }
            spans.append(Span(start: now))
        }

        /// Ends what is still open, or would only end later.
        mutating func close(at now: Moment, isCut: Bool = false) {
            guard let last = spans.indices.last, spans[last].end.map({ $0 > now }) ?? true else { return }
            spans[last].end = max(now, spans[last].start)
            spans[last].isCut = isCut
        }

        /// The end of the open span is known in advance: the audio was sent, and takes so long to play.
        mutating func end(after length: TimeSpan, notBefore now: Moment) {
            guard let last = spans.indices.last, spans[last].end == nil else { return }
            spans[last].end = max(spans[last].start + length, now)
        }

        /// The end of the open span, if no better is known.
        mutating func endIfOpen(at now: Moment) {
            guard let last = spans.indices.last, spans[last].end == nil else { return }
            spans[last].end = max(now, spans[last].start)
        }
    }
}

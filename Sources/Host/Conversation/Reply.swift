// The agent's side of a turn, while it is under way.

/// From the question to the last audible sample of the answer.
package struct Reply: Sendable {
    package let turn: Int
    /// What the caller said.
    package let question: String
    package var timeline: Timeline
    package var playout: Playout

    /// How far the reply is.
    package enum Phase: Sendable, Equatable { case recalling, thinking, answering, sent }
    package var phase: Phase = .recalling
    /// Everything the model wrote.
    package var generated = ""
    package var splitter = Sentences()
    package var modelIsDone = false
    /// Sentences that wait for synthesis.
    package var waiting: [Part] = []
    /// What is under synthesis, and the number of the request, which tells it from one that was withdrawn.
    package var speaking: (id: Int, part: Part)?
    /// Requests to synthesis so far.
    package var requests = 0
    /// Synthesis has failed: the rest of the reply is text only.
    package var isMute = false
    /// `audio_start` was sent.
    package var hasStarted = false
    /// Why the reply did not become what it should have been.
    package var failure: Failure?
    /// The stage that has to make progress until then.
    package var deadline: (stage: Stage, at: Moment)?
    package var isTimed = false

    /// What is to be heard next.
    package enum Part: Sendable, Equatable {
        case sentence(String)
        case line(ServerLine, String)

        var text: String {
            switch self {
            case .sentence(let text): text
            case .line(_, let text): text
            }
        }
    }

    init(turn: Int, question: String, timeline: Timeline, sampleRate: Int) {
        self.turn = turn
        self.question = question
        self.timeline = timeline
        playout = Playout(sampleRate: sampleRate)
    }

    /// When the next sentence may go to synthesis: as soon as the one before it is heard, so that one sentence is always
    /// ready ahead of the ear, and not more is synthesised than an interruption would throw away. Nil: not yet known.
    var nextSentenceDue: Moment? {
        guard speaking == nil else { return nil }
        guard let last = playout.sentences.last else { return .zero }
        return last.audibleFrom ?? .zero
    }

    /// Everything was generated, synthesised and sent.
    var isAllSent: Bool { modelIsDone && waiting.isEmpty && speaking == nil }
}

// When has the caller finished? So much silence after speech, or speech beyond all measure. Looks at sound alone; what
// the words say of it is not its business.

/// Turns frames into utterances.
package struct Endpointing {
    /// How long is a pause.
    package struct Settings: Sendable, Equatable {
        /// Silence after which the caller has finished, ms, 200…3000.
        package var silenceMs: Int
        /// An utterance is ended after so long, ms, 1000…120 000.
        package var maxUtteranceMs: Int

        /// Values out of range are brought into it.
        package init(silenceMs: Int = 500, maxUtteranceMs: Int = 30_000) {
            self.silenceMs = min(max(silenceMs, 200), 3000)
            self.maxUtteranceMs = min(max(maxUtteranceMs, 1000), 120_000)
        }
    }

    /// What a frame decides. Positions are in samples of the call's audio.
    package enum Decision: Sendable, Equatable {
        /// The caller speaks, since `at`.
        case speechStarted(at: Int)
        /// The last speech was `at`; that it was the last is known since `decidedAt`.
        case speechStopped(at: Int, decidedAt: Int)
    }

    private enum State: Equatable {
        case idle
        case speaking(since: Int)
        /// An utterance was ended while the caller went on: the rest is the next one.
        case overrun(since: Int)
    }

    private let silence: Int
    private let longest: Int
    private var state = State.idle

    /// Nobody speaks.
    package init(_ settings: Settings = Settings()) {
        silence = settings.silenceMs * VoiceActivity.sampleRate / 1000
        longest = settings.maxUtteranceMs * VoiceActivity.sampleRate / 1000
    }

    /// Between `speechStarted` and `speechStopped`.
    package var isSpeaking: Bool { if case .speaking = state { true } else { false } }

    /// Takes the next frame.
    package mutating func feed(_ frame: VoiceFrame) -> Decision? {
        switch state {
        case .idle:
            guard case .started(let onset) = frame.event else { return nil }
            return begin(onset)
        case .speaking(let since):
            if frame.silence >= silence {
                state = .idle
            } else if frame.position - since >= longest {
                state = .overrun(since: frame.position)
            } else {
                return nil
            }
            return .speechStopped(at: frame.position - frame.silence, decidedAt: frame.position)
        case .overrun(let since):
            guard frame.onset != nil else {
                state = .idle
                return nil
            }
            return begin(since)
        }
    }

    /// Forgets the utterance. What the caller goes on saying without a pause is not heard.
    package mutating func reset() { state = .idle }

    private mutating func begin(_ onset: Int) -> Decision {
        state = .speaking(since: onset)
        return .speechStarted(at: onset)
    }
}

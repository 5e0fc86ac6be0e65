// The caller's audio on its way in: bytes to samples, voice activity, endpointing, and for recognisers that want only
// speech, the cutting. Tells moments by counting samples back from the arrival of the newest.
internal import Conversation
internal import Providers

/// Owned by one session; not shared.
struct CallerAudio {
    /// What a piece of audio led to, in order.
    enum Outcome {
        case input(Input)
        case recogniser(ProviderEvent)
    }

    private static let rate = VoiceActivity.sampleRate
    /// Before the onset: the first sound of a word is often below the detector's threshold.
    private static let preRoll = rate * 300 / 1000
    /// The trigger comes up to 600 ms after the onset; so much has to be kept to go back before it.
    private static let history = preRoll + rate

    private var activity: VoiceActivity
    private var endpointing: Endpointing
    private let cutsSpeech: Bool
    private var odd: UInt8?
    /// Samples of the call so far.
    private var position = 0
    private var recent: [Int16] = []

    init(detector: any SpeechDetector, settings: ConversationSettings, cutsSpeech: Bool) {
        activity = VoiceActivity(detector: detector)
        endpointing = Endpointing(
            Endpointing.Settings(
                silenceMs: Int(settings.silence.milliseconds),
                maxUtteranceMs: Int(settings.longestUtterance.milliseconds)))
        self.cutsSpeech = cutsSpeech
    }

    /// Takes one binary frame that arrived at `arrival`.
    mutating func take(_ bytes: [UInt8], at arrival: Moment) -> [Outcome] {
        let (samples, odd) = Linear16.samples(in: bytes, after: odd)
        self.odd = odd
        // The newest sample is the one that arrives now; those before it are as much older.
        let last = position + samples.count
        var outcomes: [Outcome] = []
        var rest = samples[...]
        while !rest.isEmpty {
            let piece = Array(rest.prefix(VoiceActivity.frameLength - position % VoiceActivity.frameLength))
            rest = rest.dropFirst(piece.count)
            let moment = arrival - .samples(last - position - piece.count, rate: Self.rate)
            for outcome in take(piece, at: moment) { Self.append(outcome, to: &outcomes) }
        }
        return outcomes
    }

    /// Takes samples up to the end of a frame of voice activity, so that at most one thing happens, and at their end: what
    /// belongs to an utterance is not mixed with what comes before or after it, however large a client's frames are.
    private mutating func take(_ samples: [Int16], at moment: Moment) -> [Outcome] {
        let wasSpeaking = endpointing.isSpeaking
        position += samples.count
        remember(samples)
        var outcomes: [Outcome] = []
        if !cutsSpeech || wasSpeaking { outcomes.append(.recogniser(.audio(samples))) }
        for frame in activity.feed(samples) {
            outcomes += suspicion(in: frame, moment)
            guard let decision = endpointing.feed(frame) else { continue }
            outcomes += take(decision, moment)
        }
        return outcomes
    }

    /// Audio that follows audio is one message to the recogniser.
    private static func append(_ outcome: Outcome, to outcomes: inout [Outcome]) {
        if case .recogniser(.audio(let more)) = outcome, case .recogniser(.audio(let samples))? = outcomes.last {
            outcomes[outcomes.count - 1] = .recogniser(.audio(samples + more))
        } else {
            outcomes.append(outcome)
        }
    }

    /// Forgets a half-said utterance; the recogniser begins anew.
    mutating func reset() { endpointing.reset() }

    private func suspicion(in frame: VoiceFrame, _ arrival: Moment) -> [Outcome] {
        switch frame.event {
        case .suspected(let onset): [.input(.speechSuspected(onset: moment(of: onset, arrival)))]
        case .dismissed: [.input(.speechDismissed)]
        default: []
        }
    }

    private func take(_ decision: Endpointing.Decision, _ arrival: Moment) -> [Outcome] {
        switch decision {
        case .speechStarted(let onset):
            var outcomes: [Outcome] = []
            if cutsSpeech {
                let lead = recent.suffix(min(recent.count, position - onset + Self.preRoll))
                outcomes.append(.recogniser(.speechStarted(milliseconds: milliseconds(position - lead.count))))
                outcomes.append(.recogniser(.audio(Array(lead))))
            } else {
                outcomes.append(.recogniser(.speechStarted(milliseconds: milliseconds(onset))))
            }
            return outcomes + [.input(.speechStarted(position: onset, onset: moment(of: onset, arrival)))]
        case .speechStopped(let last, let decided):
            return [
                .input(.speechStopped(position: last, lastSpeech: moment(of: last, arrival))),
                .recogniser(.speechEnded(milliseconds: milliseconds(decided))),
            ]
        }
    }

    private mutating func remember(_ samples: [Int16]) {
        recent += samples
        // Trimmed now and then, not for every frame.
        if recent.count > 2 * Self.history { recent.removeFirst(recent.count - Self.history) }
    }

    private func moment(of position: Int, _ arrival: Moment) -> Moment {
        arrival - .samples(self.position - position, rate: Self.rate)
    }

    private func milliseconds(_ position: Int) -> Int { position * 1000 / Self.rate }
}

// From frames that are speech or not to runs of speech: suspected, started, over. Knows no audio, only bits.

/// What begins or ends with a frame. Positions are in samples of the call's audio.
package enum VoiceEvent: Sendable, Equatable {
    /// The quick trigger: perhaps the caller speaks, since `onset`. Followed by `started` or `dismissed`.
    case suspected(onset: Int)
    /// The full trigger: the caller speaks, since `onset`. Followed by `quiet`.
    case started(onset: Int)
    /// The suspicion came to nothing.
    case dismissed
    /// The caller has paused, since `since`. Whether he is done is for `Endpointing` to say.
    case quiet(since: Int)
}

/// The machine behind `VoiceActivity`.
struct VoiceRun {
    /// What it says of one frame.
    struct Verdict: Equatable {
        var silence: Int
        var onset: Int?
        var event: VoiceEvent?
    }

    private enum State: Equatable {
        case idle
        case suspected(onset: Int)
        case speaking(onset: Int)
    }

    /// A gap of so many frames is still inside the run, when its beginning is looked for.
    private static let bridged = 2

    private let suspicion: VoiceActivitySettings.Trigger
    private let start: VoiceActivitySettings.Trigger
    private let quiet: Int
    private let unvoiced: Int
    private var state = State.idle
    /// The newest frame is bit 0; 640 ms.
    private var speechBits: UInt32 = 0
    private var voicedBits: UInt32 = 0
    private var position = 0
    private var lastSpeech = 0
    private var lastVoiced: Int?

    init(_ settings: VoiceActivitySettings) {
        suspicion = settings.suspicion
        start = settings.start
        quiet = min(max(settings.quietMs, 60), 1000) * VoiceActivity.sampleRate / 1000
        unvoiced = min(max(settings.unvoicedMs, 100), 2000) * VoiceActivity.sampleRate / 1000
    }

    /// Takes the next frame.
    mutating func take(isSpeech: Bool, isVoiced: Bool) -> Verdict {
        position += VoiceActivity.frameLength
        speechBits = speechBits << 1 | (isSpeech ? 1 : 0)
        voicedBits = voicedBits << 1 | (isVoiced ? 1 : 0)
        if isVoiced { lastVoiced = position }
        if isSpeech, let lastVoiced, position - lastVoiced <= unvoiced { lastSpeech = position }
        let silence = position - lastSpeech
        let event = advance(silence)
        guard case .speaking(let onset) = state else { return Verdict(silence: silence, onset: nil, event: event) }
        return Verdict(silence: silence, onset: onset, event: event)
    }

    private mutating func advance(_ silence: Int) -> VoiceEvent? {
        switch state {
        case .idle, .suspected:
            if isMet(start) {
                let onset = if case .suspected(let onset) = state { onset } else { onset(in: start) }
                state = .speaking(onset: onset)
                return .started(onset: onset)
            }
            if state == .idle {
                guard isMet(suspicion) else { return nil }
                let onset = onset(in: suspicion)
                state = .suspected(onset: onset)
                return .suspected(onset: onset)
            }
            guard silence >= quiet else { return nil }
            state = .idle
            return .dismissed
        case .speaking:
            guard silence >= quiet else { return nil }
            state = .idle
            return .quiet(since: lastSpeech)
        }
    }

    private func isMet(_ trigger: VoiceActivitySettings.Trigger) -> Bool {
        let window = Self.window(trigger.of)
        return (speechBits & window).nonzeroBitCount >= trigger.speech
            && (voicedBits & window).nonzeroBitCount >= trigger.voiced
    }

    /// Where the first speech frame began of the run that reaches into the trigger's window.
    private func onset(in trigger: VoiceActivitySettings.Trigger) -> Int {
        let inWindow = speechBits & Self.window(trigger.of)
        var first = UInt32.bitWidth - inWindow.leadingZeroBitCount
        while true {
            let reach = Self.window(first + Self.bridged + 1) & ~Self.window(first)
            let earlier = speechBits & reach
            guard earlier != 0 else { break }
            first = UInt32.bitWidth - earlier.leadingZeroBitCount
        }
        return max(0, position - first * VoiceActivity.frameLength)
    }

    /// The newest `count` frames.
    private static func window(_ count: Int) -> UInt32 {
        count >= UInt32.bitWidth ? .max : (1 << UInt32(max(count, 0))) - 1
    }
}

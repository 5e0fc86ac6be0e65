// When does the caller speak? A level gate, a detector and a voicing test on 20 ms frames, the cheap ones first. Does
// not decide that the caller is done: see Endpointing.

/// What is known of 20 ms of the call's audio.
package struct VoiceFrame: Sendable, Equatable {
    /// Samples of the call's audio up to the end of this frame.
    package var position: Int
    /// RMS, dBFS.
    package var levelDB: Float
    /// It sounds like speech.
    package var isSpeech: Bool
    /// It is speech and has a pitch.
    package var isVoiced: Bool
    /// Samples since the last speech ended, 0 while the caller speaks; before any speech, since the call began.
    package var silence: Int
    /// Where the run of speech began, in samples of the call's audio: from `.started` until `.quiet`.
    package var onset: Int?
    package var event: VoiceEvent?

    /// A frame.
    package init(
        position: Int, levelDB: Float = Level.silence, isSpeech: Bool = false, isVoiced: Bool = false,
        silence: Int = 0, onset: Int? = nil, event: VoiceEvent? = nil
    ) {
        self.position = position
        self.levelDB = levelDB
        self.isSpeech = isSpeech
        self.isVoiced = isVoiced
        self.silence = silence
        self.onset = onset
        self.event = event
    }
}

/// Hears one caller's voice in 16 kHz linear16 audio.
package struct VoiceActivity {
    /// Hz.
    package static let sampleRate = 16_000
    /// Samples of a frame: 20 ms.
    package static let frameLength = 320

    private let settings: VoiceActivitySettings
    private var detector: any SpeechDetector
    private var floor = NoiseFloor()
    private var voicing: Voicing
    private var run: VoiceRun
    private var extraDB: Float = 0
    private var position = 0
    private var pending: [Int16] = []

    /// `detector` belongs to this call alone.
    package init(detector: any SpeechDetector, settings: VoiceActivitySettings = VoiceActivitySettings()) {
        self.settings = settings
        self.detector = detector
        voicing = Voicing(threshold: settings.voicing)
        run = VoiceRun(settings)
        pending.reserveCapacity(Self.frameLength)
    }

    /// Raises the gate, dB, 0 to take it back: while the agent is audible, the caller's microphone may hear it too.
    package mutating func setGate(extraDB: Float) { self.extraDB = extraDB }

    /// Takes audio of any length and tells of each frame that it completes.
    package mutating func feed(_ samples: [Int16]) -> [VoiceFrame] {
        if pending.isEmpty, samples.count == Self.frameLength { return [judge(samples)] }
        var frames: [VoiceFrame] = []
        var rest = samples[...]
        while pending.count + rest.count >= Self.frameLength {
            let missing = Self.frameLength - pending.count
            pending.append(contentsOf: rest.prefix(missing))
            rest = rest.dropFirst(missing)
            frames.append(judge(pending))
            pending.removeAll(keepingCapacity: true)
        }
        pending.append(contentsOf: rest)
        return frames
    }

    private mutating func judge(_ frame: [Int16]) -> VoiceFrame {
        position += Self.frameLength
        let level = Level.decibels(frame)
        floor.follow(level)
        // The cheap test gates the dear ones: a silent frame costs 0.3 µs, where asking WebRTC each time would be 2.7 and
        // finds the same utterances.
        let margin = max(settings.gateDB, detector.marginDB)
        let isSpeech =
            level > max(floor.decibels + margin, settings.minimumDB) + extraDB && detector.isSpeech(frame)
        let isVoiced = isSpeech && voicing.isVoiced(frame)
        voicing.remember(frame)
        let verdict = run.take(isSpeech: isSpeech, isVoiced: isVoiced)
        return VoiceFrame(
            position: position, levelDB: level, isSpeech: isSpeech, isVoiced: isVoiced, silence: verdict.silence,
            onset: verdict.onset, event: verdict.event)
    }
}

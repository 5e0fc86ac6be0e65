// The thresholds of voice activity. The defaults were measured on human speech from four sources, in quiet and in
// noise, and on an hour of noises that are not speech.

/// When sound is the caller's voice.
package struct VoiceActivitySettings: Sendable, Equatable {
    /// How far over the room's noise a frame has to be, dB, 0…24; some detectors ask for more.
    package var gateDB: Float = 3
    /// No frame below this is speech, dBFS, -90…-20.
    package var minimumDB: Float = -60
    /// Correlation from which on a frame has a pitch, 0…1.
    package var voicing: Float = 0.6
    /// The quick trigger: reversible, about 100 ms after the onset.
    package var suspicion = Trigger(of: 6, speech: 4, voiced: 2)
    /// The full trigger: certain, about 200 ms after the onset.
    package var start = Trigger(of: 12, speech: 9, voiced: 4)
    /// A run of speech is over after so much without, ms, 60…1000.
    package var quietMs = 200
    /// Sound without a pitch goes on counting as speech for so long after the last frame that had one, ms, 100…2000: the
    /// "s" at the end of a word does, the breath that follows it does not.
    package var unvoicedMs = 300

    /// The measured defaults.
    package init() {}

    /// So many frames of the last `of`, each of 20 ms.
    package struct Trigger: Sendable, Equatable {
        /// The window, 1…32 frames.
        package var of: Int
        /// Of these, so many have to be speech.
        package var speech: Int
        /// And so many of the speech frames voiced.
        package var voiced: Int

        /// A trigger.
        package init(of: Int, speech: Int, voiced: Int) {
            self.of = of
            self.speech = speech
            self.voiced = voiced
        }
    }
}

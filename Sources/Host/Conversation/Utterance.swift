// What the caller is saying, put together from the recogniser's pieces.

/// The caller's side of a turn, while it is being said.
package struct Utterance: Sendable, Equatable {
    private var finals: [String] = []
    private var interim = ""
    /// The recogniser has been told that the caller stopped, so many times, and has not answered yet.
    package var awaitedFinals = 0
    /// The caller is speaking now.
    package var isSpeaking = false
    /// Recognition failed while the caller was speaking: the rest of it is lost, and the caller knows.
    package var isDeaf = false
    /// When the caller last spoke, as far as voice activity knows.
    package var lastSpeech: Moment?
    /// When the caller had been silent long enough.
    package var endpointed: Moment?
    /// Give up waiting for the recogniser.
    package var deadline: Moment?

    /// Nothing said yet.
    package init() {}

    /// A passing guess at what follows the final pieces.
    package mutating func hear(interim text: String) { interim = text }

    /// A piece that will not change.
    package mutating func hear(_ transcript: Transcript) {
        if !transcript.text.isEmpty { finals.append(transcript.text) }
        interim = ""
        if transcript.isFinalized, awaitedFinals > 0 { awaitedFinals -= 1 }
    }

    /// The recogniser will not say more: its last guess has to do, and is returned; empty if there is none.
    package mutating func settle() -> String {
        defer { interim = "" }
        if !interim.isEmpty { finals.append(interim) }
        awaitedFinals = 0
        return interim
    }

    /// The final pieces, joined.
    package var text: String { finals.joined(separator: " ") }

    /// Nothing is being said, and nothing is waited for.
    package var isIdle: Bool { !isSpeaking && awaitedFinals == 0 && finals.isEmpty }

    /// The caller has stopped, and every word is in.
    package var isComplete: Bool { !isSpeaking && awaitedFinals == 0 }
}

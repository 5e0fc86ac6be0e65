// The ledger of a reply's audio: what was sent, and how much of it the caller has heard. "Speaking" and "heard" are
// derived from it and never stored.

/// What was sent of a reply. A classic client does not say what it played, so what was heard is taken from the clock: it
/// plays from the moment the first frame leaves, at the audio's own pace, and pauses when it runs dry.
package struct Playout: Sendable, Equatable {
    /// One sentence of the reply.
    package struct Sentence: Sendable, Equatable {
        package var text: String
        /// Where its audio begins in the reply, in samples.
        package var start: Int
        /// How much of it was sent so far, in samples.
        package var samples = 0
        /// All of it was sent.
        package var isComplete = false
        /// When its first sample is heard; nil while nothing of it was sent.
        package var audibleFrom: Moment?
    }

    /// In Hz.
    package let sampleRate: Int
    package private(set) var sentences: [Sentence] = []
    /// Of the whole reply, in samples.
    package private(set) var sent = 0
    /// When the last sample sent so far will have been heard.
    package private(set) var audibleUntil: Moment?

    /// An empty ledger for audio at `sampleRate` Hz.
    package init(sampleRate: Int) { self.sampleRate = sampleRate }

    /// A sentence goes to synthesis; audio that follows is its.
    package mutating func begin(_ text: String) {
        sentences.append(Sentence(text: text, start: sent))
    }

    /// Audio of the current sentence leaves.
    package mutating func send(samples: Int, at now: Moment) {
        guard let last = sentences.indices.last, samples > 0 else { return }
        let begins = max(audibleUntil ?? now, now)
        if sentences[last].audibleFrom == nil { sentences[last].audibleFrom = begins }
        audibleUntil = begins + .samples(samples, rate: sampleRate)
        sentences[last].samples += samples
        sent += samples
    }

    /// All audio of the current sentence has been sent.
    package mutating func complete() {
        guard let last = sentences.indices.last else { return }
        sentences[last].isComplete = true
    }

    /// The current sentence will not be spoken now after all. Only while nothing of it was sent.
    package mutating func withdraw() {
        if sentences.last?.samples == 0 { sentences.removeLast() }
    }

    /// Whether the caller is hearing the reply.
    package func isAudible(at now: Moment) -> Bool { audibleUntil.map { now < $0 } ?? false }

    /// How many samples of the reply were heard.
    package func heard(at now: Moment) -> Int {
        guard let audibleUntil else { return 0 }
        return max(0, sent - (audibleUntil - now).samples(rate: sampleRate))
    }

    /// The words that were heard: whole sentences, and of the one that was playing as many words as its share of time.
    package func heardText(at now: Moment) -> HeardText {
        let heard = heard(at: now)
        var text: [Substring] = []
        var total = 0
        var isCut = false
        for sentence in sentences {
            let words = sentence.text.split(whereSeparator: \.isWhitespace)
            total += words.count
            let played = min(max(heard - sentence.start, 0), sentence.samples)
            if sentence.isComplete, played == sentence.samples {
                // A complete sentence without a sound was nothing one could hear.
                if sentence.samples > 0 { text += words }
            } else {
                // An incomplete sentence goes on beyond what was sent: it is taken to be spoken at 150 words a minute.
                let usual = sentence.isComplete ? 1 : words.count * sampleRate * 2 / 5
                text += words.prefix(words.count * played / max(sentence.samples, usual))
                isCut = true
            }
        }
        return HeardText(text: text.joined(separator: " "), words: text.count, ofWords: total, isCut: isCut)
    }

    /// What was heard of a reply.
    package struct HeardText: Sendable, Equatable {
        package var text: String
        /// How many words that is.
        package var words: Int
        /// How many words were on their way to the caller.
        package var ofWords: Int
        /// There was more.
        package var isCut: Bool
    }
}

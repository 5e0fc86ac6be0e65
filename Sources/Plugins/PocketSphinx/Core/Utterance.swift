// One utterance from onset to final: feeds a decoder, says when there is something new to show, and makes the transcript.
internal import PluginSDK

/// Belongs to one session and holds its decoder.
struct Utterance {
    /// The longest the hypothesis stays unlooked at: 100 ms of audio.
    private static let lookEvery = PocketSphinx.sampleRate / 10
    /// The host's audio begins about 300 ms before the onset. That silence is decoded, but it would spoil the mean.
    private static let preRoll = PocketSphinx.sampleRate * 3 / 10
    /// How much speech the first mean is taken from: 1 s from the onset.
    private static let primer = PocketSphinx.sampleRate

    /// On loan from the pool.
    let decoder: Decoder
    /// Position of its first sample in the call's audio, in ms.
    private let start: Int
    /// What waits for the mean to be known; nil once the decoder is running.
    private var held: [Int16]?
    private var unlooked = 0
    private var shown = ""

    /// - Parameter mean: the session's; nil at its first utterance, which is then held back until a first guess can be
    ///   made (the factory's mean costs 12 words in 100).
    init(_ decoder: Decoder, at start: Int, mean: CepstralMean?) throws(Failure) {
        self.decoder = decoder
        self.start = start
        if let mean { try decoder.begin(mean) } else { held = [] }
    }

    /// The next samples. Returns what is heard so far when that has changed and was looked at.
    mutating func hear(_ samples: UnsafeBufferPointer<Int16>) throws(Failure) -> String? {
        if held != nil {
            unsafe held?.append(contentsOf: samples)
            if held?.count ?? 0 >= Self.preRoll + Self.primer { try release() }
        } else {
            try unsafe decoder.feed(samples)
        }
        unlooked += samples.count
        guard held == nil, unlooked >= Self.lookEvery else { return nil }
        unlooked = 0
        guard let text = decoder.hypothesis, text != shown else { return nil }
        shown = text
        return text
    }

    /// Decodes the rest. The decoder is at rest afterwards.
    mutating func finish() throws(Failure) -> Transcript {
        try release()
        decoder.end()
        let words = decoder.segments().compactMap { Transcript.Word($0, from: start) }
        return Transcript(words.map(\.text).joined(separator: " "), words: words, isFinalized: true)
    }

    /// Primes the mean with what is held and decodes that.
    private mutating func release() throws(Failure) {
        guard let held else { return }
        self.held = nil
        let speech = held.count > Self.preRoll ? held.dropFirst(Self.preRoll).prefix(Self.primer) : held[...]
        let mean = unsafe speech.withUnsafeBufferPointer { unsafe decoder.firstMean(of: $0) }
        try decoder.begin(mean)
        var failure: Failure?
        unsafe held.withUnsafeBufferPointer { samples in
            do throws(Failure) { try unsafe decoder.feed(samples) } catch { failure = error }
        }
        if let failure { throw failure }
    }
}

extension Transcript.Word {
    /// A segment as a word, with times of the call; nil for `<s>`, `<sil>`, `[NOISE]`, `++BREATH++`, `(NULL)`. The
    /// dictionary's mark of a second pronunciation, "was(2)", is dropped.
    init?(_ segment: Segment, from start: Int) {
        guard let first = segment.word.first, !"<[+(".contains(first) else { return nil }
        let text = segment.word.prefix { $0 != "(" }
        self.init(String(text), start + segment.firstFrame * 10, start + (segment.lastFrame + 1) * 10)
    }
}

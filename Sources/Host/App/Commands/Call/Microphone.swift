// A recording as a microphone: at real time, then silence for ever. A value; told the time.
internal import Conversation

struct Microphone {
    /// 20 ms at 16 kHz.
    static let frame = 320
    static let rate = 16_000

    private let samples: [Int16]
    /// Frames given so far.
    private var given = 0

    init(_ samples: [Int16]) { self.samples = samples }

    /// How long the recording is.
    var length: TimeSpan { .samples(samples.count, rate: Self.rate) }

    /// When the next frame is complete, from the start of speaking. Counted from the start, so that nothing adds up.
    var nextDue: TimeSpan { .samples((given + 1) * Self.frame, rate: Self.rate) }

    /// The next frame, if it is complete by then: a microphone has a sample only after it was spoken.
    mutating func frame(by elapsed: TimeSpan) -> [Int16]? {
        guard nextDue <= elapsed else { return nil }
        let start = min(given * Self.frame, samples.count)
        given += 1
        let spoken = samples[start..<min(start + Self.frame, samples.count)]
        return spoken + [Int16](repeating: 0, count: Self.frame - spoken.count)
    }
}

/// Where speech ends in a recording.
enum EndOfSpeech {
    /// 10 ms at 16 kHz.
    private static let frame = 160
    private static let window = 5

    /// The sample after the last that is speech by its energy: four of five frames of 10 ms are 10 dB over the recording's
    /// noise and within 30 dB of its loudest. The end of the recording where no speech stands out. 16 kHz.
    static func sample(in samples: [Int16]) -> Int {
        let levels = stride(from: 0, to: samples.count - frame + 1, by: frame).map { start in
            Level.decibels(Array(samples[start..<start + frame]))
        }
        guard levels.count >= window else { return samples.count }
        let sorted = levels.sorted()
        let threshold = max(sorted[levels.count / 20] + 10, sorted[levels.count * 19 / 20] - 30)
        for end in stride(from: levels.count, through: window, by: -1) where levels[end - 1] > threshold {
            if levels[(end - window)..<end].count(where: { $0 > threshold }) >= 4 { return end * frame }
        }
        return samples.count
    }
}

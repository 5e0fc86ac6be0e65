// Turns a synthesiser's samples into speech that is ready to play: silence trimmed at both ends, level set, nothing
// clipped, cut into 20 ms frames. Pure; knows nothing of flite.

/// Works on blocks of 10 ms. A block is sound when its level after the gain is above -47 dBFS: 27 dB below the level
/// of speech, above both voices' noise (rms -57 dBFS between words, slt -58).
struct Shaper {
    static let blockLength = 160
    static let frameLength = 320
    /// What is kept of the silence before the first sound: 20 ms, because weak consonants begin below the threshold.
    static let keptBefore = 320
    /// What is kept of the silence after the last sound: 120 ms.
    static let keptAfter = 1_920
    /// Mean square of a sample in full scale (1.0) at -47 dBFS.
    private static let threshold: Float = 2.0e-5
    /// Where the limiter begins to bend: -3 dBFS. Louder samples approach full scale and never reach it.
    private static let knee: Float = 0.707

    private let gain: Float
    private var block: [Int16] = []
    private var energy: Float = 0
    private var quiet: [Int16] = []
    private var ready: [Int16] = []
    private var hasSpoken = false

    /// - Parameter gain: factor on every sample.
    init(gain: Float) { self.gain = gain }

    /// The next samples of the current clause.
    mutating func add(_ samples: some Sequence<Int16>) {
        for sample in samples {
            let level = Self.limited(Float(sample) / 32_768 * gain)
            energy += level * level
            block.append(Int16(level * 32_767))
            if block.count == Self.blockLength { endBlock() }
        }
    }

    /// Ends a clause: its trailing silence is cut and the leading silence of the next will be.
    mutating func endClause() {
        if !block.isEmpty { endBlock() }
        if hasSpoken { ready += quiet.prefix(Self.keptAfter) }
        quiet.removeAll(keepingCapacity: true)
        hasSpoken = false
    }

    /// What is ready, in whole frames of 20 ms. May be empty.
    mutating func takeFrames() -> [Int16] {
        let count = ready.count - ready.count % Self.frameLength
        guard count > 0 else { return [] }
        let frames = Array(ready.prefix(count))
        ready.removeFirst(count)
        return frames
    }

    /// What is left after the last clause; the last frame may be short.
    mutating func takeRest() -> [Int16] {
        defer { ready.removeAll() }
        return ready
    }

    private mutating func endBlock() {
        if energy >= Self.threshold * Float(block.count) {
            ready += quiet
            ready += block
            quiet.removeAll(keepingCapacity: true)
            hasSpoken = true
        } else {
            quiet += block
            if !hasSpoken { quiet.removeFirst(max(0, quiet.count - Self.keptBefore)) }
        }
        block.removeAll(keepingCapacity: true)
        energy = 0
    }

    /// A soft limiter without memory: straight below the knee, then a hyperbola with the same slope towards 1.
    private static func limited(_ sample: Float) -> Float {
        let size = abs(sample)
        guard size > knee else { return sample }
        let excess = (size - knee) / (1 - knee)
        let bent = knee + (1 - knee) * excess / (1 + excess)
        return sample < 0 ? -bent : bent
    }
}

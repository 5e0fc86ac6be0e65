// How loud a frame is, and how loud the room is when nobody speaks. Plain arithmetic: the core has no C library to ask
// for a logarithm.

/// Levels in dB relative to full scale (dBFS).
package enum Level {
    /// What digital silence counts as. Nothing is quieter: one bit of noise in a frame is about -96.
    package static let silence: Float = -120

    /// The RMS level of 16-bit samples: 0 dBFS is a square wave at full scale, a sine there is -3.
    package static func decibels(_ samples: [Int16]) -> Float {
        var sum: Int64 = 0
        for sample in samples {
            let wide = Int32(sample)
            sum &+= Int64(wide &* wide)
        }
        guard sum > 0 else { return silence }
        return 10 * log10(Float(sum) / (Float(samples.count) * 32768 * 32768))
    }

    /// Of a positive finite number, to six digits: the exponent, and the series of artanh for the rest.
    static func log10(_ value: Float) -> Float {
        var mantissa = value.significand
        var exponent = Float(value.exponent)
        if mantissa > 1.414_213_5 {
            mantissa /= 2
            exponent += 1
        }
        let t = (mantissa - 1) / (mantissa + 1)
        let square = t * t
        let ln = 2 * t * (1 + square * (1 / 3 + square * (1 / 5 + square / 7)))
        return (exponent + ln * 1.442_695) * 0.301_029_996
    }
}

/// The level of the room: the lowest smoothed level of the last two seconds.
package struct NoiseFloor {
    /// Frames of 20 ms in a block, and blocks that are remembered: 7 x 0.3 s.
    private static let framesPerBlock = 15
    private static let blockCount = 7
    /// What the first two seconds of a call assume, so that a caller who speaks from the first frame on is heard.
    private static let quietRoom: Float = -60

    private var blocks = [Float](repeating: quietRoom, count: blockCount)
    private var block = 0
    private var framesInBlock = 0
    private var smoothed: Float?
    /// The floor, dBFS.
    package private(set) var decibels = quietRoom

    /// A quiet room.
    package init() {}

    /// Takes the level of the next 20 ms frame. Digital silence is a muted microphone and says nothing of the room.
    package mutating func follow(_ level: Float) {
        guard level > Level.silence else { return }
        let smooth = 0.6 * (smoothed ?? level) + 0.4 * level
        smoothed = smooth
        if framesInBlock == Self.framesPerBlock {
            framesInBlock = 0
            block = (block + 1) % Self.blockCount
            blocks[block] = smooth
        } else {
            blocks[block] = min(blocks[block], smooth)
        }
        framesInBlock += 1
        decibels = blocks.min() ?? Self.quietRoom
    }
}

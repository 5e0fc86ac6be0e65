// Whether a sound has a pitch, as vowels do and clicks, breath and fans do not. The dearest test of a frame, and so the
// last one asked.

/// Looks for a pitch of 70 to 400 Hz in the newest 20 ms of 16 kHz audio by normalised autocorrelation at 8 kHz.
package struct Voicing {
    /// Lags in samples at 8 kHz: 400 Hz to 70 Hz.
    private static let shortest = 20
    private static let longest = 114
    /// Products per lag: 18 ms, a whole number of vectors.
    private static let terms = 144
    /// Samples at 8 kHz that a decision looks at.
    private static let window = terms + longest
    /// Samples at 16 kHz of it that lie before the newest frame.
    private static let history = 2 * window - VoiceActivity.frameLength

    private let squaredThreshold: Float
    private var before = [Int16](repeating: 0, count: history)
    private var filtered = [Int](repeating: 0, count: window)
    private var scaled = [Int16](repeating: 0, count: window)

    /// `threshold`: the correlation from which on a frame is voiced, 0…1.
    package init(threshold: Float) { squaredThreshold = threshold * threshold }

    /// Every frame goes here after it has been judged, also the ones that nobody asked about.
    package mutating func remember(_ frame: [Int16]) {
        guard frame.count == VoiceActivity.frameLength else { return }
        before.replaceSubrange(0..., with: frame.suffix(Self.history))
    }

    /// Whether `frame` (320 samples), with what was remembered before it, is voiced.
    package mutating func isVoiced(_ frame: [Int16]) -> Bool {
        guard frame.count == VoiceActivity.frameLength else { return false }
        let peak = filter(frame)
        guard peak > 0 else { return false }
        // 11 bits and a sign: the sum of 144 products then fits 32 bits, which is what vector units multiply best.
        let shift = max(0, Int.bitWidth - peak.leadingZeroBitCount - 11)
        for index in 0..<Self.window { scaled[index] = Int16(truncatingIfNeeded: filtered[index] >> shift) }
        return unsafe scaled.withUnsafeBufferPointer { samples in
            guard let start = samples.baseAddress else { return false }
            return unsafe Self.hasPitch(start, squaredThreshold)
        }
    }

    /// Pairs to 8 kHz, then y[n] = x[n] - x[n-1] + 0.95 y[n-1] against an offset and rumble, in units of 1/256. Returns
    /// the peak.
    private mutating func filter(_ frame: [Int16]) -> Int {
        var last: Int?
        var y = 0
        var peak = 0
        for index in 0..<Self.window {
            let first = 2 * index
            let pair =
                first < Self.history
                ? Int(before[first]) + Int(before[first + 1])
                : Int(frame[first - Self.history]) + Int(frame[first - Self.history + 1])
            let x = pair << 7
            y = x - (last ?? x) + (y * 62259) >> 16
            last = x
            filtered[index] = y
            peak = max(peak, abs(y))
        }
        return peak
    }

    /// Whether any lag reaches the threshold. `samples` points to `window` samples of at most 11 bits.
    private static func hasPitch(_ samples: UnsafePointer<Int16>, _ squaredThreshold: Float) -> Bool {
        let newest = unsafe samples + longest
        let needed = unsafe squaredThreshold * Float(product(newest, newest))
        var energy = unsafe product(newest - shortest, newest - shortest)
        for lag in shortest...longest {
            let older = unsafe newest - lag
            let correlation = unsafe Float(product(newest, older))
            if correlation > 0, energy > 0, correlation * correlation >= needed * Float(energy) { return true }
            guard lag < longest else { break }
            let entering = unsafe Int32(older[-1])
            let leaving = unsafe Int32(older[terms - 1])
            energy += entering * entering - leaving * leaving
        }
        return false
    }

    /// The sum of products of `terms` samples.
    @inline(__always)
    private static func product(_ left: UnsafePointer<Int16>, _ right: UnsafePointer<Int16>) -> Int32 {
        var sum: Int32 = 0
        for index in 0..<terms { unsafe sum &+= Int32(left[index]) &* Int32(right[index]) }
        return sum
    }
}

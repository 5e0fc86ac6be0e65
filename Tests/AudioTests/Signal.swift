// Sounds that are made, the same each time.
import Glibc

enum Signal {
    /// White noise at `level` dBFS.
    static func white(_ count: Int, _ level: Float, seed: UInt64 = 1) -> [Float] {
        var random = Random(seed: seed)
        let amplitude = 32_768 * powf(10, level / 20)
        return (0..<count).map { _ in amplitude * random.next() }
    }

    /// Noise that falls by about 3 dB an octave, at `level` dBFS.
    static func pink(_ count: Int, _ level: Float, seed: UInt64 = 2) -> [Float] {
        var random = Random(seed: seed)
        var slow: Float = 0
        var middle: Float = 0
        var fast: Float = 0
        let noise = (0..<count).map { _ in
            let white = random.next()
            slow = 0.997_65 * slow + 0.099_046 * white
            middle = 0.963 * middle + 0.296_516 * white
            fast = 0.57 * fast + 1.052_691 * white
            return slow + middle + fast + 0.184_8 * white
        }
        return scaled(noise, to: level)
    }

    static func sine(_ count: Int, hertz: Float, rate: Int, amplitude: Float) -> [Float] {
        (0..<count).map { amplitude * sinf(2 * .pi * hertz * Float($0) / Float(rate)) }
    }

    static func scaled(_ samples: [Float], to level: Float) -> [Float] {
        let gain = powf(10, (level - decibels(samples[...])) / 20)
        return samples.map { $0 * gain }
    }

    static func decibels(_ samples: ArraySlice<Float>) -> Float {
        let sum = samples.reduce(Float(0)) { $0 + $1 * $1 }
        return 10 * log10f(max(sum / Float(max(samples.count, 1)) / (32_768 * 32_768), 1e-12))
    }

    static func clipped(_ samples: [Float]) -> [Int16] {
        samples.map { Int16(max(-32_768, min(32_767, $0.rounded()))) }
    }

    /// Adds `sound` to `samples` every `period`.
    static func repeated(_ sound: [Float], every period: Int, over background: [Float]) -> [Float] {
        var result = background
        for start in stride(from: 8000, to: background.count - sound.count, by: period) {
            add(sound, to: &result, at: start)
        }
        return result
    }

    /// Lays `sound` over `samples` from `start` on. A plain loop: there are many millions of samples, and tests are not
    /// optimised.
    static func add(_ sound: [Float], to samples: inout [Float], at start: Int) {
        var index = 0
        while index < sound.count {
            samples[start + index] += sound[index]
            index += 1
        }
    }

    /// Nearly Gaussian numbers with a deviation of 1.
    struct Random {
        private var state: UInt64
        init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

        mutating func next() -> Float { uniform() + uniform() + uniform() }

        private mutating func uniform() -> Float {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Float(state >> 40) / Float(1 << 24) * 2 - 1
        }
    }
}

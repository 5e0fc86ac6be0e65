// A tone comes out as the same tone, as long as it went in, however it was cut into pieces.
import Audio
import Glibc
import Testing

@Suite struct ResamplerTests {
    static let pairs = [
        (48_000, 16_000), (16_000, 24_000), (22_050, 16_000), (8000, 16_000), (16_000, 48_000), (24_000, 16_000),
        (44_100, 16_000), (16_000, 8000), (16_000, 22_050),
    ]

    @Test(arguments: pairs) func keepsAToneAndItsLength(from: Int, to: Int) throws {
        let resampler = try Resampler(from: from, to: to)
        let input = Signal.clipped(Signal.sine(from, hertz: 1000, rate: from, amplitude: 16_384))
        let output = resampler.process(input) + resampler.flush()
        #expect(output.count == to)
        // Against the ideal tone, away from the ends: the same frequency, level and phase, or the rest is not small.
        let ideal = Signal.sine(to, hertz: 1000, rate: to, amplitude: 16_384)
        let middle = (to / 10)..<(to * 9 / 10)
        let error = middle.map { Float(output[$0]) - ideal[$0] }
        let tone = Signal.decibels(output.map(Float.init)[middle])
        #expect(abs(tone - -9.03) < 0.05)
        #expect(tone - Signal.decibels(error[...]) > 40)
    }

    @Test(arguments: pairs) func doesNotCareAboutPieces(from: Int, to: Int) throws {
        let input = Signal.clipped(Signal.white(from / 4, -12))
        let whole = try Resampler(from: from, to: to)
        let expected = whole.process(input) + whole.flush()
        for length in [1, 160, 441, 4096] {
            let pieces = try Resampler(from: from, to: to)
            let output = stride(from: 0, to: input.count, by: length).flatMap {
                pieces.process(Array(input[$0..<min($0 + length, input.count)]))
            }
            #expect(output + pieces.flush() == expected, "in pieces of \(length)")
        }
    }

    @Test func startsAfreshAfterAFlush() throws {
        let resampler = try Resampler(from: 48_000, to: 16_000)
        let input = Signal.clipped(Signal.white(4800, -12))
        let first = resampler.process(input) + resampler.flush()
        #expect(resampler.process(input) + resampler.flush() == first)
        #expect(resampler.flush() == [])
    }

    @Test func keepsUpWithAStream() throws {
        let resampler = try Resampler(from: 48_000, to: 16_000)
        var given = 0
        for frame in 1...50 {
            given += resampler.process([Int16](repeating: 1000, count: 960)).count
            #expect(frame * 320 - given <= 80, "over 5 ms late")
        }
    }

    @Test func survivesClipping() throws {
        let resampler = try Resampler(from: 16_000, to: 24_000)
        let square = (0..<16_000).map { $0 / 20 % 2 == 0 ? Int16.max : Int16.min }
        let output = resampler.process(square)
        #expect(output.max() == .max)
        #expect(output.min() == .min)
        // Saturated, not wrapped: a plateau never changes sign.
        let flat = output.indices.dropFirst(60).dropLast(60).filter { index in
            (-5...5).allSatisfy { (index + $0) * 2 / 3 / 20 % 2 == index * 2 / 3 / 20 % 2 }
        }
        #expect(flat.allSatisfy { (output[$0] > 0) == (index(of: $0) % 2 == 0) })
    }

    private func index(of output: Int) -> Int { output * 2 / 3 / 20 }

    @Test func passesEqualRatesThrough() throws {
        let resampler = try Resampler(from: 16_000, to: 16_000)
        #expect(resampler.process([1, -2, 3]) == [1, -2, 3])
        #expect(resampler.flush() == [])
    }

    @Test(arguments: [(7999, 16_000), (16_000, 48_001), (0, 16_000), (16_000, -1)])
    func refusesOtherRates(from: Int, to: Int) {
        #expect(throws: AudioError.self) { try Resampler(from: from, to: to) }
    }

    @Test func namesTheRateItRefuses() {
        #expect(
            throws: AudioError("Audio at 96000 Hz cannot be resampled: rates from 8000 to 48000 Hz can.")
        ) { try Resampler(from: 96_000, to: 16_000) }
    }
}

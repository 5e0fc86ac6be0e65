// From one sampling rate to another by speexdsp: mono, a stream, 1 to 5 ms late.
internal import CSpeexDSP

/// Converts one stream of linear16 audio. Used by one thread at a time.
@safe
package final class Resampler {
    /// What is accepted, Hz.
    package static let rates = 8000...48_000
    /// -100 dB of alias at under 0.15 % of a core.
    private static let quality: Int32 = 4

    private let from: Int
    private let to: Int
    /// nil where there is nothing to convert.
    private let state: OpaquePointer?
    private var taken = 0
    private var given = 0

    /// From `from` Hz to `to` Hz.
    package init(from: Int, to: Int) throws {
        for rate in [from, to] where !Self.rates.contains(rate) {
            throw AudioError(
                "Audio at \(rate) Hz cannot be resampled: rates from \(Self.rates.lowerBound) to"
                    + " \(Self.rates.upperBound) Hz can.")
        }
        self.from = from
        self.to = to
        guard from != to else {
            unsafe state = nil
            return
        }
        var code: Int32 = 0
        let made = unsafe speex_resampler_init(1, UInt32(from), UInt32(to), Self.quality, &code)
        guard let made = unsafe made else {
            throw AudioError("A resampler from \(from) to \(to) Hz could not be made (speexdsp's code \(code)).")
        }
        unsafe state = made
        unsafe speex_resampler_skip_zeros(made)
    }

    deinit { if let state = unsafe state { unsafe speex_resampler_destroy(state) } }

    /// Takes the next samples, any number, and gives what they complete.
    package func process(_ samples: [Int16]) -> [Int16] {
        guard let state = unsafe state, !samples.isEmpty else { return samples }
        taken += samples.count
        let output = unsafe convert(samples, state)
        given += output.count
        return output
    }

    /// Gives what the filter still holds, so that the whole is as long as the input was, and is ready for another stream.
    package func flush() -> [Int16] {
        guard let state = unsafe state, taken > 0 else { return [] }
        let missing = (taken * to + from / 2) / from - given
        let silence = [Int16](repeating: 0, count: 2 * Int(unsafe speex_resampler_get_input_latency(state)) + 1)
        let output = unsafe convert(silence, state).prefix(max(missing, 0))
        unsafe speex_resampler_reset_mem(state)
        unsafe speex_resampler_skip_zeros(state)
        taken = 0
        given = 0
        return Array(output)
    }

    private func convert(_ samples: [Int16], _ state: OpaquePointer) -> [Int16] {
        let room = samples.count * to / from + 8
        return unsafe [Int16](unsafeUninitializedCapacity: room) { output, count in
            unsafe samples.withUnsafeBufferPointer { input in
                // It stops only when one side is used up; `room` has more than the ratio asks for.
                var inputLength = UInt32(input.count)
                var outputLength = UInt32(output.count)
                unsafe speex_resampler_process_int(
                    state, 0, input.baseAddress, &inputLength, output.baseAddress, &outputLength)
                count = Int(outputLength)
            }
        }
    }
}

// WAV files with 16-bit PCM, for callers and recordings. Nothing of a file is trusted: lengths are checked before use.

/// A recording: linear16, one channel.
package struct WaveFile: Sendable, Equatable {
    /// In Hz.
    package var sampleRate: Int
    package var samples: [Int16]

    /// A recording.
    package init(sampleRate: Int, samples: [Int16]) {
        self.sampleRate = sampleRate
        self.samples = samples
    }

    /// Reads the bytes of a WAV file; several channels are mixed to one. Throws a sentence.
    package init(_ bytes: [UInt8]) throws(AudioError) {
        guard bytes.count >= 12, Self.text(bytes, 0) == "RIFF", Self.text(bytes, 8) == "WAVE" else {
            throw AudioError("this is not a WAV file")
        }
        var format: (channels: Int, rate: Int)?
        var position = 12
        while position + 8 <= bytes.count {
            let name = Self.text(bytes, position)
            let start = position + 8
            let length = Self.number(bytes, position + 4, 4)
            // Recorders that were killed leave a length of 0 or 4 GiB: the data then goes to the end of the file.
            let end = name == "data" && length == 0 ? bytes.count : min(bytes.count, start + length)
            if name == "fmt ", end - start >= 16 {
                format = (Self.number(bytes, start + 2, 2), Self.number(bytes, start + 4, 4))
                guard Self.isPCM(bytes[start..<end]), Self.number(bytes, start + 14, 2) == 16 else {
                    throw AudioError("only WAV files with 16-bit PCM can be read")
                }
            } else if name == "data" {
                guard let format, (1...8).contains(format.channels), (8_000...192_000).contains(format.rate) else {
                    throw AudioError("this WAV file does not say how its samples are to be read")
                }
                sampleRate = format.rate
                samples = Self.mix(bytes[start..<end], channels: format.channels)
                return
            }
            position = end + (end - start) % 2
        }
        throw AudioError("this WAV file has no samples")
    }

    /// The bytes of a WAV file.
    package var bytes: [UInt8] {
        let length = samples.count * 2
        var bytes: [UInt8] = []
        bytes.reserveCapacity(44 + length)
        func put(_ text: StaticString) { bytes += text.description.utf8 }
        func put(_ value: Int, _ size: Int) {
            for shift in 0..<size { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * shift))) }
        }
        put("RIFF")
        put(36 + length, 4)
        put("WAVEfmt ")
        for (value, size) in [(16, 4), (1, 2), (1, 2), (sampleRate, 4), (sampleRate * 2, 4), (2, 2), (16, 2)] {
            put(value, size)
        }
        put("data")
        put(length, 4)
        for sample in samples { put(Int(sample), 2) }
        return bytes
    }

    /// Format 1; or 0xFFFE, WAVE_FORMAT_EXTENSIBLE, whose sub-format begins with that 1.
    private static func isPCM(_ format: ArraySlice<UInt8>) -> Bool {
        let bytes = Array(format)
        let tag = number(bytes, 0, 2)
        return tag == 1 || tag == 0xFFFE && bytes.count >= 40 && number(bytes, 24, 2) == 1
    }

    private static func mix(_ bytes: ArraySlice<UInt8>, channels: Int) -> [Int16] {
        let frame = channels * 2
        return (0..<bytes.count / frame).map { index in
            var sum = 0
            for channel in 0..<channels {
                let at = bytes.startIndex + index * frame + channel * 2
                sum += Int(Int16(bitPattern: UInt16(bytes[at]) | UInt16(bytes[at + 1]) << 8))
            }
            return Int16(sum / channels)
        }
    }

    private static func text(_ bytes: [UInt8], _ at: Int) -> String {
        String(decoding: bytes[at..<at + 4], as: UTF8.self)
    }

    private static func number(_ bytes: [UInt8], _ at: Int, _ size: Int) -> Int {
        (0..<size).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) }
    }
}

// WAV files as they are found: written by others, cut off, and plainly wrong.
import Audio
import Testing

@Suite struct WaveFileTests {
    private func number(_ value: Int, _ size: Int) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    private func chunk(_ name: String, _ body: [UInt8], length: Int? = nil) -> [UInt8] {
        Array(name.utf8) + number(length ?? body.count, 4) + body
    }

    private func format(tag: Int = 1, channels: Int = 1, rate: Int = 16_000, bits: Int = 16) -> [UInt8] {
        number(tag, 2) + number(channels, 2) + number(rate, 4) + number(rate * channels * 2, 4)
            + number(channels * 2, 2) + number(bits, 2)
    }

    private func file(_ chunks: [UInt8]...) -> [UInt8] {
        let body = chunks.flatMap { $0 }
        return Array("RIFF".utf8) + number(4 + body.count, 4) + Array("WAVE".utf8) + body
    }

    @Test(arguments: [8_000, 16_000, 22_050, 24_000, 48_000]) func comesBackAsItWent(rate: Int) throws {
        let wave = WaveFile(sampleRate: rate, samples: [0, 1, -1, .max, .min, 12_345])
        #expect(wave.bytes.count == 44 + 12)
        #expect(try WaveFile(wave.bytes) == wave)
        let empty = WaveFile(sampleRate: rate, samples: [])
        #expect(try WaveFile(empty.bytes) == empty)
    }

    @Test func channelsAreMixed() throws {
        let samples: [Int16] = [100, 200, -3, -4, .max, .max, .min, .min]
        let body = samples.flatMap { number(Int($0), 2) }
        let stereo = try WaveFile(file(chunk("fmt ", format(channels: 2)), chunk("data", body)))
        #expect(stereo.samples == [150, -3, .max, .min])
        // Half a frame at the end is no sample.
        let cut = try WaveFile(file(chunk("fmt ", format(channels: 2)), chunk("data", Array(body.dropLast(3)))))
        #expect(cut.samples == [150, -3, .max])
    }

    @Test func otherChunksAreSkippedAlsoOddOnes() throws {
        let list = chunk("LIST", [1, 2, 3]) + [0]
        let wave = try WaveFile(file(list, chunk("fmt ", format()), list, chunk("data", [1, 0, 2, 0]), list))
        #expect(wave == WaveFile(sampleRate: 16_000, samples: [1, 2]))
    }

    @Test func extensiblePCMIsPCM() throws {
        let tail: [UInt8] = [
            0x01, 0, 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71,
        ]
        let extensible = format(tag: 0xFFFE) + number(22, 2) + number(16, 2) + number(4, 4) + tail
        #expect(try WaveFile(file(chunk("fmt ", extensible), chunk("data", [5, 0]))).samples == [5])
        var float = extensible
        float[24] = 3
        for wrong in [float, Array(extensible.prefix(18)), format(tag: 0xFFFE)] {
            #expect(throws: AudioError("only WAV files with 16-bit PCM can be read")) {
                try WaveFile(file(chunk("fmt ", wrong), chunk("data", [5, 0])))
            }
        }
    }

    @Test(
        "a recorder that was killed, and other lengths that are not true", arguments: [0, 3, 0x7FFF_FFFF, 0xFFFF_FFFF])
    func lengths(length: Int) throws {
        let wave = try WaveFile(file(chunk("fmt ", format()), chunk("data", [1, 0, 2, 0], length: length)))
        #expect(wave.samples == (length == 3 ? [1] : [1, 2]))
    }

    @Test func everyPrefixIsReadOrRefused() throws {
        let bytes = file(chunk("fmt ", format()), chunk("LIST", [1, 2]), chunk("data", [1, 0, 2, 0]))
        let start = bytes.count - 4
        for count in 0..<bytes.count {
            let prefix = Array(bytes.prefix(count))
            if count < start {
                #expect(throws: AudioError.self) { try WaveFile(prefix) }
            } else {
                #expect(try WaveFile(prefix).samples == Array([1, 2].prefix((count - start) / 2)))
            }
        }
    }

    @Test(
        "what is refused, with the reason",
        arguments: [
            ([], "this is not a WAV file"),
            (Array("RIFF....AVI fmt ".utf8), "this is not a WAV file"),
            (Array("ID3 and a lot of music".utf8), "this is not a WAV file"),
        ] as [([UInt8], String)])
    func notOne(bytes: [UInt8], reason: String) {
        #expect(throws: AudioError(reason)) { try WaveFile(bytes) }
    }

    @Test func formatsThatCannotBeRead() {
        let data = chunk("data", [1, 0])
        let onlyPCM = "only WAV files with 16-bit PCM can be read"
        let unclear = "this WAV file does not say how its samples are to be read"
        let cases: [([UInt8], String)] = [
            (file(chunk("fmt ", format(bits: 8)), data), onlyPCM),
            (file(chunk("fmt ", format(bits: 24)), data), onlyPCM),
            (file(chunk("fmt ", format(tag: 3)), data), onlyPCM), (file(chunk("fmt ", format(tag: 7)), data), onlyPCM),
            (file(data), unclear), (file(data, chunk("fmt ", format())), unclear),
            (file(chunk("fmt ", Array(format().prefix(15))), data), unclear),
            (file(chunk("fmt ", format(channels: 0)), data), unclear),
            (file(chunk("fmt ", format(channels: 65_535)), data), unclear),
            (file(chunk("fmt ", format(rate: 0)), data), unclear),
            (file(chunk("fmt ", format(rate: 0xFFFF_FFFF)), data), unclear),
            (file(chunk("fmt ", format())), "this WAV file has no samples"), (file(), "this WAV file has no samples"),
            (file(chunk("JUNK", [], length: 0xFFFF_FFFF), data), "this WAV file has no samples"),
        ]
        for (bytes, reason) in cases {
            #expect(throws: AudioError(reason)) { try WaveFile(bytes) }
        }
    }
}

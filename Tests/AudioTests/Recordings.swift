// Human speech from Debian's packages pocketsphinx-testdata and alsa-utils, brought to one rate and level, with the place
// where it begins.
import Audio
import Conversation
import Glibc

/// One recorded utterance, 16 kHz, its speech at -26 dBFS.
struct Recording: Sendable {
    var name: String
    var samples: [Float]
    /// Where the speech begins and ends by its energy, in samples.
    var onset: Int
    var end: Int

    /// All there are; empty when the packages are not installed.
    static let all: [Recording] = paths.compactMap { load($0) }

    private static let paths: [String] = {
        let sphinx = "/usr/share/pocketsphinx/test/data/"
        let book = sphinx + "librivox/sense_and_sensibility_01_austen_64kb-"
        return (1...5).map { sphinx + "cards/00\($0).wav" }
            + ["0870", "0880", "0890", "0920", "0930"].map { book + $0 + ".wav" }
            + ["goforward", "numbers", "something", "tidigits/dhd.2934z"].map { sphinx + $0 + ".raw" }
            + ["Front", "Rear", "Side"].flatMap { place in
                (place == "Side" ? ["Left", "Right"] : ["Center", "Left", "Right"]).map {
                    "/usr/share/sounds/alsa/\(place)_\($0).wav"
                }
            }
    }()

    private static func load(_ path: String) -> Recording? {
        guard let bytes = read(path), var audio = decode(bytes) else { return nil }
        if audio.rate != VoiceActivity.sampleRate {
            guard let resampler = try? Resampler(from: audio.rate, to: VoiceActivity.sampleRate) else { return nil }
            audio.samples = resampler.process(audio.samples) + resampler.flush()
        }
        var recording = Recording(name: path, samples: audio.samples.map(Float.init), onset: 0, end: 0)
        guard recording.label() else { return nil }
        let level = Signal.decibels(recording.samples[recording.onset..<recording.end])
        let gain = powf(10, (-26 - level) / 20)
        recording.samples = recording.samples.map { $0 * gain }
        return recording
    }

    /// Speech is where four of five frames of 10 ms are 10 dB over the file's noise and within 30 dB of its loudest.
    private mutating func label() -> Bool {
        let levels = stride(from: 0, to: samples.count - 160, by: 160).map { Signal.decibels(samples[$0..<($0 + 160)]) }
        let sorted = levels.sorted()
        guard levels.count > 20 else { return false }
        let threshold = max(sorted[levels.count / 20] + 10, sorted[levels.count * 19 / 20] - 30)
        let loud = levels.indices.dropLast(5).filter { start in
            levels[start..<(start + 5)].count { $0 > threshold } >= 4
        }
        guard let first = loud.first(where: { levels[$0] > threshold }), let last = loud.last else { return false }
        onset = first * 160
        end = (last + 5) * 160
        return true
    }

    private static func read(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
        }
    }

    /// A WAV file's chunks, or bare samples at 16 kHz.
    private static func decode(_ bytes: [UInt8]) -> (rate: Int, samples: [Int16])? {
        guard bytes.starts(with: "RIFF".utf8) else { return (VoiceActivity.sampleRate, samples(bytes[...])) }
        func number(_ index: Int) -> Int { (0..<4).reduce(0) { $0 | Int(bytes[index + $1]) << (8 * $1) } }
        var rate = 0
        var index = 12
        while index + 8 <= bytes.count {
            let length = number(index + 4)
            let body = bytes[(index + 8)..<min(index + 8 + length, bytes.count)]
            if bytes[index...].starts(with: "fmt ".utf8) { rate = number(index + 12) }
            if bytes[index...].starts(with: "data".utf8) { return (rate, samples(body)) }
            index += 8 + length
        }
        return nil
    }

    private static func samples(_ bytes: ArraySlice<UInt8>) -> [Int16] {
        stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2).map {
            Int16(bitPattern: UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8)
        }
    }
}

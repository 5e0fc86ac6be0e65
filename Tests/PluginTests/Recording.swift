// Human speech with its text, 16 kHz mono, from the Debian package pocketsphinx-testdata; and what tests measure of audio.
import Glibc

/// A recording and what is said in it.
struct Recording: Sendable {
    static let folder = "/usr/share/pocketsphinx/test/data/"
    static let isInstalled = access(folder + "cards/001.wav", R_OK) == 0
    static let areModelsInstalled = access("/usr/share/pocketsphinx/model/en-us/en-us/mdef", R_OK) == 0

    /// Five hands of cards, all in the words of `cards/cards.gram`.
    static let cards = [
        Recording("cards/001.wav", "ten of clubs"),
        Recording("cards/002.wav", "four queen of clubs"),
        Recording("cards/003.wav", "seven of clubs"),
        Recording("cards/004.wav", "five five"),
        Recording("cards/005.wav", "eight of spades four of clubs seven of hearts"),
    ]
    /// From an audio book.
    static let book = [
        Recording("librivox/sense_and_sensibility_01_austen_64kb-0880.wav", "he was not an ill disposed young man"),
        Recording(
            "librivox/sense_and_sensibility_01_austen_64kb-0920.wav",
            "had he married a more amiable woman he might have been made still more respectable than he was"),
        Recording(
            "librivox/sense_and_sensibility_01_austen_64kb-0930.wav", "he might even have been made amiable himself"),
    ]

    let file: String
    let words: [Substring]

    init(_ file: String, _ text: String) {
        self.file = file
        self.words = text.split(separator: " ")
    }

    /// The samples, after the 44 bytes of a WAV header.
    var samples: [Int16] {
        guard let stream = fopen(Self.folder + file, "re") else { return [] }
        defer { fclose(stream) }
        fseek(stream, 44, SEEK_SET)
        return [Int16](unsafeUninitializedCapacity: 16_000 * 30) { buffer, count in
            count = fread(buffer.baseAddress, 2, buffer.count, stream)
        }
    }

    /// The share of the spoken words that stand in `text`, in order.
    func overlap(with text: String) -> Double {
        Double(commonWords(words, text.split(separator: " "))) / Double(words.count)
    }
}

/// Length of the longest common subsequence.
func commonWords(_ one: [Substring], _ other: [Substring]) -> Int {
    var row = [Int](repeating: 0, count: other.count + 1)
    for word in one {
        var diagonal = 0
        for (index, candidate) in other.enumerated() {
            let above = row[index + 1]
            row[index + 1] = word == candidate ? diagonal + 1 : max(above, row[index])
            diagonal = above
        }
    }
    return row[other.count]
}

/// Faint noise, the same each time: what a quiet room sounds like to a recogniser.
func roomNoise(milliseconds: Int) -> [Int16] {
    var state: UInt32 = 1
    return (0..<milliseconds * 16).map { _ in
        state = state &* 1_664_525 &+ 1_013_904_223
        return Int16(state >> 27) - 16
    }
}

/// Level in dB below full scale.
func level(_ samples: some Collection<Int16>) -> Double {
    let energy = samples.reduce(0.0) { $0 + Double($1) * Double($1) }
    return 10 * log10(energy / Double(max(samples.count, 1)) / (32_768 * 32_768) + 1e-12)
}

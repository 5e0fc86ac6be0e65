// The pure parts of the Flite plugin: text made speakable, and samples made playable.
import Testing

@testable import FliteCore

@Suite struct ClausesTests {
    @Test(arguments: [
        ("Hello.", ["Hello."]), ("It’s “fine” – really…", ["It's \"fine\" , really... "]),
        ("Füße über Señor Æsop", ["Fuse uber Senor Asop"]), ("20 °C for 5 €", ["20 degrees C for 5 euros "]),
        ("**a** _b_ `c`", [" a b c "]), ("", []), ("?!", []), ("\u{1}\u{2}", []),
    ])
    func becomesAscii(text: String, clauses: [String]) { #expect(Array(Clauses(of: text)) == clauses) }

    @Test(arguments: [
        ("One two. Three four five.", 12, ["One two.", " Three four ", "five."]),
        ("It is 3.5 now, is it", 14, ["It is 3.5 now,", " is it"]),
        ("aaaaaaaaaa", 4, ["aaaa", "aaaa", "aa"]), ("abc def", 7, ["abc def"]),
    ])
    func isCutAtAnEnd(text: String, limit: Int, clauses: [String]) {
        #expect(Array(Clauses(of: text, limit: limit)) == clauses)
    }
}

@Suite struct ShaperTests {
    private let loud = [Int16](repeating: 8_000, count: 1_600)

    /// All of one clause, without the frames' borders.
    private func shaped(_ samples: [Int16], gain: Float = 1) -> [Int16] {
        var shaper = Shaper(gain: gain)
        shaper.add(samples)
        shaper.endClause()
        return shaper.takeFrames() + shaper.takeRest()
    }

    @Test func trimsBothEnds() {
        let silence = [Int16](repeating: 3, count: 8_000)
        let samples = shaped(silence + loud + silence)
        #expect(samples.count == Shaper.keptBefore + loud.count + Shaper.keptAfter)
        #expect(samples.firstIndex { $0 > 100 } == Shaper.keptBefore)
    }

    @Test func keepsPausesInside() {
        let pause = [Int16](repeating: 0, count: 6_400)
        #expect(shaped(loud + pause + loud).count == 2 * loud.count + pause.count)
    }

    @Test func silenceAloneIsNothing() { #expect(shaped([Int16](repeating: 20, count: 16_000)).isEmpty) }

    @Test func framesAreWhole() {
        var shaper = Shaper(gain: 1)
        shaper.add(loud.prefix(1_000))
        #expect(shaper.takeFrames().count == 960)
        #expect(shaper.takeFrames().isEmpty)
        shaper.endClause()
        #expect(shaper.takeFrames().isEmpty)
        #expect(shaper.takeRest().count == 40)
        #expect(shaper.takeRest().isEmpty)
    }

    @Test func limitsWithoutClipping() {
        let steps: [Int16] = [.min, -30_000, -20_000, 0, 20_000, 30_000, .max]
        let levels = steps.map { shaped([Int16](repeating: $0, count: 160), gain: 2).first ?? 0 }
        #expect(levels == levels.sorted())
        #expect(levels.allSatisfy { abs(Int($0)) < 32_000 })
        #expect(shaped(loud, gain: 0.5).allSatisfy { abs(Int($0) - 4_000) <= 1 }, "straight below the knee")
    }
}

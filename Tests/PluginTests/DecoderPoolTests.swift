// Who has which decoder of the PocketSphinx plugin, and which settings it refuses. With a grammar: that loads quickly.
import JSON
import PluginSDK
import Testing

@testable import PocketSphinxCore

@Suite(.serialized, .enabled(if: Recording.isInstalled && Recording.areModelsInstalled))
struct DecoderPoolTests {
    private static let yesNo: JSON = "#JSGF V1.0; grammar answer; public <answer> = yes | no;"

    /// The pool of a session's settings: opened once more, just to look at it.
    private func pool(_ pools: DecoderPools, bound: Int) throws -> DecoderPool {
        var settings = Settings(["grammar": Self.yesNo])
        let pool = pools.open(try Model(&settings), bound: bound)
        pools.close(pool)
        return pool
    }

    @Test func exhaustedPoolFailsTheStreamAndTheNextOneWorks() throws {
        let pools = DecoderPools()
        let settings: JSON.Object = ["grammar": Self.yesNo, "decoders": 1]
        let first = try Session(settings, pools)
        let second = try Session(settings, pools)
        first.plugin.speechStarted(1, at: 0)
        first.feed(roomNoise(milliseconds: 500))
        second.plugin.speechStarted(1, at: 0)
        second.feed(roomNoise(milliseconds: 500))
        second.plugin.speechEnded(1, at: 500)
        #expect(second.recorder.actions(1).count == 1)
        #expect(second.recorder.failures(1).first?.kind == .throttled)
        #expect(second.recorder.failures(1).first?.message.contains("\"decoders\"") == true)
        first.plugin.speechEnded(1, at: 500)
        second.listen(2)
        #expect(second.say(roomNoise(milliseconds: 500)) != nil)
        #expect(try pool(pools, bound: 1).count == .init(free: 1, made: 1))
    }

    @Test func growsOneAheadUpToTheBound() throws {
        var settings = Settings(["grammar": Self.yesNo])
        let pool = DecoderPool(try Model(&settings), bound: 3)
        #expect(pool.count == .init(free: 0, made: 0))
        try pool.warm()
        try pool.warm()
        #expect(pool.count == .init(free: 1, made: 1))
        let first = try pool.lend()
        #expect(pool.count.made == 2, "a spare is on its way")
        let lent = [first, try pool.lend(), try pool.lend()]
        #expect(Set(lent.map(ObjectIdentifier.init)).count == 3)
        #expect(throws: Failure.self) { try pool.lend() }
        pool.discard(lent[0])
        #expect(try pool.lend() !== lent[1])
        lent.dropFirst().forEach(pool.takeBack)
        #expect(pool.count.free == 2)
        #expect(pool.count.made == 3)
        pool.shrink()
        #expect(pool.count == .init(free: 1, made: 2))
    }

    @Test func cancelAndDestroyGiveBackAtOnce() throws {
        let pools = DecoderPools()
        let settings: JSON.Object = ["grammar": Self.yesNo, "decoders": 1]
        let watched = try pool(pools, bound: 1)
        var session: Session? = try Session(settings, pools)
        session?.plugin.speechStarted(1, at: 0)
        session?.feed(roomNoise(milliseconds: 2_000))
        #expect(watched.count.free == 0)
        session?.plugin.cancel(1)
        session?.plugin.cancel(1)
        #expect(watched.count.free == 1)
        session?.plugin.speechEnded(1, at: 2_000)
        #expect(session?.recorder.finals(1).isEmpty == true)
        session?.listen(2)
        session?.plugin.speechStarted(2, at: 2_000)
        session?.feed(roomNoise(milliseconds: 400))
        session?.listen(3)
        #expect(watched.count.free == 1, "a new stream ends the old one")
        session?.plugin.speechStarted(3, at: 2_400)
        #expect(watched.count.free == 0)
        session = nil
        #expect(watched.count == .init(free: 1, made: 1))
    }

    @Test func saysNothingAfterAStop() throws {
        let session = try Session(["grammar": .string(Recording.folder + "cards/cards.gram")], DecoderPools())
        session.recorder.stop(1, after: 1)
        #expect(session.say(Recording.cards[4].samples) == nil)
        #expect(session.recorder.actions(1).count == 1)
        #expect(session.recorder.late == 0)
    }

    @Test func unusedModelsAreBounded() throws {
        let pools = DecoderPools()
        weak var oldest: DecoderPool?
        weak var newest: DecoderPool?
        for number in ["one", "two", "three", "four", "five", "six", "seven"] {
            var settings = Settings(["grammar": .string("#JSGF V1.0; grammar g; public <g> = \(number);")])
            let pool = pools.open(try Model(&settings), bound: 2)
            if oldest == nil, number == "one" { oldest = pool }
            newest = pool
            pools.close(pool)
        }
        #expect(oldest == nil)
        #expect(newest != nil)
    }

    @Test(arguments: [
        ("decoders", 0 as JSON), ("decoders", 65), ("decoders", "many"), ("hmm", "/nowhere"), ("dict", "/nowhere"),
        ("lm", "/nowhere"), ("lm", 3), ("grammar", "/nowhere/menu.gram"), ("grammar", "#JSGF V1.0; grammar broken"),
        ("grammar", "#JSGF V1.0; grammar g; public <g> = yes | xyzzyplugh;"), ("grammr", ""),
    ])
    func refusedSettingIsNamed(name: String, value: JSON) {
        let failure = #expect(throws: Failure.self) { try Session([name: value], DecoderPools()) }
        #expect(failure?.kind == .invalid)
        #expect(failure?.message.contains("\"\(name)\"") == true, "\(failure?.message ?? "")")
        if value.string?.hasPrefix("/nowhere") == true { #expect(failure?.message.contains("/nowhere") == true) }
        if value.string?.contains("xyzzyplugh") == true { #expect(failure?.message.contains("xyzzyplugh") == true) }
    }

    @Test func grammarAndLanguageModelExcludeEachOther() {
        let failure = #expect(throws: Failure.self) {
            try Session(["grammar": Self.yesNo, "lm": "/usr/share/x"], DecoderPools())
        }
        #expect(failure?.message.contains("\"lm\"") == true)
    }
}

@Suite struct PocketSphinxPartsTests {
    @Test func wordsOfAGrammar() {
        let grammar = """
            #JSGF V1.0 UTF-8 en;
            /* not = these; */ grammar menu; // nor = this
            <digit> = one {1} | /0.5/ two | "three four";
            public <menu> = [please] (call | dial) <digit>+ don't;
            """
        #expect(Grammar.words(of: grammar) == ["one", "two", "three", "four", "please", "call", "dial", "don't"])
    }

    @Test(
        arguments: [
            ("was(2)", "was"), ("o'clock", "o'clock"), ("'til", "'til"), ("<sil>", nil), ("</s>", nil),
            ("[NOISE]", nil),
            ("++BREATH++", nil), ("(NULL)", nil), ("", nil),
        ] as [(String, String?)])
    func wordsOfSegments(segment: String, word: String?) {
        let made = Transcript.Word(Segment(word: segment, firstFrame: 10, lastFrame: 19), from: 5_000)
        #expect(made == word.map { Transcript.Word($0, 5_100, 5_200) })
    }
}

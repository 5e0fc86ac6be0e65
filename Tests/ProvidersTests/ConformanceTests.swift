// The conformance check: good plugins pass it, and each kind of bad one fails the case that is about it.
import Testing

@testable import Conversation
@testable import JSON
@testable import Providers

@Suite struct ConformanceTests {
    let workshop: Workshop

    init() throws { workshop = try Workshop() }

    @Test(arguments: ["", "-DECHO_FLAGS=VOICE_PLUGIN_MAY_BLOCK"]) func aGoodModelPasses(_ flag: String) async throws {
        let path = try workshop.build("echo", flags: flag.isEmpty ? [] : [flag])
        let results = await ConformanceCheck().run(library: path)
        #expect(results.filter { $0.outcome != .passed } == [])
        #expect(results.count == 1 + ConformanceCase.all.count)
    }

    @Test func theOtherSlotsPassToo() async throws {
        let path = try workshop.build("parrot")
        let results = await ConformanceCheck().run(library: path)
        #expect(results.filter { $0.outcome != .passed } == [])
        #expect(Set(results.compactMap(\.slot)) == [.stt, .tts, .memory])
        var check = ConformanceCheck()
        check.slot = .tts
        #expect(await Set(check.run(library: path).compactMap(\.slot)) == [.tts])
        check.slot = .llm
        #expect(await check.run(library: path).map(\.outcome) == [.failed("it does not serve llm")])
    }

    @Test func whatDoesNotLoadFailsTheFirstCaseAndThereAreNoOthers() async throws {
        let path = try workshop.build("echo", "-DECHO_ABI=2")
        let results = await ConformanceCheck().run(library: path)
        #expect(results.count == 1)
        #expect(results.first?.isFailed == true)
    }

    @Test func withoutAnInstanceTheOtherCasesAreSkipped() async throws {
        let path = try workshop.build("echo")
        let results = await ConformanceCheck().run(library: path, settings: ["refuse": true])
        #expect(
            results.map(\.isFailed) == [false, true] + Array(repeating: false, count: ConformanceCase.all.count - 1))
        #expect(results.last?.outcome == .skipped("it could not be created"))
    }

    struct Bad: Sendable, CustomTestStringConvertible {
        var flag: String
        var failing: String
        var testDescription: String { flag }
    }

    static let bad: [Bad] = [
        .init(flag: "-DBAD_SILENT", failing: "a request ends with exactly one last word"),
        .init(flag: "-DBAD_MUTE", failing: "an ordinary request is answered with more than its end"),
        .init(flag: "-DBAD_TWICE", failing: "a request ends with exactly one last word"),
        .init(flag: "-DBAD_DEAF", failing: "a cancelled request falls silent"),
        .init(flag: "-DBAD_TAKES_ANYTHING", failing: "an unknown setting is refused with a sentence"),
        .init(flag: "-DBAD_ANSWERS_ALL", failing: "an event it does not know is ignored"),
        .init(flag: "-DBAD_LATE", failing: "it never acted after destroy had returned"),
        .init(flag: "-DBAD_SLOW", failing: "it does not block unless it says that it may"),
        .init(flag: "-DBAD_HANGS", failing: "it can be destroyed in the middle of a request"),
    ]

    @Test(arguments: bad) func aBadPluginFailsItsCase(_ bad: Bad) async throws {
        let path = try workshop.build("bad", bad.flag)
        var check = ConformanceCheck()
        check.patience = .ms(300)
        let results = await check.run(library: path)
        #expect(results.filter(\.isFailed).map(\.name).contains(bad.failing))
    }

    @Test func theSoundFormOfTheBadOnePasses() async throws {
        let results = await ConformanceCheck().run(library: try workshop.build("bad"))
        #expect(results.filter { $0.outcome != .passed } == [])
    }
}

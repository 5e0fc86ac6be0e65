// From a manifest to providers that can serve, and to sentences about those that cannot.
import Foundation
import Testing

@testable import Conversation
@testable import Providers
@testable import Support

@Suite struct ProviderRegistryTests {
    let workshop: Workshop
    let timers = Timers()

    init() throws {
        workshop = try Workshop()
        try workshop.build("echo")
        try workshop.build("parrot", name: "Parrot", flags: ["-DPARROT_FLAGS=VOICE_PLUGIN_CUT_SPEECH"])
    }

    private func registry(
        _ manifest: String, environment: [String: String] = [:], shelf: PluginShelf = PluginShelf()
    ) async throws -> ProviderRegistry {
        let manifest = try Manifest.parse(manifest)
        let setup = ProviderSetup(
            paths: workshop.paths(), environment: environment, shelf: shelf, timers: timers)
        return await ProviderRegistry(manifest, setup)
    }

    static let manifest = """
        { "pipeline": { "stt": "ears", "llm": ["grok", "echo", "spare"], "tts": "mouth", "memory": "notes" },
          "plugins": {
            "ears": { "slot": "stt", "library": "Parrot" },
            "mouth": { "slot": "tts", "library": "Parrot" },
            "notes": { "slot": "memory", "library": "Parrot" },
            "grok": { "slot": "llm", "library": "Grok", "secrets": { "api_key": "GROK_API_KEY" } },
            "echo": { "slot": "llm", "library": "./libecho.so" },
            "spare": { "slot": "llm", "library": "echo", "settings": { "spare": 1 } },
            "idle": { "slot": "llm", "library": "NotThere" } } }
        """

    @Test func theFirstUsableEntryServesAndTheOthersStandBy() async throws {
        let registry = try await registry(Self.manifest)
        #expect(registry.missingSlots == [])
        #expect(
            registry.statuses.map {
                "\($0.slot) \($0.entry) \($0.version ?? "-") \($0.state.name) \($0.state.reason ?? "")"
            }
                == [
                    "stt ears 0.1 serving ", "llm grok - skipped GROK_API_KEY is not set", "llm echo 1.2.3 serving ",
                    "llm spare 1.2.3 standby ", "tts mouth 0.1 serving ", "memory notes 0.1 serving ",
                    "llm idle - unused in no pipeline",
                ])
        #expect(registry.chain(for: .llm).map(\.name) == ["echo", "spare"])
        let ears = try #require(registry.chain(for: .stt).first)
        #expect(ears.cutsSpeech && !ears.mayBlock && ears.library == "Parrot" && ears.version == "0.1")
        // One file, one image, whatever it serves.
        #expect(ears.plugin === registry.chain(for: .tts).first?.plugin)
    }

    @Test func whatCannotBeUsedIsRejectedWithItsReason() async throws {
        try workshop.build("echo", name: "Old", flags: ["-DECHO_ABI=7"])
        let registry = try await registry(
            """
            { "pipeline": { "stt": "ears", "llm": ["grok", "wrong", "old", "deaf"], "tts": "mouth", "memory": "notes" },
              "plugins": {
                "ears": { "slot": "stt", "library": "echo" },
                "mouth": { "slot": "tts", "library": "Parrot", "settings": { "no_such_setting": 1 } },
                "notes": { "slot": "memory", "library": "Parrot" },
                "grok": { "slot": "llm", "library": "Grok", "secrets": { "api_key": "GROK_API_KEY" } },
                "wrong": { "slot": "llm", "library": "echo", "settings": { "no_such_setting": 1 } },
                "old": { "slot": "llm", "library": "Old" },
                "deaf": { "slot": "llm", "library": "Parrot" } } }
            """, environment: ["GROK_API_KEY": "k"])
        let folder = workshop.folder
        let reasons = registry.statuses.map { $0.state.reason ?? $0.state.name }
        #expect(
            reasons == [
                "the library \(folder)/libecho.so serves llm, not stt",
                "there is no library at \(folder)/libGrok.so",
                "no setting no_such_setting",
                "the library \(folder)/libOld.so was built for the plugin ABI 7, this voiced speaks 1; "
                    + "build it against this version's voice_plugin.h",
                "the library \(folder)/libParrot.so serves stt, tts and memory, not llm",
                "no setting no_such_setting",
                "serving",
            ])
        #expect(registry.missingSlots.map(\.slot) == [.stt, .llm, .tts])
        #expect(registry.missingSlots.last?.sentence == "no provider can serve tts (mouth: no setting no_such_setting)")
        #expect(registry.chain(for: .tts).isEmpty)
    }

    @Test func whatPluginsLogWhileTheyAreTriedIsPassedOnWithoutSecrets() async throws {
        let manifest = try Manifest.parse(
            Self.manifest.replacingOccurrences(
                of: "\"library\": \"./libecho.so\"",
                with: "\"library\": \"echo\", \"secrets\": { \"key\": \"A_KEY\" }"))
        let lines = Locked<[String]>([])
        var setup = ProviderSetup(paths: workshop.paths(), environment: ["A_KEY": "s3cr3t-key"], timers: timers)
        setup.log = { entry, level, line in lines.withLock { $0.append("\(entry) \(level): \(line)") } }
        let registry = await ProviderRegistry(manifest, setup)
        #expect(registry.chain(for: .llm).map(\.name) == ["echo", "spare"])
        #expect(lines.withLock { $0 } == ["echo info: got ***"])
    }

    @Test func aNewRegistryTakesOverWhatHasNotChanged() async throws {
        let shelf = PluginShelf()
        let first = try await registry(Self.manifest, shelf: shelf)
        try workshop.build("echo", "-DECHO_BUILD=\"new\"")
        let second = try await registry(Self.manifest, shelf: shelf)
        #expect(first.chain(for: .tts).first?.plugin === second.chain(for: .tts).first?.plugin)
        #expect(first.chain(for: .llm).first?.plugin.buildID == "test")
        #expect(second.chain(for: .llm).first?.plugin.buildID == "new")
        // The old one still works.
        let listener = Listener(timers)
        let old = try #require(first.chain(for: .llm).first)
        let instance = try await old.makeInstance(session: SessionID("a"), sink: listener.sink)
        instance.ask("both are here", id: 1)
        await listener.waitForEnd(of: 1)
        #expect(listener.text(1) == "both are here")
    }
}

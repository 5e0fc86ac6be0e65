// What the operator is told about a manifest that is wrong, line by line.
import Foundation
import Testing

@testable import Conversation
@testable import JSON
@testable import Providers

@Suite struct ManifestTests {
    /// Sound but for what a test changes.
    static let sound = """
        {
          "pipeline": {
            "stt": ["ears"],
            "llm": ["grok", "echo"],
            "tts": "mouth",
            "memory": "window"
          },
          "plugins": {
            "ears": { "slot": "stt", "library": "PocketSphinx" },
            "grok": {
              "slot": "llm", "library": "OpenAIChat",
              "secrets": { "api_key": "GROK_API_KEY" },
              "settings": { "model": "grok-3" }
            },
            "echo": { "slot": "llm", "library": "./libecho.so" },
            "mouth": { "slot": "tts", "library": "Flite" },
            "window": { "slot": "memory", "library": "WindowMemory" }
          },
          "persona": { "name": "Nova", "prompt": "Be kind." }
        }
        """

    @Test func aSoundManifestIsReadWhole() throws {
        let manifest = try Manifest.parse(Self.sound)
        #expect(manifest.chains == [.stt: ["ears"], .llm: ["grok", "echo"], .tts: ["mouth"], .memory: ["window"]])
        #expect(manifest.entries.map(\.name) == ["ears", "grok", "echo", "mouth", "window"])
        let grok = try #require(manifest.entry("grok"))
        #expect(grok.slot == .llm && grok.library == "OpenAIChat")
        #expect(grok.secrets == ["api_key": "GROK_API_KEY"] && grok.settings == ["model": "grok-3"])
        #expect(manifest.persona["name"] == "Nova" && manifest.conversation == [:])
        #expect(manifest.line(of: ["persona", "prompt"]) == 19)
        #expect(manifest.line(of: ["plugins", "grok", "settings", "model"]) == 13)
    }

    struct Wrong: Sendable, CustomTestStringConvertible {
        var replace: String
        var with: String
        var complaints: [String]
        var testDescription: String { complaints.first ?? "" }

        init(_ replace: String, _ with: String, _ complaints: String...) {
            self.replace = replace
            self.with = with
            self.complaints = complaints
        }
    }

    static let wrong: [Wrong] = [
        .init("\"persona\":", "persona:", "line 19: not JSON: expected a key in double quotes (column 3)"),
        .init(sound, "[]", "line 1: the manifest has to be an object, not a list"),
        .init(sound, "", "line 1: not JSON: the document ends where a value was expected (column 1)"),
        .init(
            sound, "{}",
            "line 1: the section \"plugins\" is missing; it says what each provider is",
            "line 1: the section \"pipeline\" is missing; it names the providers of stt, llm, tts and memory"),
        .init(
            "\"persona\"", "\"personality\"",
            "line 19: there is no section \"personality\"; there are pipeline, plugins, persona and conversation"),
        .init(
            "{ \"name\": \"Nova\", \"prompt\": \"Be kind.\" }", "7",
            "line 19: the section \"persona\" has to be an object, not a number"),
        .init(
            "\"tts\": \"mouth\"", "\"tss\": \"mouth\"",
            "line 2: the pipeline names no provider for tts",
            "line 5: the pipeline has an unknown slot \"tss\"; there are stt, llm, tts and memory"),
        .init("[\"ears\"]", "[]", "line 3: the chain for stt is empty; name at least one entry of \"plugins\""),
        .init("[\"ears\"]", "7", "line 3: the chain for stt has to be a name or a list of names, not a number"),
        .init("[\"ears\"]", "[\"ears\", null]", "line 3: the chain for stt has to hold names, not null"),
        .init(
            "[\"grok\", \"echo\"]", "[\"grook\"]",
            "line 4: the chain for llm names \"grook\", which is not in \"plugins\"; for llm there are grok and echo"),
        .init(
            "[\"grok\", \"echo\"]", "[\"mouth\"]",
            "line 4: the chain for llm names \"mouth\", which is an entry for tts"),
        .init("[\"grok\", \"echo\"]", "[\"grok\", \"grok\"]", "line 4: the chain for llm names \"grok\" twice"),
        .init(
            "\"slot\": \"llm\", \"library\": \"OpenAIChat\"", "\"slot\": \"lmm\", \"library\": \"OpenAIChat\"",
            "line 11: the entry \"grok\" has an unknown slot \"lmm\"; there are stt, llm, tts and memory"),
        .init(
            "\"slot\": \"llm\", \"library\": \"OpenAIChat\"", "\"slot\": 3, \"library\": \"OpenAIChat\"",
            "line 11: the entry \"grok\" has a number for a slot; there are stt, llm, tts and memory"),
        .init(
            "\"slot\": \"llm\", \"library\": \"OpenAIChat\"", "\"library\": \"OpenAIChat\"",
            "line 10: the entry \"grok\" has no slot; there are stt, llm, tts and memory"),
        .init(
            "\"slot\": \"stt\", \"library\": \"PocketSphinx\"", "\"slot\": \"stt\"",
            "line 9: the entry \"ears\" has no library, such as \"Flite\" or \"./libMine.so\""),
        .init(
            "\"library\": \"PocketSphinx\"", "\"library\": \"\"",
            "line 9: the library of \"ears\" has to be a name or a path, not an impossible name"),
        .init(
            "\"library\": \"PocketSphinx\"", "\"library\": {}",
            "line 9: the library of \"ears\" has to be a name or a path, not an object"),
        .init(
            "\"library\": \"PocketSphinx\"", "\"library\": \"PocketSphinx\",\n\"optins\": {}",
            "line 10: the entry \"ears\" has an unknown member \"optins\"; there are slot, library, secrets "
                + "and settings"
        ),
        .init(
            "{ \"model\": \"grok-3\" }", "[]", "line 13: the settings of \"grok\" have to be an object, not a list"),
        .init(
            "{ \"api_key\": \"GROK_API_KEY\" }", "true",
            "line 12: the secrets of \"grok\" have to be an object, not true or false"),
        .init(
            "\"GROK_API_KEY\"", "\"xai-0123456789\"",
            "line 12: the secret \"api_key\" of \"grok\" has to name an environment variable, such as GROK_API_KEY, "
                + "and is never the key itself"),
        .init(
            "{ \"slot\": \"stt\", \"library\": \"PocketSphinx\" }", "\"PocketSphinx\"",
            "line 9: the entry \"ears\" has to be an object, not a string"),
        .init(
            "\"ears\": {", "\"\": {",
            "line 3: the chain for stt names \"ears\", which is not in \"plugins\"",
            "line 9: an entry's name has 1 to 64 bytes, \"\" does not"),
    ]

    @Test(arguments: wrong) func everyComplaintNamesItsLine(_ wrong: Wrong) throws {
        let text = Self.sound.replacingOccurrences(of: wrong.replace, with: wrong.with)
        #expect(text != Self.sound)
        let error = #expect(throws: ManifestError.self) { try Manifest.parse(text) }
        let lines = try #require(error).description.split(separator: "\n").map(String.init)
        #expect(lines.count == wrong.complaints.count)
        for (line, complaint) in zip(lines, wrong.complaints) { #expect(line == "plugins.json \(complaint)") }
    }

    @Test func aPastedKeyIsNotShown() throws {
        let text = Self.sound.replacingOccurrences(of: "GROK_API_KEY", with: "xai-0123456789")
        let error = #expect(throws: ManifestError.self) { try Manifest.parse(text) }
        #expect(try !#require(error).description.contains("xai"))
    }

    @Test func everythingWrongIsSaidAtOnceInTheOrderOfTheFile() throws {
        let text = """
            { "pipeline": { "stt": [], "llm": ["nobody"], "tts": "ears", "memory": 1 },
              "plugins": { "ears": { "slot": "stt", "library": "A", "colour": "red" } },
              "extra": 1 }
            """
        let error = #expect(throws: ManifestError.self) { try Manifest.parse(text) }
        #expect(try #require(error).complaints.map(\.line) == [1, 1, 1, 2, 3])
    }

    @Test func aMissingFileSaysWhereItLooked() throws {
        let path = "/nowhere/\(UUID().uuidString).json"
        let error = #expect(throws: ManifestError.self) { try Manifest.load(path) }
        #expect(
            try #require(error).description
                == "\(path): there is no manifest at \(path); name another with --manifest FILE")
        let relative = #expect(throws: ManifestError.self) { try Manifest.load("no-such-manifest.json") }
        let folder = FileManager.default.currentDirectoryPath
        #expect(try #require(relative).description.contains("no manifest at \(folder)/no-such-manifest.json;"))
    }

    @Test func aFolderIsNoManifest() throws {
        let error = #expect(throws: ManifestError.self) { try Manifest.load("/tmp") }
        #expect(try #require(error).description.contains("cannot be read: Is a directory"))
    }

    @Test func aManifestIsReadFromItsFile() throws {
        let workshop = try Workshop()
        let path = try workshop.write(Self.sound.utf8, to: "plugins.json")
        #expect(try Manifest.load(path).entries.count == 5)
        let latin1 = try workshop.write([0x7B, 0xE4, 0x7D], to: "latin1.json")
        #expect(throws: ManifestError.self) { try Manifest.load(latin1) }
    }
}

// The small parts of the server that are values: settings, sentences, tables.
import Conversation
import JSON
import Testing

@testable import Providers
@testable import voiced

@Suite struct ManifestSettingsTests {
    private func complaints(_ text: String) throws -> ([String], ConversationSettings) {
        let members = try #require(try JSON(parsing: text).object)
        var complaints: [String] = []
        let settings = ConversationSettings(members) { complaints.append("\($0.joined(separator: ".")): \($1)") }
        return (complaints, settings)
    }

    @Test func everySettingIsTaken() throws {
        let (complaints, settings) = try complaints(
            """
            {"output_sample_rate": 16000, "silence_ms": 700, "max_utterance_ms": 20000, "final_timeout_ms": 3000,
             "recall_timeout_ms": 100, "first_token_timeout_ms": 9000, "token_timeout_ms": 4000,
             "synthesis_timeout_ms": 6000, "apology": "Sorry.", "lost_thread": "Where was I?"}
            """)
        var expected = ConversationSettings()
        expected.outputSampleRate = 16_000
        expected.silence = .ms(700)
        expected.longestUtterance = .ms(20_000)
        expected.finalTimeout = .ms(3_000)
        expected.recallTimeout = .ms(100)
        expected.firstTokenTimeout = .ms(9_000)
        expected.tokenTimeout = .ms(4_000)
        expected.synthesisTimeout = .ms(6_000)
        expected.lines.apology = "Sorry."
        expected.lines.lostThread = "Where was I?"
        #expect(complaints.isEmpty && settings == expected)
    }

    @Test func nothingIsTheDefault() throws {
        let (complaints, settings) = try complaints("{}")
        #expect(complaints.isEmpty && settings == ConversationSettings())
    }

    @Test(
        "a mistake is named and changes nothing",
        arguments: [
            (
                #"{"silence_ms": 199}"#,
                #"conversation.silence_ms: "silence_ms" has to be a whole number from 200 to 3000"#
            ),
            (
                #"{"silence_ms": 3001}"#,
                #"conversation.silence_ms: "silence_ms" has to be a whole number from 200 to 3000"#
            ),
            (
                #"{"silence_ms": 500.5}"#,
                #"conversation.silence_ms: "silence_ms" has to be a whole number from 200 to 3000"#
            ),
            (
                #"{"silence_ms": "500"}"#,
                #"conversation.silence_ms: "silence_ms" has to be a whole number from 200 to 3000"#
            ),
            (
                #"{"silence_ms": 1e300}"#,
                #"conversation.silence_ms: "silence_ms" has to be a whole number from 200 to 3000"#
            ),
            (
                #"{"silence_ms": null}"#,
                #"conversation.silence_ms: "silence_ms" has to be a whole number from 200 to 3000"#
            ),
            (#"{"output_sample_rate": 96000}"#, "conversation.output_sample_rate"),
            (#"{"apology": ""}"#, "conversation.apology"),
            (#"{"apology": 7}"#, #"conversation.apology: "apology" has to be a text, not a number"#),
            (
                #"{"silence": 500}"#,
                #"conversation.silence: conversation has no "silence"; there are output_sample_rate, silence_ms"#
            ),
        ])
    func mistakes(text: String, beginning: String) throws {
        let (complaints, settings) = try complaints(text)
        #expect(complaints.count == 1)
        #expect(complaints.first?.hasPrefix(beginning) == true, "\(complaints)")
        #expect(settings == ConversationSettings())
    }

    @Test func allMistakesAreTold() throws {
        #expect(try complaints(#"{"silence_ms": 1, "apology": [], "x": 1, "y": 2}"#).0.count == 4)
    }

    @Test func thePersona() throws {
        let members = try #require(try JSON(parsing: #"{"name": "Ada", "prompt": "Be Ada.", "voice": "x"}"#).object)
        var complaints: [String] = []
        let persona = Persona(members) { complaints.append("\($0.joined(separator: ".")): \($1)") }
        #expect(persona.name == "Ada" && persona.prompt == "Be Ada.")
        #expect(complaints == [#"persona.voice: persona has no "voice"; there are name, prompt"#])
    }
}

@Suite struct NarratorTests {
    private static let session = SessionID("abcdef-1234")

    @Test(
        "what is told, and how",
        arguments: [
            (
                Event(
                    .sessionStarted, at: .zero, session: session,
                    ["peer": "127.0.0.1", "stt": "ears", "llm": "head", "tts": "mouth"]),
                "call abcdef began from 127.0.0.1, ears · head · mouth"
            ),
            (
                Event(.sessionEnded, at: .zero, session: session, ["reason": "left", "turns": 3]),
                "call abcdef ended (left) after 3 turns"
            ),
            (
                Event(.turnTimed, at: .zero, session: session, turn: 2, ["total_ms": .number(812.4)]),
                "call abcdef turn 2 answered after 812 ms"
            ),
            (
                Event(
                    .bargeInConfirmed, at: .zero, session: session, turn: 2, words: "secret",
                    ["rule": "voice", "heard_words": 4, "of_words": 9]),
                "call abcdef turn 2 barge-in by voice, 4 of 9 words heard"
            ),
            (
                Event(.turnEnded, at: .zero, session: session, turn: 2, words: "secret", ["outcome": "failed"]),
                "call abcdef turn 2 failed"
            ),
            (Event(.turnEnded, at: .zero, session: session, turn: 2, ["outcome": "completed"]), nil),
            (
                Event(
                    .requestFailed, at: .zero, session: session, turn: 2, words: "key sk-123",
                    ["slot": "llm", "provider": "grok", "class": "vendor"]),
                "call abcdef turn 2 llm grok failed: vendor"
            ),
            (
                Event(.requestRetrying, at: .zero, session: session, turn: 2, ["slot": "llm", "provider": "grok"]),
                "call abcdef turn 2 llm grok is tried again"
            ),
            (
                Event(.providerFailover, at: .zero, session: session, ["slot": "tts", "from": "a", "to": "b"]),
                "call abcdef tts goes from a to b"
            ),
            (
                Event(.providerSkipped, at: .zero, ["slot": "llm", "entry": "grok", "reason": "KEY is not set"]),
                "llm grok does not serve: KEY is not set"
            ),
            (
                Event(.providerRejected, at: .zero, ["slot": "llm", "entry": "x", "reason": "no\nlibrary\u{1B}[2J"]),
                "llm x does not serve: no library"
            ),
            (
                Event(.clientError, at: .zero, session: session, words: "secret", ["what": "message"]),
                "call abcdef sent what was not understood: message"
            ),
            (
                Event(.log, at: .zero, words: "it is late", ["level": "warn", "source": "stt"]),
                "server stt: it is late"
            ),
            (Event(.log, at: .zero, words: "details", ["level": "debug", "source": "stt"]), nil),
            (Event(.serverStopping, at: .zero, ["reason": "SIGTERM"]), "server is stopping (SIGTERM)"),
            (Event(.transcriptFinal, at: .zero, session: session, words: "secret"), nil),
            (Event(.turnStarted, at: .zero, session: session, turn: 1, words: "secret"), nil),
        ] as [(Event, String?)])
    func sentences(event: Event, sentence: String?) {
        #expect(event.sentence == sentence)
    }

    @Test("no event tells the words of a caller or a vendor", arguments: Event.Kind.allCases)
    func keepsWords(kind: Event.Kind) {
        let sentence = Event(kind, at: .zero, session: Self.session, turn: 1, words: "secret").sentence
        #expect(sentence?.contains("secret") != true)
    }
}

@Suite struct PluginTableTests {
    @Test func columnsAreAlignedAndReasonsTold() {
        let table = PluginTable([
            ProviderStatus(slot: .stt, entry: "ears", library: "Ears", version: "1.0.0", state: .serving),
            ProviderStatus(
                slot: .llm, entry: "a-long-name", library: "L", version: nil, state: .skipped("KEY is not set")),
            ProviderStatus(
                slot: .llm, entry: "b", library: "./x.so", version: nil, state: .rejected("it is no library")),
            ProviderStatus(slot: .memory, entry: "m", library: "M", version: "2", state: .standby),
            ProviderStatus(slot: .tts, entry: "t", library: "T", version: nil, state: .unused),
        ])
        #expect(
            table.text == """
                SLOT    ENTRY        LIBRARY  VERSION  STATE
                stt     ears         Ears     1.0.0    serving
                llm     a-long-name  L        -        skipped: KEY is not set
                llm     b            ./x.so   -        rejected: it is no library
                memory  m            M        2        standby
                tts     t            T        -        unused: in no pipeline
                """)
        #expect(PluginTable([]).text == "SLOT  ENTRY  LIBRARY  VERSION  STATE")
    }
}

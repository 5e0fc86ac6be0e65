import Conversation
import Testing

@testable import voiced

@Suite struct ClassicCheckerTests {
    /// What a server does, as a word each; a number is an audio frame of so many bytes.
    private static let messages: [String: ServerMessage] = [
        "connected": .connected(SessionID("x")), "interim": .transcript("a", isFinal: false),
        "final": .transcript("a", isFinal: true), "thinking": .thinking, "start": .audioStart(sampleRate: 24_000),
        "speaking": .speaking, "end": .audioEnd, "interrupted": .audioInterrupted, "response": .response("b"),
        "error": .error("c"),
    ]

    private func violations(_ script: String) throws -> [String] {
        var checker = ClassicChecker()
        return try script.split(separator: " ").compactMap { word in
            if let count = Int(word) { return checker.take(audioBytes: count)?.sentence }
            return checker.take(try #require(Self.messages[String(word)]))?.sentence
        }
    }

    private static let turn = "interim final thinking start speaking 640 640 end response"

    @Test(
        "what the protocol allows",
        arguments: [
            "connected", "connected \(turn)", "connected \(turn) \(turn)", "connected interim interim interim",
            "connected final final thinking start speaking 2 interim interrupted final thinking start speaking 2 end response",
            "connected final thinking interim final thinking start speaking 2 end response",
            "connected final thinking error start speaking 2 end response",
            "connected final thinking start speaking 2 error 2 end response",
            "connected final thinking error error response",
            "connected error", "connected final thinking start interrupted \(turn)",
            "connected final thinking start speaking 2 end interim response interim final thinking",
        ])
    func isFine(script: String) throws {
        #expect(try violations(script) == [])
    }

    @Test(
        "what it does not, once each",
        arguments: [
            ("final", "transcript came before connected"),
            ("640", "audio came before connected"),
            ("connected connected", "connected came twice"),
            ("connected thinking", "thinking came without a final transcript"),
            ("connected interim thinking", "thinking came without a final transcript"),
            ("connected \(turn) thinking", "thinking came without a final transcript"),
            ("connected final start", "audio_start came outside of a turn"),
            ("connected final thinking speaking", "speaking came before audio_start"),
            ("connected final thinking 2", "audio came before audio_start"),
            ("connected final thinking start 2", "audio came between audio_start and speaking"),
            ("connected final thinking start speaking 0", "an audio frame was empty"),
            ("connected final thinking start speaking 3", "an audio frame had 3 bytes, half a sample too many"),
            ("connected final thinking start speaking end", "audio_end came for a reply without audio"),
            ("connected final thinking start speaking 2 start", "audio_start came before the end of the reply's audio"),
            ("connected final thinking start speaking 2 speaking", "speaking came before the end of the reply's audio"),
            ("connected final thinking start speaking 2 response", "response came before the end of the reply's audio"),
            (
                "connected final thinking start speaking 2 final thinking",
                "thinking came before the end of the reply's audio"
            ),
            ("connected final thinking start speaking 2 end end", "audio_end came between audio_end and response"),
            ("connected final thinking start speaking 2 end 2", "audio came between audio_end and response"),
            (
                "connected final thinking start speaking 2 end interrupted",
                "audio_interrupted came between audio_end and response"
            ),
            ("connected final thinking start speaking 2 interrupted 2", "audio came outside of a turn"),
            ("connected final thinking start speaking 2 interrupted end", "audio_end came outside of a turn"),
            ("connected final thinking start speaking 2 interrupted response", "response came outside of a turn"),
            ("connected final thinking interrupted", "audio_interrupted came before audio_start"),
            ("connected final thinking response", "response came before audio_start"),
            ("connected \(turn) response", "response came outside of a turn"),
        ])
    func isAViolation(script: String, sentence: String) throws {
        #expect(try violations(script) == [sentence])
    }

    @Test(
        "text frames that are no message",
        arguments: [
            ("", "the server sent a text frame that is not JSON"),
            ("{", "the server sent a text frame that is not JSON"),
            ("{}", #"the server sent a message without a "type""#),
            ("7", #"the server sent a message without a "type""#),
            (#"{"type":"hello"}"#, #"the server sent a message of type "hello", which there is not"#),
            (#"{"type":"connected","message":"m"}"#, #"connected has no "sessionId""#),
            (#"{"type":"connected","sessionId":"s"}"#, #"connected has no "message""#),
            (#"{"type":"transcript","isFinal":true}"#, #"transcript has no "text""#),
            (#"{"type":"transcript","text":"","isFinal":true}"#, #"transcript has no "text""#),
            (#"{"type":"transcript","text":"a"}"#, #"transcript has no true or false in "isFinal""#),
            (#"{"type":"transcript","text":"a","isFinal":1}"#, #"transcript has no true or false in "isFinal""#),
            (#"{"type":"audio_start","encoding":"linear16"}"#, "audio_start has no rate"),
            (#"{"type":"audio_start","sampleRate":0,"encoding":"linear16"}"#, "audio_start has no rate"),
            (#"{"type":"audio_start","sampleRate":24000.5,"encoding":"linear16"}"#, "audio_start has no rate"),
            (#"{"type":"audio_start","sampleRate":24000,"encoding":"mp3"}"#, #"audio_start names another "encoding""#),
            (#"{"type":"response"}"#, #"response has no "text""#),
            (#"{"type":"error","message":null}"#, #"error has no "message""#),
        ])
    func isNoMessage(text: String, beginning: String) {
        #expect {
            try ClassicReader.message(from: text)
        } throws: { error in
            (error as? Violation)?.sentence.hasPrefix(beginning) == true
        }
    }
}

import Conversation
import Testing

@testable import voiced

@Suite struct ClientProtocolTests {
    @Test(
        "what a client may send",
        arguments: [
            (#"{"type":"interrupt"}"#, .interrupt), (#"{"type":"clear"}"#, .clear), (#"{"type":"end"}"#, .end),
            (#" { "extra" : [1, {"a": null}] , "type" : "end" } "#, .end), (#"{"type":"\u0065nd"}"#, .end),
        ] as [(String, ClientCommand)])
    func isRead(text: String, command: ClientCommand) throws {
        #expect(try ClientProtocol.command(from: text) == command)
    }

    @Test(
        "what it may not, and what it is told",
        arguments: [
            ("", "This message is not JSON"), ("end", "This message is not JSON"),
            (#"{"type":"end""#, "This message is not JSON"),
            (#"{"type":"end"} x"#, "This message is not JSON"),
            (String(repeating: "[", count: 100), "This message is not JSON"),
            ("{}", #"This message has no "type""#), (#"{"type":7}"#, #"This message has no "type""#),
            ("[]", #"This message has no "type""#), (#""end""#, #"This message has no "type""#),
            (#"{"type":"END"}"#, #"There is no message of type "END""#),
            (#"{"type":""}"#, #"There is no message of type """#),
        ])
    func isRefused(text: String, beginning: String) {
        #expect {
            try ClientProtocol.command(from: text)
        } throws: { error in
            (error as? ClientComplaint)?.sentence.hasPrefix(beginning) == true
        }
    }

    /// Clients written years ago parse these; some compare them as text.
    @Test(
        "every message, byte for byte",
        arguments: [
            (
                .connected(SessionID("1f-2e")),
                #"{"type":"connected","sessionId":"1f-2e","message":"Connected. Send 16 kHz linear16 audio as binary frames "#
                    + #"and speak."}"#
            ),
            (
                .transcript("he said \"hi\"\n", isFinal: false),
                #"{"type":"transcript","text":"he said \"hi\"\n","isFinal":false}"#
            ),
            (.transcript("größer 😀", isFinal: true), #"{"type":"transcript","text":"größer 😀","isFinal":true}"#),
            (.thinking, #"{"type":"thinking"}"#),
            (.audioStart(sampleRate: 24_000), #"{"type":"audio_start","sampleRate":24000,"encoding":"linear16"}"#),
            (.speaking, #"{"type":"speaking"}"#),
            (.audioEnd, #"{"type":"audio_end"}"#),
            (.audioInterrupted, #"{"type":"audio_interrupted"}"#),
            (.response("a\\b"), #"{"type":"response","text":"a\\b"}"#),
            (.error("It broke."), #"{"type":"error","message":"It broke."}"#),
        ] as [(ServerMessage, String)])
    func isWritten(message: ServerMessage, text: String) throws {
        #expect(ClientProtocol.text(of: message) == text)
        #expect(try ClassicReader.message(from: text) == message)
    }
}

@Suite struct Linear16Tests {
    @Test func bytesAndSamplesAreTheSame() {
        let samples: [Int16] = [0, 1, -1, .max, .min, 0x1234]
        let bytes: [UInt8] = [0, 0, 1, 0, 255, 255, 255, 127, 0, 128, 0x34, 0x12]
        #expect(Linear16.bytes(of: samples) == bytes)
        #expect(Linear16.samples(in: bytes, after: nil) == (samples, nil))
    }

    @Test("however the bytes are cut, no sample is lost", arguments: 1...7) func oddBytes(length: Int) {
        let samples = (0..<50).map { Int16($0 * 600 - 15_000) }
        let bytes = Linear16.bytes(of: samples)
        var odd: UInt8?
        var read: [Int16] = []
        for start in stride(from: 0, to: bytes.count, by: length) {
            let piece = Array(bytes[start..<min(start + length, bytes.count)])
            let (new, left) = Linear16.samples(in: piece, after: odd)
            read += new
            odd = left
        }
        #expect(read == samples)
        #expect(odd == nil)
    }

    @Test func nothingAndOneByte() {
        #expect(Linear16.samples(in: [], after: nil) == ([], nil))
        #expect(Linear16.samples(in: [], after: 7) == ([], 7))
        #expect(Linear16.samples(in: [7], after: nil) == ([], 7))
    }
}

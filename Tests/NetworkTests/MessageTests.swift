import Network
import Testing

extension NetworkTests {
    @Suite struct Messages {
        @Test func textAndBinaryComeBackUnchanged() async throws {
            try await serving(Recorder.echo()) { port in
                let client = try Client(port: port)
                #expect(try client.handshake().status == 101)
                for size in [0, 1, 125, 126, 640, 8192, 16 * 1024] {
                    let text = Frame.text(String(repeating: "a", count: size))
                    try client.send(text)
                    #expect(try client.frame() == text)
                }
                for size in [0, 1, 640, 8192, 65535, 64 * 1024] {
                    let binary = Frame.binary((0..<size).map { UInt8(truncatingIfNeeded: $0 * 7) })
                    try client.send(binary)
                    #expect(try client.frame() == binary)
                }
                let words = Frame.text("grüß Gott, 世界 👋🏽")
                try client.send(words)
                #expect(try client.frame() == words)
            }
        }

        @Test func framesSentWithTheHandshakeAreRead() async throws {
            try await serving(Recorder.echo()) { port in
                let client = try Client(port: port)
                try client.send(Client.upgrade() + Frame.text("early").bytes + Frame.text("bird").bytes)
                #expect(try client.answer().status == 101)
                #expect(try client.frame().text == "early")
                #expect(try client.frame().text == "bird")
            }
        }

        @Test func fragmentsAreJoinedAlsoAroundAPing() async throws {
            let recorder = Recorder()
            try await serving(recorder) { port in
                let client = try Client(port: port)
                try client.handshake()
                try client.send(Frame(opcode: 1, isFinal: false, payload: Array("one ".utf8)))
                try client.send(Frame(opcode: 0, isFinal: false, payload: []))
                try client.send(Frame(opcode: 9, payload: Array("?".utf8)))
                try client.send(Frame(opcode: 0, isFinal: true, payload: Array("two".utf8)))
                #expect(try client.frame() == Frame(opcode: 10, payload: Array("?".utf8)))
                #expect(await eventually { recorder.heard.count == 2 ? true : nil } == true)
                #expect(recorder.heard == [.opened, .text("one two")])
            }
        }

        @Test func aFrameMayComeByteByByte() async throws {
            try await serving(Recorder.echo()) { port in
                let client = try Client(port: port)
                try client.handshake()
                for byte in Frame.text("drip").bytes { try client.send([byte]) }
                #expect(try client.frame().text == "drip")
            }
        }

        @Test(
            "what breaks a limit or the protocol is closed with the right code",
            arguments: [
                ([Frame.text(String(repeating: "a", count: 16 * 1024 + 1))], 1009),
                ([Frame.binary([UInt8](repeating: 0, count: 64 * 1024 + 1))], 1009),
                (
                    [Frame(opcode: 1, isFinal: false, payload: [])]
                        + [Frame](repeating: Frame(opcode: 0, isFinal: false, payload: []), count: 64), 1009
                ),
                ([Frame(opcode: 1, payload: [0xc3, 0x28])], 1007),
                ([Frame(opcode: 1, payload: [0xe2, 0x82])], 1007),
                ([Frame(opcode: 0, payload: [1])], 1002),
                ([Frame(opcode: 3, payload: [1])], 1002),
                ([Frame(opcode: 0x41, payload: [1])], 1002),  // RSV1: compressed, which nobody has agreed on.
                ([Frame(opcode: 9, isFinal: false, payload: [1])], 1002),
            ])
        func refused(frames: [Frame], code: Int) async throws {
            let recorder = Recorder()
            try await serving(recorder) { port in
                let client = try Client(port: port)
                try client.handshake()
                for frame in frames { try client.send(frame) }
                #expect(try client.frame().code == code)
                client.close()
                #expect(await recorder.closing() == .protocolError(code: code))
                #expect(recorder.closings.count == 1)
            }
        }

        @Test func aFrameThatAnnouncesTooMuchIsRefusedBeforeItHasCome() async throws {
            let recorder = Recorder()
            try await serving(recorder) { port in
                let client = try Client(port: port)
                try client.handshake()
                // 2^62 bytes, of which one 8 KiB piece is sent.
                let mask: [UInt8] = [0, 0, 0, 0]
                try client.send([0x82, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0] + mask + [UInt8](repeating: 0, count: 8192))
                #expect(try client.frame().code == 1009)
            }
        }

        @Test func sixtyFourFragmentsAreAllowed() async throws {
            try await serving(Recorder.echo()) { port in
                let client = try Client(port: port)
                try client.handshake()
                for index in 0..<64 {
                    try client.send(Frame(opcode: index == 0 ? 1 : 0, isFinal: index == 63, payload: [97]))
                }
                #expect(try client.frame().text == String(repeating: "a", count: 64))
            }
        }
    }
}

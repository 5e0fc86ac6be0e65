// The pieces of an instance that are plain values.
import Testing

@testable import Conversation
@testable import Providers

@Suite struct PiecesTests {
    static let texts: [[UInt8]] = [
        Array("plain".utf8), Array("é日🦜z".utf8),
        [0xE0, 0x80, 0x80, 0x41], [0xED, 0xA0, 0x80], [0xF5, 0x80], [0xF0, 0x9F, 0x41, 0xC3], [0x80, 0x80, 0x80, 0x80],
        [0xC0, 0xAF, 0xE6, 0x97], [0xF4, 0x90, 0x80, 0x80], [0xE6, 0xE6, 0x97, 0xA5, 0xF0],
    ]

    /// Whatever the bytes and wherever they are cut: as if they had come in one piece.
    @Test(arguments: texts) func textCutAnywhereIsTheSameText(_ bytes: [UInt8]) {
        let whole = String(decoding: bytes, as: UTF8.self)
        for cuts in 0..<1 << (bytes.count - 1) {
            var assembler = TextAssembler()
            var text = ""
            var piece: [UInt8] = []
            for (index, byte) in bytes.enumerated() {
                piece.append(byte)
                guard cuts >> index & 1 == 1 else { continue }
                text += assembler.append(piece)
                piece = []
            }
            text += assembler.append(piece) + assembler.finish()
            #expect(text == whole, "cut as \(cuts)")
        }
    }

    @Test func aCharacterIsGivenOutAsSoonAsItIsWhole() {
        var assembler = TextAssembler()
        #expect(assembler.append([0x61, 0xE6]) == "a")
        #expect(assembler.append([0x97]) == "")
        #expect(assembler.append([0xA5, 0x62]) == "日b")
        #expect(assembler.finish() == "")
    }

    private func audio(_ id: RequestID) -> PluginCall { PluginCall(.audio([Int16](repeating: 0, count: 100)), id: id) }

    @Test func theQueueBoundsAudioByItsLength() {
        var queue = CallQueue()
        queue.sampleLimit = 250
        let listen = queue.add(PluginCall(.listen(sampleRate: 8000), id: 9))
        let taken = (1...4 as ClosedRange<RequestID>).map { queue.add(audio($0)) }
        #expect(listen && taken == [true, true, true, true])
        #expect(queue.droppedSamples == 200)
        let order = [queue.next()?.id, queue.next()?.id]
        #expect(order == [9, 3])
        queue.remove(4)
        #expect(queue.next() == nil)
        // What is gone does not count any more.
        _ = queue.add(audio(5))
        _ = queue.add(audio(6))
        #expect(queue.droppedSamples == 200)
    }

    @Test func theQueueBoundsAllElseByNumber() {
        var queue = CallQueue()
        let taken = (1...1025 as ClosedRange<RequestID>).filter { queue.add(PluginCall(.speak(""), id: $0)) }
        #expect(taken.count == 1024 && queue.droppedCalls == 1)
        let cancel = queue.add(.cancel(1))
        let audio = queue.add(audio(1))
        #expect(cancel && audio && queue.droppedCalls == 1)
    }

    @Test func aSecretIsFoundInsideAText() {
        #expect(Secret("abcd").redact("xabcdabcdy abc") == "x******y abc")
        #expect(Secret("ab").redact("abab") == "abab")
        #expect(Secret("schlüssel").redact("der schlüssel") == "der ***")
    }
}

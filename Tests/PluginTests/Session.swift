import JSON
// A caller for the PocketSphinx plugin: plays recordings to it the way the host does.
import PluginSDK

@testable import PocketSphinxCore

final class Session {
    /// What the host sends from before the onset, in ms.
    static let preRoll = 300
    /// Silence around what is said: before the onset, and until the host is sure of the end.
    static let padding = preRoll + 600

    let recorder = OutboxRecorder()
    let plugin: PocketSphinx
    /// The stream that is listened on.
    private(set) var id: RequestID = 0
    /// In ms of the call's audio.
    private(set) var position = 0
    /// After how many ms of the last utterance its first interim came.
    private(set) var firstInterim: Int?

    init(_ settings: JSON.Object, _ pools: DecoderPools) throws {
        plugin = try PocketSphinx(
            Configuration(slot: "stt", settings: settings), outbox: recorder.outbox, pools: pools)
        listen(1)
    }

    /// Opens a stream.
    func listen(_ id: RequestID) {
        self.id = id
        plugin.listen(id, sampleRate: 16_000)
    }

    /// Samples, in the 20 ms frames of a call.
    func feed(_ samples: [Int16]) {
        let before = recorder.interims(id).count
        for start in stride(from: 0, to: max(samples.count, 1), by: 320) {
            let end = min(start + 320, samples.count)
            samples[start..<end].withUnsafeBufferPointer { plugin.audio(id, $0) }
            if firstInterim == nil, recorder.interims(id).count > before { firstInterim = end / 16 }
        }
        position += samples.count / 16
    }

    /// One utterance from onset to final, and what was heard.
    func say(_ samples: [Int16], tail: Int = 600) -> Transcript? {
        let before = recorder.finals(id).count
        firstInterim = nil
        plugin.speechStarted(id, at: position)
        feed(roomNoise(milliseconds: Self.preRoll) + samples + roomNoise(milliseconds: tail))
        plugin.speechEnded(id, at: position)
        let finals = recorder.finals(id).dropFirst(before)
        return finals.count == 1 ? finals.first : nil
    }
}

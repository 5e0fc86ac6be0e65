// The host's side of an outbox, for tests: keeps what a plugin says and can stop listening to a request at any point.
import PluginSDK
import Support

/// Usable from any thread.
final class OutboxRecorder: Sendable {
    /// One thing that was said.
    struct Entry: Equatable, Sendable {
        var action: Action
        var id: RequestID
    }
    private struct State {
        var entries: [Entry] = []
        var patience: [RequestID: Int] = [:]
        var late = 0
    }
    private let state = Locked(State())

    /// For the plugin under test.
    var outbox: Outbox { Outbox { [self] action, id in take(action, id) } }

    /// Everything said so far, in order; without questions (`isWanted`).
    var entries: [Entry] { state.withLock { $0.entries } }

    /// How often the plugin spoke on a request after it had been told that nobody listens.
    var late: Int { state.withLock { $0.late } }

    /// Nobody waits for `id` any more once `count` actions have been taken on it; that last one is answered with STOP.
    func stop(_ id: RequestID, after count: Int) { state.withLock { $0.patience[id] = count } }

    /// What was said on `id`.
    func actions(_ id: RequestID) -> [Action] { entries.filter { $0.id == id }.map(\.action) }

    /// The samples sent on `id`.
    func samples(_ id: RequestID) -> [Int16] { chunks(id).flatMap(\.self) }

    /// The samples sent on `id`, message by message.
    func chunks(_ id: RequestID) -> [[Int16]] {
        actions(id).compactMap { if case .pcm(let samples) = $0 { samples } else { nil } }
    }

    /// The finals sent on `id`.
    func finals(_ id: RequestID) -> [Transcript] {
        actions(id).compactMap { if case .final(let transcript) = $0 { transcript } else { nil } }
    }

    /// The interims sent on `id`.
    func interims(_ id: RequestID) -> [String] {
        actions(id).compactMap { if case .interim(let text) = $0 { text } else { nil } }
    }

    /// The failures sent on `id`.
    func failures(_ id: RequestID) -> [Failure] {
        actions(id).compactMap { if case .failed(let failure) = $0 { failure } else { nil } }
    }

    private func take(_ action: Action, _ id: RequestID) -> Bool {
        state.withLock { state in
            let left = state.patience[id] ?? .max
            if action == .isWanted { return left > 0 }
            if left <= 0 { state.late += 1 }
            state.entries.append(Entry(action: action, id: id))
            if left < .max { state.patience[id] = left - 1 }
            return left > 1
        }
    }
}

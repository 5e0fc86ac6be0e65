// Collects what a plugin sends, in order, and plays the host's part in cancelling.
import PluginSDK
import Synchronization

/// What one plugin instance has sent.
final class ActionLog: Sendable {
    struct Entry: Equatable {
        var id: RequestID
        var action: Action
    }

    private struct State {
        var entries: [Entry] = []
        var unwanted: Set<RequestID> = []
    }

    private let state = Mutex(State())

    /// The outbox to give to the plugin.
    var outbox: Outbox {
        Outbox { action, id in
            self.state.withLock {
                guard !$0.unwanted.contains(id) else { return false }
                $0.entries.append(Entry(id: id, action: action))
                return true
            }
        }
    }

    /// From now on nobody waits for `id`.
    func refuse(_ id: RequestID) { state.withLock { _ = $0.unwanted.insert(id) } }

    /// All actions on `id` so far.
    func actions(_ id: RequestID) -> [Action] { state.withLock { $0.entries.filter { $0.id == id }.map(\.action) } }

    /// All ids in the order of their actions.
    var ids: [RequestID] { state.withLock { $0.entries.map(\.id) } }

    /// The tokens on `id`, joined.
    func text(_ id: RequestID) -> String {
        actions(id).map { if case .token(let token) = $0 { token } else { "" } }.joined()
    }

    /// The timers on `id`, in ms.
    func timers(_ id: RequestID) -> [Int] {
        actions(id).compactMap { if case .setTimer(let milliseconds) = $0 { milliseconds } else { nil } }
    }
}

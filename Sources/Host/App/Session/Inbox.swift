// Where everything that happens to a session arrives, from whatever thread, and waits for the session to take it.
internal import Support

/// A queue with one consumer. Items are handed over in bursts: what costs is waking the consumer, not the item.
final class Inbox<Item: Sendable>: Sendable {
    private struct State {
        var items: [Item] = []
        var waiter: CheckedContinuation<[Item], Never>?
        var isClosed = false
    }

    private let state = Locked(State())

    /// Adds an item and wakes the consumer if it waits. Any thread. After `close` it is dropped.
    func put(_ item: Item) {
        let waiter: CheckedContinuation<[Item], Never>? = state.withLock { state in
            guard !state.isClosed else { return nil }
            if let waiter = state.waiter {
                state.waiter = nil
                return waiter
            }
            state.items.append(item)
            return nil
        }
        waiter?.resume(returning: [item])
    }

    /// Everything that has arrived, oldest first; waits for the first. Empty: closed, and all was taken.
    func next() async -> [Item] {
        await withCheckedContinuation { continuation in
            let ready: [Item]? = state.withLock { state in
                if state.items.isEmpty, !state.isClosed {
                    state.waiter = continuation
                    return nil
                }
                defer { state.items = [] }
                return state.items
            }
            if let ready { continuation.resume(returning: ready) }
        }
    }

    /// Ends the stream of items after those already in it.
    func close() {
        let waiter = state.withLock { state in
            state.isClosed = true
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: [])
    }
}

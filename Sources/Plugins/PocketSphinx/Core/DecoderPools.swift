// The pools of this library, one per model and bound. They outlive the sessions, so that the model stays loaded between
// two calls; what nobody uses any more is bounded.

/// Usable from any thread.
final class DecoderPools: Sendable {
    /// Models that nobody uses and that are kept loaded all the same.
    private static let keptIdle = 4

    private struct Entry {
        let pool: DecoderPool
        var users = 1
    }
    /// The most recently opened last.
    private let entries = Monitor<[Entry]>([])

    /// The pool for these settings. Each `open` needs a `close`.
    func open(_ model: Model, bound: Int) -> DecoderPool {
        let (pool, idle, dropped) = entries.withLock { entries -> (DecoderPool, [DecoderPool], [Entry]) in
            if let index = entries.firstIndex(where: { $0.pool.model == model && $0.pool.bound == bound }) {
                var entry = entries.remove(at: index)
                entry.users += 1
                entries.append(entry)
                return (entry.pool, [], [])
            }
            let idle = entries.filter { $0.users == 0 }
            let dropped = idle.dropLast(Self.keptIdle)
            entries.removeAll { entry in dropped.contains { $0.pool === entry.pool } }
            let pool = DecoderPool(model, bound: bound)
            entries.append(Entry(pool: pool))
            return (pool, idle.map(\.pool), Array(dropped))
        }
        // A new pool means that settings have changed or been added: those without a session give their memory back.
        for pool in idle { pool.shrink() }
        _ = consume dropped
        return pool
    }

    /// A session with this pool has ended.
    func close(_ pool: DecoderPool) {
        entries.withLock { entries in
            guard let index = entries.firstIndex(where: { $0.pool === pool }) else { return }
            entries[index].users -= 1
        }
    }
}

// What waits for a plugin, within bounds.
internal import Support

/// Calls in order. Audio is bounded by its length, everything else by its number.
struct CallQueue {
    /// Far above what a conversation asks of one instance.
    static let callLimit = 1024

    private var calls = FIFO<PluginCall>()
    private var samples = 0
    /// 30 s: longer ago than anybody can still want an answer to.
    var sampleLimit = 30 * 16_000
    private(set) var droppedSamples = 0
    private(set) var droppedCalls = 0

    /// False where there is no room. Audio always has room: the oldest makes it.
    mutating func add(_ call: PluginCall) -> Bool {
        if call.samples == 0, !call.isAlwaysTaken, calls.count >= Self.callLimit {
            droppedCalls += 1
            return false
        }
        calls.append(call)
        samples += call.samples
        while samples > sampleLimit, let oldest = calls.removeFirst(where: { $0.samples > 0 }) {
            samples -= oldest.samples
            droppedSamples += oldest.samples
        }
        return true
    }

    mutating func next() -> PluginCall? {
        let call = calls.popFirst()
        samples -= call?.samples ?? 0
        return call
    }

    mutating func remove(_ id: RequestID) {
        calls.removeAll { call in
            guard call.id == id, call.condition != .none else { return false }
            samples -= call.samples
            return true
        }
    }

    mutating func removeAll() {
        calls = FIFO()
        samples = 0
    }
}

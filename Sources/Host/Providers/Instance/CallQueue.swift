// What waits for a plugin, within bounds.
internal import Support

/// Calls in order. Audio is bounded by its length, everything else by its number.
struct CallQueue {
    /// Far above what a conversation asks of one instance.
    static let callLimit = 1024

    private var calls = FIFO<PluginCall>()
    private var samples = 0
    /// Of the calls, those that are not audio.
    private var others = 0
    /// 30 s: longer ago than anybody can still want an answer to.
    var sampleLimit = 30 * 16_000
    private(set) var droppedSamples = 0
    private(set) var droppedCalls = 0

    /// False where there is no room. Audio always has room: the oldest makes it.
    mutating func add(_ call: PluginCall) -> Bool {
        if call.samples == 0, !call.isAlwaysTaken, others >= Self.callLimit {
            droppedCalls += 1
            return false
        }
        calls.append(call)
        count(call, 1)
        while samples > sampleLimit, let oldest = calls.removeFirst(where: { $0.samples > 0 }) {
            count(oldest, -1)
            droppedSamples += oldest.samples
        }
        return true
    }

    mutating func next() -> PluginCall? {
        guard let call = calls.popFirst() else { return nil }
        count(call, -1)
        return call
    }

    /// Takes out what belongs to a request.
    mutating func remove(_ id: RequestID) {
        var removed: [PluginCall] = []
        calls.removeAll { call in
            guard call.id == id, call.condition != .none else { return false }
            removed.append(call)
            return true
        }
        for call in removed { count(call, -1) }
    }

    mutating func removeAll() {
        calls = FIFO()
        samples = 0
        others = 0
    }

    private mutating func count(_ call: PluginCall, _ sign: Int) {
        samples += sign * call.samples
        if call.samples == 0 { others += sign }
    }
}

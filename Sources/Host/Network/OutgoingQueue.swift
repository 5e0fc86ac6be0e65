// What waits to be written to one client: bounded, in order, and able to forget a reply. A value; no locks, no sockets.

struct OutgoingQueue {
    private var messages: [OutgoingMessage] = []
    /// Index of the first message that has not been taken; taken ones are cleared away in batches.
    private var head = 0
    private let limit: Int

    /// Payload bytes waiting.
    private(set) var bytes = 0

    init(limit: Int) {
        self.limit = limit
    }

    var isEmpty: Bool { head == messages.count }

    /// False, and nothing changes, when the message would lead beyond the limit. An empty queue takes any message.
    mutating func append(_ message: OutgoingMessage) -> Bool {
        guard isEmpty || message.size <= limit - bytes else { return false }
        add(message)
        return true
    }

    /// Forgets every binary message with this tag and appends `message`, which is not subject to the limit: what tells
    /// a client of the cut must never be lost. Returns the bytes forgotten.
    mutating func discard(tag: Int, then message: OutgoingMessage?) -> Int {
        let before = bytes
        var kept: [OutgoingMessage] = []
        for message in messages[head...] {
            if case .binary(_, tag) = message {
                bytes -= message.size
            } else {
                kept.append(message)
            }
        }
        messages = kept
        head = 0
        let forgotten = before - bytes
        if let message { add(message) }
        return forgotten
    }

    mutating func next() -> OutgoingMessage? {
        guard !isEmpty else { return nil }
        let message = messages[head]
        messages[head] = .text("")  // The bytes are not held until the batch is cleared.
        head += 1
        bytes -= message.size
        if isEmpty {
            removeAll()
        } else if head >= 256 {
            messages.removeFirst(head)
            head = 0
        }
        return message
    }

    mutating func removeAll() {
        messages.removeAll(keepingCapacity: messages.count <= 256)
        head = 0
        bytes = 0
    }

    private mutating func add(_ message: OutgoingMessage) {
        messages.append(message)
        bytes += message.size
    }
}

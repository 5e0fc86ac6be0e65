// A peer as the rest of the program sees it: a queue to write to. Its socket is `WebSocketPeer`'s business.
internal import Support

/// An open WebSocket. Usable from any thread; nothing here blocks or touches the socket.
package final class Connection: Sendable {
    /// Why and how a connection is to be closed.
    struct Closing: Sendable, Equatable {
        let code: Int
        let text: String
        let reason: CloseReason
    }

    fileprivate enum Phase {
        case open
        case closing(Closing)
        case closed
    }

    fileprivate struct State {
        var queue: OutgoingQueue
        var phase = Phase.open
        var subprotocol: String?
        /// The loop knows that there is something to write.
        var isCalled = false
    }

    /// Unique in the life of its server or client, from 1.
    package let id: Int
    private let state: Locked<State>
    private let calls: WriteCalls

    init(id: Int, maxQueuedBytes: Int, calls: WriteCalls) {
        self.id = id
        self.calls = calls
        state = Locked(State(queue: OutgoingQueue(limit: maxQueuedBytes)))
    }

    /// Queues a message. False when the queue is full (`maxQueuedBytes`) or the connection is closing or closed.
    package func send(_ message: OutgoingMessage) -> Bool {
        let (isQueued, mustCall) = state.withLock { state -> (Bool, Bool) in
            guard case .open = state.phase, state.queue.append(message) else { return (false, false) }
            return (true, state.call())
        }
        if mustCall { calls.add(id) }
        return isQueued
    }

    /// Barge-in: in one step forgets every queued binary message with this tag whose first byte has not been handed to
    /// libwebsockets, and queues `message` behind what stays (also when the queue is full). Nothing of the tag is
    /// written after `message` unless it is sent after this call. Returns the payload bytes forgotten.
    package func discard(tag: Int, then message: OutgoingMessage?) -> Int {
        let (forgotten, mustCall) = state.withLock { state -> (Int, Bool) in
            guard case .open = state.phase else { return (0, false) }
            let forgotten = state.queue.discard(tag: tag, then: message)
            return (forgotten, message == nil ? false : state.call())
        }
        if mustCall { calls.add(id) }
        return forgotten
    }

    /// Closes once what is queued has been written, or after 2 s. Later sends are refused. `code` is a status code of
    /// RFC 6455 §7.4; of `reason` 123 bytes are sent.
    package func close(code: Int, reason: String) {
        close(Closing(code: code, text: reason, reason: .closedHere(code: code)))
    }

    /// What the two sides agreed to speak; nil when nothing was.
    package var subprotocol: String? { state.withLock { $0.subprotocol } }

    /// Payload bytes waiting here; those already handed to libwebsockets or the kernel are not among them.
    package var queuedBytes: Int { state.withLock { $0.queue.bytes } }

    // MARK: For the loop

    func select(_ subprotocol: String?) {
        state.withLock { $0.subprotocol = subprotocol }
    }

    func close(_ closing: Closing) {
        let mustCall = state.withLock { state in
            guard case .open = state.phase else { return false }
            state.phase = .closing(closing)
            return state.call()
        }
        if mustCall { calls.add(id) }
    }

    /// What the loop is to do next.
    enum Step: Sendable {
        case write(OutgoingMessage)
        /// Everything has been written that was queued before somebody asked to close.
        case close(Closing)
        /// Nothing; the loop is called again when there is something.
        case rest
    }

    func next() -> Step {
        state.withLock { state in
            if let message = state.queue.next() { return .write(message) }
            state.isCalled = false
            if case .closing(let closing) = state.phase { return .close(closing) }
            return .rest
        }
    }

    /// How this connection is to be closed, once somebody has asked for it.
    var closing: Closing? {
        state.withLock { state in
            if case .closing(let closing) = state.phase { closing } else { nil }
        }
    }

    /// Closes without what is queued: for a client that does not read.
    func abandon(_ closing: Closing) {
        state.withLock { state in
            state.queue.removeAll()
            state.phase = .closing(closing)
        }
    }

    /// The socket is gone: nothing is accepted any more, nothing is kept.
    func markClosed() {
        state.withLock { state in
            state.phase = .closed
            state.queue.removeAll()
        }
    }
}

extension Connection.State {
    /// Whether the loop must be told, which it is only once per burst.
    fileprivate mutating func call() -> Bool {
        defer { isCalled = true }
        return !isCalled
    }
}

/// The connections that have something to write: filled by all threads, emptied by the loop.
final class WriteCalls: Sendable {
    private let ids = Locked<[Int]>([])
    private let thread: OwnThread

    init(waking thread: OwnThread) {
        self.thread = thread
    }

    func add(_ id: Int) {
        let isFirst = ids.withLock { ids in
            ids.append(id)
            return ids.count == 1
        }
        if isFirst { thread.wake() }
    }

    func take() -> [Int] {
        ids.withLock { ids in
            defer { ids = [] }
            return ids
        }
    }
}

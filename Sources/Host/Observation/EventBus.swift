// The one stream of events. Emitting never waits: readers have bounded buffers of their own and lose their oldest events
// when they are slow, and are told how many.
package import Conversation
internal import Support

/// Numbers events and hands them to whoever reads. Usable from any thread.
package final class EventBus: Sendable {
    private struct State {
        var sequence = 0
        var readers: [EventReader] = []
    }

    private let state = Locked(State())

    /// A bus without readers.
    package init() {}

    /// Puts `event` on the stream and returns its sequence number.
    @discardableResult
    package func emit(_ event: Event) -> Int {
        // Readers take the event under the bus's lock, so that all of them see one order.
        state.withLock { state in
            state.sequence += 1
            var event = event
            event.sequence = state.sequence
            for reader in state.readers { reader.take(event) }
            return state.sequence
        }
    }

    /// A new reader of what is emitted from now on, with room for `capacity` events it has not taken yet.
    package func subscribe(capacity: Int) -> EventReader {
        let reader = EventReader(capacity: capacity)
        state.withLock { $0.readers.append(reader) }
        return reader
    }

    /// Ends a reader: it is given nothing more.
    package func unsubscribe(_ reader: EventReader) {
        state.withLock { $0.readers.removeAll { $0 === reader } }
    }
}

/// One reader's place in the stream. Usable from any thread, meant for one.
package final class EventReader: Sendable {
    private struct State {
        var events: [Event] = []
        var dropped = 0
    }

    private let state = Locked(State())
    private let capacity: Int
    private let signal = Signal()

    init(capacity: Int) { self.capacity = max(1, capacity) }

    /// Takes everything that has arrived since the last time, oldest first, and how many were lost before it.
    package func drain() -> (events: [Event], dropped: Int) {
        state.withLock { state in
            defer { state = State() }
            return (state.events, state.dropped)
        }
    }

    /// Blocks the calling thread until something has arrived, or `milliseconds` have passed.
    package func wait(milliseconds: Int) { signal.wait(milliseconds: milliseconds) }

    func take(_ event: Event) {
        state.withLock { state in
            if state.events.count == capacity {
                // Half at a time: shifting the whole buffer for every event would make a slow reader dear.
                let excess = max(1, capacity / 2)
                state.events.removeFirst(excess)
                state.dropped += excess
            }
            state.events.append(event)
        }
        signal.raise()
    }
}

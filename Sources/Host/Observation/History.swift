// The newest events, bounded. Older ones are in the event file.
package import Conversation

extension Ledger {
    /// A bounded list of events, each under its ordinal: the how-manyth it was to be folded, from 0. Ordinals have no gaps,
    /// which the stream's sequence numbers have where a slow reader lost some.
    package struct History: Sendable {
        /// How many are kept.
        package let capacity: Int
        private var storage: [Event] = []
        /// The ordinal of the next event.
        package private(set) var end = 0

        init(capacity: Int) { self.capacity = max(capacity, 1) }

        /// The ordinal of the oldest event that is kept.
        package var start: Int { end - storage.count }
        /// The ordinals there are.
        package var ordinals: Range<Int> { start..<end }

        /// The event, or nil if it is not kept any more, or not yet there.
        package subscript(ordinal: Int) -> Event? {
            ordinals.contains(ordinal) ? storage[ordinal % capacity] : nil
        }

        /// The event with the sequence number, by bisection: the stream is in order.
        package func event(sequence: Int) -> Event? {
            var low = start
            var high = end
            while low < high {
                let middle = (low + high) / 2
                if storage[middle % capacity].sequence < sequence { low = middle + 1 } else { high = middle }
            }
            return self[low].flatMap { $0.sequence == sequence ? $0 : nil }
        }

        mutating func append(_ event: Event) {
            if storage.count < capacity { storage.append(event) } else { storage[end % capacity] = event }
            end += 1
        }
    }
}

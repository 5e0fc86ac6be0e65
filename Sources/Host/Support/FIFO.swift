// First in, first out, on an array.

/// A queue. Taking from the front costs nothing but now and then a move of what is left.
package struct FIFO<Element> {
    private var elements: [Element?] = []
    private var head = 0

    /// An empty queue.
    package init() {}

    package var count: Int { elements.count - head }
    package var isEmpty: Bool { count == 0 }

    /// Queues at the end.
    package mutating func append(_ element: Element) { elements.append(element) }

    /// Takes the oldest.
    package mutating func popFirst() -> Element? {
        guard head < elements.count else { return nil }
        let element = elements[head]
        elements[head] = nil
        head += 1
        if head == elements.count {
            elements.removeAll(keepingCapacity: true)
            head = 0
        } else if head >= 32, head * 2 >= elements.count {
            elements.removeFirst(head)
            head = 0
        }
        return element
    }

    /// Takes out all that fit, from anywhere, and returns how many.
    @discardableResult
    package mutating func removeAll(where fits: (Element) -> Bool) -> Int {
        let before = count
        elements = elements[head...].filter { $0.map { !fits($0) } ?? false }
        head = 0
        return before - count
    }

    /// Takes out the oldest that fits.
    package mutating func removeFirst(where fits: (Element) -> Bool) -> Element? {
        guard let index = elements[head...].firstIndex(where: { $0.map(fits) ?? false }) else { return nil }
        return elements.remove(at: index)
    }
}

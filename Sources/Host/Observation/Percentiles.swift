// Exact percentiles of the newest values. For spans of time, a histogram is the later Latency screen's business.

/// The percentiles of the last `capacity` values. Adding costs a binary search and a move of at most `capacity` doubles.
package struct Percentiles: Sendable {
    /// How many values count.
    package let capacity: Int
    private var recent: [Double] = []
    private var oldest = 0
    private var sorted: [Double] = []

    /// Empty.
    package init(capacity: Int = 1000) { self.capacity = max(capacity, 1) }

    /// How many values there are, at most `capacity`.
    package var count: Int { sorted.count }

    /// Takes a value in; the oldest leaves when there are too many. What is not a number is ignored.
    package mutating func add(_ value: Double) {
        guard value.isFinite else { return }
        if recent.count < capacity {
            recent.append(value)
        } else {
            sorted.remove(at: place(of: recent[oldest]))
            recent[oldest] = value
            oldest = (oldest + 1) % capacity
        }
        sorted.insert(value, at: place(of: value))
    }

    /// The nearest-rank percentile: the smallest value that at least `fraction` (0 to 1) of all values do not exceed. Nil
    /// when there are none.
    package func value(at fraction: Double) -> Double? {
        guard !sorted.isEmpty else { return nil }
        let rank = (min(max(fraction, 0), 1) * Double(sorted.count)).rounded(.up)
        return sorted[min(max(Int(rank), 1), sorted.count) - 1]
    }

    /// Where `value` is, or would be, in `sorted`.
    private func place(of value: Double) -> Int {
        var low = 0
        var high = sorted.count
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

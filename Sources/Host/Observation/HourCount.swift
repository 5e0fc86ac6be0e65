// How often something happened in the last hour.
package import Conversation

/// A count over the last 60 minutes, in buckets of one minute.
package struct HourCount: Sendable {
    private var buckets: [Int] = Array(repeating: 0, count: 60)
    /// The minute, since the server started, of the newest bucket.
    private var minute: Int64 = 0

    /// Nothing yet.
    package init() {}

    /// It happened once more.
    package mutating func add(at moment: Moment) {
        let now = max(Self.minute(of: moment), minute)
        let passed = min(now - minute, 60)
        for step in 0..<passed { buckets[Self.bucket(minute + 1 + step)] = 0 }
        if passed == 60 { buckets = Array(repeating: 0, count: 60) }
        minute = now
        buckets[Self.bucket(now)] += 1
    }

    /// How often it happened in the 60 minutes before `moment`.
    package func count(at moment: Moment) -> Int {
        let now = max(Self.minute(of: moment), minute)
        guard now - minute < 60 else { return 0 }
        let first = max(now - 59, minute - 59)
        return (first...minute).reduce(0) { $0 + buckets[Self.bucket($1)] }
    }

    private static func minute(of moment: Moment) -> Int64 { max(moment.microseconds, 0) / 60_000_000 }
    private static func bucket(_ minute: Int64) -> Int { Int(((minute % 60) + 60) % 60) }
}

// Time in the core is an argument: nothing here reads a clock.

/// A point on the server's monotonic clock, in microseconds since the server started. In tests, whatever the test says.
package struct Moment: Sendable, Hashable, Comparable {
    /// Microseconds since the server started.
    package var microseconds: Int64

    /// A moment.
    package init(microseconds: Int64) { self.microseconds = microseconds }

    /// Milliseconds since the server started.
    package static func ms(_ milliseconds: Double) -> Moment { Moment(microseconds: Int64(milliseconds * 1000)) }

    /// The start of the server.
    package static let zero = Moment(microseconds: 0)

    /// Milliseconds since the server started.
    package var milliseconds: Double { Double(microseconds) / 1000 }

    package static func < (left: Moment, right: Moment) -> Bool { left.microseconds < right.microseconds }
    package static func + (moment: Moment, span: TimeSpan) -> Moment {
        Moment(microseconds: moment.microseconds &+ span.microseconds)
    }
    package static func - (moment: Moment, span: TimeSpan) -> Moment {
        Moment(microseconds: moment.microseconds &- span.microseconds)
    }
    package static func - (end: Moment, start: Moment) -> TimeSpan {
        TimeSpan(microseconds: end.microseconds &- start.microseconds)
    }
}

/// A length of time, in microseconds. Smaller and quicker than `Duration`, whose 128 bits nobody here needs.
package struct TimeSpan: Sendable, Hashable, Comparable {
    /// May be negative.
    package var microseconds: Int64

    /// A span.
    package init(microseconds: Int64) { self.microseconds = microseconds }

    /// So many milliseconds.
    package static func ms(_ milliseconds: Double) -> TimeSpan { TimeSpan(microseconds: Int64(milliseconds * 1000)) }
    /// So many seconds.
    package static func seconds(_ seconds: Double) -> TimeSpan { .ms(seconds * 1000) }
    /// How long `count` samples last at `rate` Hz.
    package static func samples(_ count: Int, rate: Int) -> TimeSpan {
        TimeSpan(microseconds: Int64(count) * 1_000_000 / Int64(max(rate, 1)))
    }

    /// Nothing.
    package static let zero = TimeSpan(microseconds: 0)

    /// The span in milliseconds.
    package var milliseconds: Double { Double(microseconds) / 1000 }
    /// How many samples at `rate` Hz last so long; never negative.
    package func samples(rate: Int) -> Int { Int(max(microseconds, 0) * Int64(rate) / 1_000_000) }

    package static func < (left: TimeSpan, right: TimeSpan) -> Bool { left.microseconds < right.microseconds }
    package static func + (left: TimeSpan, right: TimeSpan) -> TimeSpan {
        TimeSpan(microseconds: left.microseconds &+ right.microseconds)
    }
    package static func - (left: TimeSpan, right: TimeSpan) -> TimeSpan {
        TimeSpan(microseconds: left.microseconds &- right.microseconds)
    }
}

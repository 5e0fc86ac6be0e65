// The clock that only goes forward, for those who carry time out (nobody in the pure core may read it).
internal import Glibc

/// CLOCK_MONOTONIC: not set back by anybody, stands still while the machine sleeps.
package enum MonotonicClock {
    /// Nanoseconds since an arbitrary start.
    package static func nanoseconds() -> Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
}

extension Duration {
    /// The whole nanoseconds of this duration; those beyond 292 years become the largest number there is.
    package var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflow else { return seconds < 0 ? .min : .max }
        let (sum, tooFar) = whole.addingReportingOverflow(attoseconds / 1_000_000_000)
        return tooFar ? (seconds < 0 ? .min : .max) : sum
    }
}

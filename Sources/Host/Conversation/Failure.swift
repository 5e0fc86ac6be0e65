// Trouble inside a call is a value: it goes into the turn machine, which answers with an effect.

/// Why something could not be done. The class decides what can help.
package struct Failure: Error, Sendable, Equatable {
    /// By meaning, not by status code.
    package enum Kind: String, Sendable, CaseIterable {
        case unreachable, throttled, unauthorised, exhausted, invalid, vendor, late, cancelled
    }

    package var kind: Kind
    /// A sentence for the operator, without secrets.
    package var message: String
    /// The wait the vendor asked for.
    package var retryAfter: TimeSpan?

    /// A failure.
    package init(_ kind: Kind, _ message: String, retryAfter: TimeSpan? = nil) {
        self.kind = kind
        self.message = message
        self.retryAfter = retryAfter
    }

    /// Trying the same provider again may help.
    package var isRetryable: Bool {
        switch kind {
        case .unreachable, .throttled, .vendor, .late: true
        case .unauthorised, .exhausted, .invalid, .cancelled: false
        }
    }

    /// Another provider may help.
    package var allowsFailover: Bool { kind != .cancelled }
}

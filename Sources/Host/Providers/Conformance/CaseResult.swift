// What the conformance check found, for whoever wrote the plugin.
package import Conversation

/// One case of the check and how it went.
package struct CaseResult: Sendable, Equatable {
    package enum Outcome: Sendable, Equatable {
        case passed
        /// Why, in a sentence.
        case failed(String)
        /// Could not be tried, because an earlier case failed.
        case skipped(String)
    }

    /// nil for what is about the library as a whole.
    package var slot: Slot?
    /// What was asked of the plugin: "a cancelled request falls silent".
    package var name: String
    package var outcome: Outcome
    package var milliseconds: Int

    package var isFailed: Bool { if case .failed = outcome { true } else { false } }
}

/// A plugin did not do what its contract says.
struct Violation: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}

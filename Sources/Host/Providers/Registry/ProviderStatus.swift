// How each entry of the manifest stands, for people.
package import Conversation

/// One entry and what became of it.
package struct ProviderStatus: Sendable, Equatable {
    /// Where an entry stands.
    package enum State: Sendable, Equatable {
        /// The first of its chain that can.
        case serving
        /// Takes over if those before it fail.
        case standby
        /// Not set up: a secret is not set.
        case skipped(String)
        /// Cannot be used as it is.
        case rejected(String)
        /// In no chain; not loaded.
        case unused

        /// In one word.
        package var name: String {
            switch self {
            case .serving: "serving"
            case .standby: "standby"
            case .skipped: "skipped"
            case .rejected: "rejected"
            case .unused: "unused"
            }
        }

        /// Why it does not serve; nil where it does or would.
        package var reason: String? {
            switch self {
            case .serving, .standby: nil
            case .skipped(let reason), .rejected(let reason): reason
            case .unused: "in no pipeline"
            }
        }
    }

    package var slot: Slot
    package var entry: String
    /// As the manifest names it.
    package var library: String
    /// nil where it was not loaded.
    package var version: String?
    package var state: State
}

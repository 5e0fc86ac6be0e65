// What is worth a line between the words of a conversation: interruptions, retries, failures, replacements.
package import Conversation

extension Ledger {
    /// A request that is going to be tried again.
    package struct Retry: Sendable, Equatable {
        package var slot: String
        package var provider: String
        package var request: String
        package var attempt: Int
        package var limit: Int
        /// How long it waits before, in ms.
        package var delay: Double
        package var reason: String

        init(_ event: Event) {
            slot = event.text("slot")
            provider = event.text("provider")
            request = event.requestName
            attempt = event.int("attempt") ?? 0
            limit = event.int("of") ?? 0
            delay = event.number("delay_ms") ?? 0
            reason = event.text("reason")
        }
    }

    /// Something worth a line.
    package struct Note: Sendable, Equatable {
        /// What it was. Times are in ms.
        package enum What: Sendable, Equatable {
            /// `onset`: from the onset of the caller's speech until nothing of the reply left any more.
            case bargeIn(rule: String, heard: Int, of: Int, onset: Double?)
            case dismissed(rule: String, after: Double)
            case retrying(Retry)
            case failed(slot: String, provider: String, reason: String)
            case failover(slot: String, from: String, to: String, reason: String)
            case reconnected(provider: String, after: Double)
        }

        package var at: Moment
        package var what: What

        /// Nil for an event that is not worth one.
        package init?(_ event: Event) {
            at = event.at
            switch event.kind {
            case .bargeInConfirmed:
                what = .bargeIn(
                    rule: event.text("rule"), heard: event.int("heard_words") ?? 0, of: event.int("of_words") ?? 0,
                    onset: event.number("onset_ms"))
            case .bargeInDismissed:
                what = .dismissed(rule: event.text("rule"), after: event.number("ms") ?? 0)
            case .requestRetrying: what = .retrying(Retry(event))
            case .requestFailed:
                let words = event.words?.sanitised(limit: 200) ?? ""
                what = .failed(
                    slot: event.text("slot"), provider: event.text("provider"),
                    reason: [event.text("class"), words].filter { !$0.isEmpty }.joined(separator: ": "))
            case .providerFailover:
                what = .failover(
                    slot: event.text("slot"), from: event.text("from"), to: event.text("to"),
                    reason: event.text("reason"))
            case .providerReconnected:
                what = .reconnected(provider: event.text("provider"), after: event.number("ms") ?? 0)
            default: return nil
            }
        }
    }
}

extension Event {
    /// The request's name, whether it is sent as a number or as text.
    var requestName: String { int("request").map(String.init) ?? text("request") }
}

// The server's log where there is no dashboard: one plain sentence for every notable event.
internal import Conversation
internal import Glibc
internal import Observation
internal import Support

/// Tells the events of `bus` on the standard output until the process ends.
func narrate(_ voiced: Voiced) {
    let reader = voiced.bus.subscribe(capacity: 10_000)
    startThread("narrator") {
        while true {
            reader.wait(milliseconds: 1_000)
            let (events, dropped) = reader.drain()
            if dropped > 0 { print("… \(dropped) events were too many to tell") }
            for event in events {
                if let sentence = event.sentence { print("\(wallClock())  \(sentence)") }
            }
            _ = fflush(nil)
        }
    }
}

private func wallClock() -> String {
    var now = time(nil)
    var parts = unsafe tm()
    unsafe localtime_r(&now, &parts)
    let two = { (number: Int32) in number < 10 ? "0\(number)" : "\(number)" }
    return unsafe "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
}

extension Event {
    /// What happened, for a person; nil for what only a machine wants to know. Never the words of a caller.
    var sentence: String? {
        let who = session.map { "call \($0.short)" } ?? "server"
        let turn = turn.map { " turn \($0)" } ?? ""
        func text(_ name: String) -> String { (fields[name]?.text ?? "-").sanitised(limit: 80) }
        func number(_ name: String) -> Int { Int(fields[name]?.number ?? 0) }
        switch kind {
        case .sessionStarted:
            return "\(who) began from \(text("peer")), \(text("stt")) · \(text("llm")) · \(text("tts"))"
        case .sessionEnded: return "\(who) ended (\(text("reason"))) after \(number("turns")) turns"
        case .turnTimed: return "\(who)\(turn) answered after \(number("total_ms")) ms"
        case .bargeInConfirmed:
            let heard = "\(number("heard_words")) of \(number("of_words")) words heard"
            return "\(who)\(turn) barge-in by \(text("rule")), \(heard)"
        case .turnEnded where fields["outcome"]?.text == "failed": return "\(who)\(turn) failed"
        case .requestFailed: return "\(who)\(turn) \(text("slot")) \(text("provider")) failed: \(text("class"))"
        case .requestRetrying: return "\(who)\(turn) \(text("slot")) \(text("provider")) is tried again"
        case .providerFailover: return "\(who) \(text("slot")) goes from \(text("from")) to \(text("to"))"
        case .providerSkipped, .providerRejected:
            return "\(text("slot")) \(text("entry")) does not serve: \(text("reason"))"
        case .clientError: return "\(who) sent what was not understood: \(text("what"))"
        case .log where fields["level"]?.text == "warn" || fields["level"]?.text == "error":
            return "\(who) \(text("source")): \((words ?? "").sanitised(limit: 300))"
        case .serverStopping: return "server is stopping (\(text("reason")))"
        default: return nil
        }
    }
}

// What an event says, in words for a person: short enough for a row of 80 columns, the most telling first.
internal import Conversation
internal import Observation

enum EventWords {
    /// After the event's name.
    static func detail(of event: Event, _ scene: Scene) -> String {
        if let note = Ledger.Note(event) { return text(of: note.what, scene) }
        switch event.kind {
        case .log: return "\(event.text("source")): \(scene.words(event.safeWords))"
        case .turnTimed:
            let total = Format.seconds(ms: event.number("total_ms") ?? 0)
            return "\(total) s of \(Format.seconds(ms: scene.budget)) s"
        case .sessionStarted:
            let providers = Slot.allCases.map { event.text($0.rawValue) }.filter { !$0.isEmpty }
            return "from \(event.text("peer")), \(providers.joined(separator: " · "))"
        case .sessionEnded:
            let turns = Format.count(event.int("turns") ?? 0, "turn")
            let age = Format.age(event.span("age_ms") ?? .zero)
            return "\(SessionList.ending(event.text("reason"))), \(turns), \(age)"
        case .bargeInSuspected: return "by \(event.text("rule"))"
        case .serverStarted:
            let address = "\(event.text("address")):\(event.int("port") ?? 0)"
            return "listens on \(address), \(Format.count(event.int("plugins") ?? 0, "plugin"))"
        case .providerSkipped, .providerRejected:
            return "\(event.text("slot")) \(event.text("entry")): \(event.text("reason"))"
        case .speechStarted: return "begins"
        case .speechStopped: return "ends, \(Format.ms(event.number("length_ms") ?? 0)) ms"
        case .memoryCleared: return "emptied on the caller's wish"
        default: return plain(event, scene)
        }
    }

    private static func text(of what: Ledger.Note.What, _ scene: Scene) -> String {
        switch what {
        case .bargeIn(let rule, let heard, let total, let onset):
            let quiet = onset.map { ", \(Format.ms($0)) ms" } ?? ""
            return "heard \(heard) of \(total) words\(quiet), by \(rule)"
        case .dismissed(let rule, let after): return "resumed after \(Format.ms(after)) ms, \(rule)"
        case .retrying(let retry): return "\(retry.slot) \(retry.provider) \(retry.summary)"
        case .failed(let slot, let provider, let reason): return "\(slot) \(provider) \(scene.words(reason))"
        case .failover(let slot, let from, let to, let reason): return "\(slot) → \(to), \(from) \(reason)"
        case .reconnected(let provider, let after): return "\(provider) back in \(Format.ms(after)) ms"
        }
    }

    /// The fields in their order, the words last.
    private static func plain(_ event: Event, _ scene: Scene) -> String {
        let fields = event.fields.pairs.map { name, value in
            switch value {
            case .text: event.text(name)
            case .number(let value): "\(label(name)) \(number(value))"
            }
        }
        return (fields + [scene.words(event.safeWords)]).filter { !$0.isEmpty }.joined(separator: " ")
    }

    private static func label(_ name: String) -> String {
        let name = name.sanitised(limit: 40)
        return name.hasSuffix("_ms") ? String(name.dropLast(3)) : name
    }

    /// A field's number: whole where it is whole.
    static func number(_ value: Double) -> String {
        guard let whole = Int(exactly: value) else { return Format.decimal(value, places: 1) }
        return Format.grouped(Double(whole))
    }
}

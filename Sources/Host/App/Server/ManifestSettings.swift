// The parts of plugins.json that are the conversation's: `conversation` and `persona`, with their ranges.
internal import Conversation
internal import JSON
internal import Providers

extension ConversationSettings {
    /// Reads `conversation`; every member is optional. Complaints name the setting.
    init(_ members: JSON.Object, complain: @escaping (_ path: [String], _ message: String) -> Void) {
        self.init()
        var reader = SettingReader(section: "conversation", members: members, complain: complain)
        reader.number("output_sample_rate", 8_000...48_000) { outputSampleRate = Int($0) }
        reader.number("silence_ms", 200...3_000) { silence = .ms($0) }
        reader.number("max_utterance_ms", 1_000...120_000) { longestUtterance = .ms($0) }
        reader.number("final_timeout_ms", 200...30_000) { finalTimeout = .ms($0) }
        reader.number("recall_timeout_ms", 50...10_000) { recallTimeout = .ms($0) }
        reader.number("first_token_timeout_ms", 500...120_000) { firstTokenTimeout = .ms($0) }
        reader.number("token_timeout_ms", 500...120_000) { tokenTimeout = .ms($0) }
        reader.number("synthesis_timeout_ms", 500...120_000) { synthesisTimeout = .ms($0) }
        reader.text("apology") { lines.apology = $0 }
        reader.text("lost_thread") { lines.lostThread = $0 }
        reader.refuseUnknown()
    }
}

extension Persona {
    /// Reads `persona`; both members are optional.
    init(_ members: JSON.Object, complain: @escaping (_ path: [String], _ message: String) -> Void) {
        self.init()
        var reader = SettingReader(section: "persona", members: members, complain: complain)
        reader.text("name") { name = $0 }
        reader.text("prompt") { prompt = $0 }
        reader.refuseUnknown()
    }
}

/// Reads the members of one section of the manifest, and complains instead of stopping at the first mistake.
private struct SettingReader {
    let section: String
    let members: JSON.Object
    let complain: (_ path: [String], _ message: String) -> Void
    private var known: [String] = []

    init(section: String, members: JSON.Object, complain: @escaping (_ path: [String], _ message: String) -> Void) {
        self.section = section
        self.members = members
        self.complain = complain
    }

    mutating func number(_ key: String, _ range: ClosedRange<Int>, _ use: (Double) -> Void) {
        known.append(key)
        guard let value = members[key] else { return }
        guard let number = value.int, range.contains(number) else {
            let bounds = "\(range.lowerBound) to \(range.upperBound)"
            return complain([section, key], "\"\(key)\" has to be a whole number from \(bounds)")
        }
        use(Double(number))
    }

    mutating func text(_ key: String, _ use: (String) -> Void) {
        known.append(key)
        guard let value = members[key] else { return }
        guard let text = value.string, !text.isEmpty else {
            return complain([section, key], "\"\(key)\" has to be a text, not \(value.kind)")
        }
        use(text)
    }

    func refuseUnknown() {
        for key in members.keys where !known.contains(key) {
            complain([section, key], "\(section) has no \"\(key)\"; there are \(known.joined(separator: ", "))")
        }
    }
}

// Checks a parsed manifest and collects everything that is wrong with it, each with its line. It looks at the text
// only: whether a library exists or likes its settings is found out when the registry is built.
internal import Conversation
internal import JSON

struct ManifestReader {
    struct Sections {
        var chains: [Slot: [String]] = [:]
        var entries: [Manifest.Entry] = []
        var persona: JSON.Object = [:]
        var conversation: JSON.Object = [:]
    }

    private(set) var complaints: [ManifestError.Complaint] = []
    private let text: String
    private static let slots = sentence(Slot.allCases.map(\.rawValue))

    init(text: String) { self.text = text }

    mutating func read(_ json: JSON) -> Sections {
        var sections = Sections()
        guard let file = json.object else {
            complain([], "the manifest has to be an object, not \(json.kind)")
            return sections
        }
        let known = ["pipeline", "plugins", "persona", "conversation"]
        for key in file.keys where !known.contains(key) {
            complain([key], "there is no section \"\(key)\"; there are \(sentence(known))")
        }
        let plugins = section("plugins", in: file, holds: "it says what each provider is") ?? [:]
        sections.entries = plugins.members.compactMap { entry($0.key, $0.value) }
        if let pipeline = section("pipeline", in: file, holds: "it names the providers of \(Self.slots)") {
            sections.chains = chains(pipeline, all: plugins.keys, sound: sections.entries)
        }
        sections.persona = section("persona", in: file) ?? [:]
        sections.conversation = section("conversation", in: file) ?? [:]
        return sections
    }

    /// A section's members. One that says what it `holds` has to be there.
    private mutating func section(_ key: String, in file: JSON.Object, holds: String? = nil) -> JSON.Object? {
        guard let value = file[key] else {
            if let holds { complain([], "the section \"\(key)\" is missing; \(holds)") }
            return nil
        }
        if value.object == nil { complain([key], "the section \"\(key)\" has to be an object, not \(value.kind)") }
        return value.object
    }

    // MARK: Entries

    private mutating func entry(_ name: String, _ json: JSON) -> Manifest.Entry? {
        let before = complaints.count
        guard let members = json.object else {
            complain(["plugins", name], "the entry \"\(name)\" has to be an object, not \(json.kind)")
            return nil
        }
        if name.isEmpty || name.utf8.count > 64 {
            complain(["plugins", name], "an entry's name has 1 to 64 bytes, \"\(name.prefix(16))\" does not")
        }
        let known = ["slot", "library", "secrets", "settings"]
        for key in members.keys where !known.contains(key) {
            complain(
                ["plugins", name, key],
                "the entry \"\(name)\" has an unknown member \"\(key)\"; there are \(sentence(known))")
        }
        let slot = slot(of: name, members)
        let library = library(of: name, members)
        let secrets = secrets(of: name, members)
        let settings = object("settings", of: name, members)
        guard complaints.count == before, let slot, let library else { return nil }
        return Manifest.Entry(name: name, slot: slot, library: library, secrets: secrets, settings: settings)
    }

    private mutating func slot(of name: String, _ members: JSON.Object) -> Slot? {
        guard let value = members["slot"] else {
            complain(["plugins", name], "the entry \"\(name)\" has no slot; there are \(Self.slots)")
            return nil
        }
        if let slot = value.string.flatMap(Slot.init) { return slot }
        let what = value.string.map { "an unknown slot \"\($0)\"" } ?? "\(value.kind) for a slot"
        complain(["plugins", name, "slot"], "the entry \"\(name)\" has \(what); there are \(Self.slots)")
        return nil
    }

    private mutating func library(of name: String, _ members: JSON.Object) -> String? {
        guard let value = members["library"] else {
            complain(["plugins", name], "the entry \"\(name)\" has no library, such as \"Flite\" or \"./libMine.so\"")
            return nil
        }
        if let library = value.string, !library.isEmpty, !library.utf8.contains(0) { return library }
        let what = value.string == nil ? value.kind : "an impossible name"
        complain(["plugins", name, "library"], "the library of \"\(name)\" has to be a name or a path, not \(what)")
        return nil
    }

    private mutating func secrets(of name: String, _ members: JSON.Object) -> [String: String] {
        var secrets: [String: String] = [:]
        for (secret, value) in object("secrets", of: name, members).members {
            // The value is not shown: it may be the key itself, pasted.
            guard let variable = value.string, Self.isVariable(variable) else {
                complain(
                    ["plugins", name, "secrets", secret],
                    "the secret \"\(secret)\" of \"\(name)\" has to name an environment variable, such as "
                        + "GROK_API_KEY, and is never the key itself")
                continue
            }
            secrets[secret] = variable
        }
        return secrets
    }

    /// Upper case only, which no vendor's keys are.
    private static func isVariable(_ name: String) -> Bool {
        let letters = UInt8(ascii: "A")...UInt8(ascii: "Z")
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard let first = name.utf8.first, !digits.contains(first), name.utf8.count <= 128 else { return false }
        return name.utf8.allSatisfy { letters.contains($0) || digits.contains($0) || $0 == UInt8(ascii: "_") }
    }

    private mutating func object(_ key: String, of name: String, _ members: JSON.Object) -> JSON.Object {
        guard let value = members[key] else { return [:] }
        if let object = value.object { return object }
        complain(["plugins", name, key], "the \(key) of \"\(name)\" have to be an object, not \(value.kind)")
        return [:]
    }

    // MARK: Chains

    private mutating func chains(
        _ pipeline: JSON.Object, all names: [String], sound entries: [Manifest.Entry]
    ) -> [Slot: [String]] {
        for key in pipeline.keys where Slot(rawValue: key) == nil {
            complain(["pipeline", key], "the pipeline has an unknown slot \"\(key)\"; there are \(Self.slots)")
        }
        var chains: [Slot: [String]] = [:]
        for slot in Slot.allCases {
            guard let value = pipeline[slot.rawValue] else {
                complain(["pipeline"], "the pipeline names no provider for \(slot)")
                continue
            }
            let chain = chain(slot, value)
            check(chain, of: slot, all: names, sound: entries)
            chains[slot] = chain
        }
        return chains
    }

    private mutating func chain(_ slot: Slot, _ value: JSON) -> [String] {
        if let name = value.string { return [name] }
        guard let list = value.array else {
            complain(
                ["pipeline", slot.rawValue],
                "the chain for \(slot) has to be a name or a list of names, not \(value.kind)")
            return []
        }
        if list.isEmpty {
            complain(
                ["pipeline", slot.rawValue], "the chain for \(slot) is empty; name at least one entry of \"plugins\"")
        }
        return list.compactMap { element in
            if element.string == nil {
                complain(["pipeline", slot.rawValue], "the chain for \(slot) has to hold names, not \(element.kind)")
            }
            return element.string
        }
    }

    private mutating func check(
        _ chain: [String], of slot: Slot, all names: [String], sound entries: [Manifest.Entry]
    ) {
        var seen: Set<String> = []
        for name in chain {
            let place = ["pipeline", slot.rawValue]
            if !seen.insert(name).inserted {
                complain(place, "the chain for \(slot) names \"\(name)\" twice")
            } else if !names.contains(name) {
                let choices = entries.filter { $0.slot == slot }.map(\.name)
                let hint = choices.isEmpty ? "" : "; for \(slot) there are \(sentence(choices))"
                complain(place, "the chain for \(slot) names \"\(name)\", which is not in \"plugins\"\(hint)")
            } else if let entry = entries.first(where: { $0.name == name }), entry.slot != slot {
                complain(place, "the chain for \(slot) names \"\(name)\", which is an entry for \(entry.slot)")
            }
        }
    }

    private mutating func complain(_ path: [String], _ message: String) {
        complaints.append(ManifestError.Complaint(JSON.line(of: path, in: text), message))
    }
}

/// "a", "a and b", "a, b and c".
func sentence(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
}

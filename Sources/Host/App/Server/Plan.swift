// What the operator wants: the manifest, with the parts of it that are the conversation's checked too.
internal import Conversation
internal import Glibc
internal import Providers
internal import Support

/// A manifest that is right as a whole.
struct Plan {
    let manifest: Manifest
    let settings: ConversationSettings
    let persona: Persona

    /// Reads the file at `path`. Throws every complaint, a line each.
    init(manifest path: String) throws(Voiced.StartError) {
        do throws(ManifestError) {
            manifest = try Manifest.load(path)
            var complaints: [ManifestError.Complaint] = []
            let loaded = manifest
            let complain = { (path: [String], message: String) in
                complaints.append(ManifestError.Complaint(loaded.line(of: path), message))
            }
            settings = ConversationSettings(manifest.conversation, complain: complain)
            persona = Persona(manifest.persona, complain: complain)
            guard complaints.isEmpty else { throw ManifestError(path, complaints) }
        } catch {
            throw Voiced.StartError(description: error.description)
        }
    }

    /// What its providers are loaded with.
    func setup(timers: Timers) -> ProviderSetup {
        ProviderSetup(
            paths: PluginPaths(manifest: manifest.path), environment: manifest.environment(), timers: timers)
    }
}

extension ProviderStatus {
    /// The status as an event; nil for entries nobody asked for.
    func event(at moment: Moment) -> Event? {
        var fields: Event.Fields = ["slot": .text(slot.rawValue), "entry": .text(entry), "library": .text(library)]
        switch state {
        case .serving, .standby:
            fields["version"] = .text(version ?? "")
            fields["state"] = .text(state.name)
            return Event(.providerReady, at: moment, fields)
        case .skipped(let reason):
            fields["reason"] = .text(reason)
            return Event(.providerSkipped, at: moment, fields)
        case .rejected(let reason):
            fields["reason"] = .text(reason)
            return Event(.providerRejected, at: moment, fields)
        case .unused: return nil
        }
    }
}

// `plugins.json` as a value: what is configured, without having loaded any of it. How it is read: `ManifestReader`.
package import Conversation
package import JSON
internal import Support

/// The manifest: which providers there are, in which order they serve, and what else the operator sets.
package struct Manifest: Sendable {
    /// One provider as the file has it: a library with settings, in one slot.
    package struct Entry: Sendable, Equatable {
        /// Unique in the file.
        package var name: String
        package var slot: Slot
        /// As written: a name, or a path.
        package var library: String
        /// The secret's name for the plugin, and the environment variable that holds it.
        package var secrets: [String: String]
        /// For the plugin to check.
        package var settings: JSON.Object
    }

    /// The file, as it was named.
    package let path: String
    /// Of every slot, the names of the entries that may serve it, the preferred one first. Each exists in `entries`.
    package let chains: [Slot: [String]]
    /// In the order of the file.
    package let entries: [Entry]
    /// {"name": …, "prompt": …}, as written; empty where the file has none.
    package let persona: JSON.Object
    /// Settings of the conversation, as written; empty where the file has none.
    package let conversation: JSON.Object

    private let text: String

    init(path: String, text: String, sections: ManifestReader.Sections) {
        self.path = path
        self.text = text
        chains = sections.chains
        entries = sections.entries
        persona = sections.persona
        conversation = sections.conversation
    }

    /// The entry of that name.
    package func entry(_ name: String) -> Entry? { entries.first { $0.name == name } }

    /// The line, from 1, of the value at `path`, e.g. `["persona", "name"]`, or of the nearest around it: for
    /// complaints about what only others can check.
    package func line(of path: [String]) -> Int { JSON.line(of: path, in: text) }

    /// Reads and checks the file at `path`. Every complaint is in the error, not just the first.
    package static func load(_ path: String) throws(ManifestError) -> Manifest {
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try readFile(path, limit: JSONLimits.own.bytes)
        } catch {
            let what =
                error.isMissing
                ? "there is no manifest at \(absolutePath(path))" : "the manifest cannot be read: \(error.reason)"
            throw ManifestError(path, [.init(nil, "\(what); name another with --manifest FILE")])
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ManifestError(path, [.init(nil, "the manifest is not UTF-8 text")])
        }
        return try parse(text, path: path)
    }

    /// The same for a text that is already there. `path` is for messages, and for libraries with relative paths.
    package static func parse(_ text: String, path: String = "plugins.json") throws(ManifestError) -> Manifest {
        let json: JSON
        do throws(JSONError) {
            json = try JSON(parsing: text, limits: .own)
        } catch {
            throw ManifestError(path, [.init(error.line, "not JSON: \(error.reason) (column \(error.column))")])
        }
        var reader = ManifestReader(text: text)
        let sections = reader.read(json)
        guard reader.complaints.isEmpty else { throw ManifestError(path, reader.complaints) }
        return Manifest(path: path, text: text, sections: sections)
    }
}

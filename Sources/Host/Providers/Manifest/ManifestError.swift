// What is wrong with a manifest, for the person who edits it.

/// Everything that is wrong with a manifest, in the order of the file.
package struct ManifestError: Error, Sendable, Equatable, CustomStringConvertible {
    /// One thing to put right.
    package struct Complaint: Sendable, Equatable {
        /// From 1; nil where it is about the file as a whole.
        package var line: Int?
        /// A sentence without its full stop.
        package var message: String

        package init(_ line: Int?, _ message: String) {
            self.line = line
            self.message = message
        }
    }

    /// The file, as it was named.
    package let path: String
    /// At least one.
    package let complaints: [Complaint]

    package init(_ path: String, _ complaints: [Complaint]) {
        self.path = path
        self.complaints = complaints.enumerated()
            .sorted { ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset) }.map(\.element)
    }

    /// One line a complaint: "plugins.json line 12: …".
    package var description: String {
        complaints.map { complaint in
            let place = complaint.line.map { " line \($0)" } ?? ""
            return "\(path)\(place): \(complaint.message)"
        }.joined(separator: "\n")
    }
}

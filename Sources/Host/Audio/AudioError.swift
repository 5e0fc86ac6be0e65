// What can go wrong with sound before any of it has been heard.

/// A sentence that says what could not be set up, and what to do.
package struct AudioError: Error, Sendable, Equatable, CustomStringConvertible {
    package let description: String

    /// `description` is a whole sentence.
    package init(_ description: String) { self.description = description }
}

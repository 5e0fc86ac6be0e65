// Why a library is not taken.

/// A library was refused: one sentence for the operator.
package struct LoadError: Error, Sendable, Equatable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}

// A key of the operator's: something that cannot be printed by accident.

/// A value that shows itself as "***" wherever it is described, and has to be asked for.
package struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let value: String

    package init(_ value: String) { self.value = value }

    package var description: String { "***" }
    package var debugDescription: String { "***" }
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// The value itself, for the plugin whose entry names it and nobody else.
    func reveal() -> String { value }

    /// `text` with every occurrence of the value replaced: for what the plugin that knows it says.
    func redact(_ text: String) -> String {
        // Shorter ones are no keys, and would hollow out ordinary words.
        guard value.utf8.count >= 4 else { return text }
        let bytes = Array(text.utf8)
        let secret = Array(value.utf8)
        var output: [UInt8] = []
        var position = 0
        while position < bytes.count {
            if bytes[position...].starts(with: secret) {
                output += Array("***".utf8)
                position += secret.count
            } else {
                output.append(bytes[position])
                position += 1
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}

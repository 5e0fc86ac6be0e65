// An entry's settings, read with types and ranges, so that a wrong one is refused with a sentence that names it.
public import JSON

/// The settings of a manifest entry. Every accessor throws a `Failure` that names the setting; call
/// `refuseUnknown()` after the last of them, so that a misspelt setting is not silently ignored.
public struct Settings: Sendable {
    private let values: JSON.Object
    private var known: Set<String> = []

    /// Settings from an entry's object.
    public init(_ values: JSON.Object) { self.values = values }

    /// The string under `key`, one of `allowed` if given.
    public mutating func string(
        _ key: String, default fallback: String, oneOf allowed: [String]? = nil
    ) throws(Failure) -> String {
        guard let value = take(key) else { return fallback }
        guard let text = value.string else { throw wrong(key, "has to be a string, not \(value.kind)") }
        if let allowed, !allowed.contains(text) {
            throw wrong(key, "has to be one of \(allowed.joined(separator: ", ")), not \"\(text)\"")
        }
        return text
    }

    /// The string under `key`, or nil where there is none.
    public mutating func optionalString(_ key: String) throws(Failure) -> String? {
        guard let value = take(key), value != .null else { return nil }
        guard let text = value.string else { throw wrong(key, "has to be a string, not \(value.kind)") }
        return text
    }

    /// The number under `key`, inside `range`.
    public mutating func number(
        _ key: String, default fallback: Double, in range: ClosedRange<Double>
    ) throws(Failure) -> Double {
        guard let value = take(key) else { return fallback }
        guard let number = value.number else { throw wrong(key, "has to be a number, not \(value.kind)") }
        guard range.contains(number) else {
            let (low, high) = (JSON.number(range.lowerBound).text, JSON.number(range.upperBound).text)
            throw wrong(key, "has to be from \(low) to \(high)")
        }
        return number
    }

    /// The whole number under `key`, inside `range`.
    public mutating func int(_ key: String, default fallback: Int, in range: ClosedRange<Int>) throws(Failure) -> Int {
        guard let value = take(key) else { return fallback }
        guard let number = value.int, range.contains(number) else {
            throw wrong(key, "has to be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// The boolean under `key`.
    public mutating func bool(_ key: String, default fallback: Bool) throws(Failure) -> Bool {
        guard let value = take(key) else { return fallback }
        guard let flag = value.bool else { throw wrong(key, "has to be true or false, not \(value.kind)") }
        return flag
    }

    /// The raw value under `key`, for settings with a shape of their own.
    public mutating func value(_ key: String) -> JSON? { take(key) }

    /// Throws when there is a setting that none of the calls before asked for.
    public func refuseUnknown() throws(Failure) {
        guard let stranger = values.keys.first(where: { !known.contains($0) }) else { return }
        let choices = known.sorted().joined(separator: ", ")
        throw Failure(.invalid, "there is no setting \"\(stranger)\"; there are: \(choices)")
    }

    private mutating func take(_ key: String) -> JSON? {
        known.insert(key)
        return values[key]
    }

    private func wrong(_ key: String, _ what: String) -> Failure {
        Failure(.invalid, "the setting \"\(key)\" \(what)")
    }
}

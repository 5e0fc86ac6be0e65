// A JSON value, its parser and its writer, without Foundation (which would cost every process 17 MB). The parser has
// limits, because it reads what strangers send, and can report the line of a value, because people edit the manifest.

/// One JSON value. Numbers are doubles, as in JavaScript: whole up to 2^53.
public enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSON])
    case object(Object)

    /// The members of an object, in the order they were written. Keys are unique.
    public struct Object: Sendable, Equatable, ExpressibleByDictionaryLiteral {
        /// Key and value, in order.
        public private(set) var members: [(key: String, value: JSON)] = []

        /// An object without members.
        public init() {}

        /// The last of equal keys wins.
        public init(dictionaryLiteral elements: (String, JSON)...) {
            for (key, value) in elements { self[key] = value }
        }

        /// The keys, in order.
        public var keys: [String] { members.map(\.key) }

        /// The value under `key`. Setting nil removes the member. Linear: objects here are small.
        public subscript(key: String) -> JSON? {
            get { members.first { $0.key == key }?.value }
            set {
                let index = members.firstIndex { $0.key == key }
                switch (index, newValue) {
                case (let index?, let value?): members[index].value = value
                case (let index?, nil): members.remove(at: index)
                case (nil, let value?): members.append((key, value))
                case (nil, nil): break
                }
            }
        }

        /// Equal when the same keys hold equal values, in whatever order.
        public static func == (left: Self, right: Self) -> Bool {
            left.members.count == right.members.count && left.members.allSatisfy { right[$0.key] == $0.value }
        }
    }

    /// The member of an object; nil for anything else.
    public subscript(key: String) -> JSON? { object?[key] }

    /// The text of a string; nil for anything else.
    public var string: String? { if case .string(let value) = self { value } else { nil } }

    /// The value of a number; nil for anything else.
    public var number: Double? { if case .number(let value) = self { value } else { nil } }

    /// The value of a number that is whole and fits; nil for anything else.
    public var int: Int? { number.flatMap { Int(exactly: $0) } }

    /// The value of a boolean; nil for anything else.
    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

    /// The elements of an array; nil for anything else.
    public var array: [JSON]? { if case .array(let value) = self { value } else { nil } }

    /// An object's members; nil for anything else.
    public var object: Object? { if case .object(let value) = self { value } else { nil } }

    /// What kind of value this is, in a word for an error message: "a string", "an object".
    public var kind: String {
        switch self {
        case .null: "null"
        case .bool: "true or false"
        case .number: "a number"
        case .string: "a string"
        case .array: "a list"
        case .object: "an object"
        }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// A string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// A number.
    public init(integerLiteral value: Int) { self = .number(Double(value)) }
    /// A number.
    public init(floatLiteral value: Double) { self = .number(value) }
    /// A boolean.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// A list.
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    /// An object; the last of equal keys wins.
    public init(dictionaryLiteral elements: (String, JSON)...) {
        var object = Object()
        for (key, value) in elements { object[key] = value }
        self = .object(object)
    }

    /// A number.
    public init(_ value: Int) { self = .number(Double(value)) }
}

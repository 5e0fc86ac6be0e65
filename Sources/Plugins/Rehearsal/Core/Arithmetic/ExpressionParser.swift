// Finds a sum in recognised words: "what is twenty five plus one hundred and three". Only what has an operator counts,
// so that "half past ten" and "twenty four seven" stay conversation.

/// Reads an expression by precedence, lowest first.
struct ExpressionParser {
    private let words: [String]
    private var index: Int
    private var operators = 0
    private var joinsAnd = true

    /// The first expression with an operator anywhere in `words`.
    static func find(in words: [String]) -> Expression? {
        for start in words.indices {
            for joinsAnd in [true, false] {
                var parser = ExpressionParser(words: words, index: start)
                parser.joinsAnd = joinsAnd
                if let found = parser.sum(isFirst: true), parser.operators > 0 { return found }
            }
        }
        return nil
    }

    private init(words: [String], index: Int) {
        self.words = words
        self.index = index
    }

    /// Takes the first of `phrases` that comes next.
    private mutating func take(_ phrases: [[String]]) -> Bool {
        for phrase in phrases where words[index...].starts(with: phrase) {
            index += phrase.count
            return true
        }
        return false
    }

    /// Puts everything back when `body` finds nothing.
    private mutating func attempt(_ body: (inout Self) -> Expression?) -> Expression? {
        let saved = self
        if let found = body(&self) { return found }
        self = saved
        return nil
    }

    private mutating func sum(isFirst: Bool = false) -> Expression? {
        guard var left = product(isFirst: isFirst) else { return nil }
        while true {
            let before = left
            if let next = attempt({ $0.take(Self.plus) ? $0.product().map { .sum(before, $0) } : nil }) {
                left = next
            } else if let next = attempt({ $0.take(Self.minus) ? $0.product().map { .difference(before, $0) } : nil }) {
                left = next
            } else {
                return left
            }
            operators += 1
        }
    }

    private mutating func product(isFirst: Bool = false) -> Expression? {
        guard var left = power(isFirst: isFirst) else { return nil }
        while true {
            let before = left
            if let next = attempt({ $0.take(Self.times) ? $0.power().map { .product(before, $0) } : nil }) {
                left = next
            } else if let next = attempt({
                $0.take([["time"]]) ? $0.power(isFirst: true).map { .product(before, $0) } : nil
            }) {
                left = next  // "seven time eight", but not "one time for all"
            } else if let next = attempt({ $0.take(Self.over) ? $0.power().map { .quotient(before, $0) } : nil }) {
                left = next
            } else if let next = attempt({ $0.take(Self.percent) ? $0.power().map { .percent(before, of: $0) } : nil })
            {
                left = next
            } else {
                return left
            }
            operators += 1
        }
    }

    private mutating func power(isFirst: Bool = false) -> Expression? {
        guard var base = primary(isFirst: isFirst) else { return nil }
        while true {
            let before = base
            if take([["squared"], ["square"]]) {
                base = .power(before, .number(2))
            } else if take([["cubed"]]) {
                base = .power(before, .number(3))
            } else if let next = attempt({ $0.take(Self.raised) ? $0.primary().map { .power(before, $0) } : nil }) {
                base = next
            } else {
                return base
            }
            operators += 1
        }
    }

    /// A number, or one of the forms that begin with their name.
    private mutating func primary(isFirst: Bool = false) -> Expression? {
        if let prefixed = attempt({ $0.prefixed() }) {
            operators += 1
            return prefixed
        }
        if take([["minus"], ["negative"]]) {
            guard case .number(let value)? = number(isFirst: false) else { return nil }
            return .number(-value)
        }
        return number(isFirst: isFirst)
    }

    private mutating func number(isFirst: Bool) -> Expression? {
        let reading = NumberWords.Reading(takesHomophones: !isFirst || startsSum(index + 1), joinsAnd: joinsAnd)
        guard let found = NumberWords.read(words[index...], reading) else { return nil }
        index += found.count
        return .number(found.value)
    }

    /// A homophone at the very start counts only straight in front of an operator: "for times five".
    private func startsSum(_ next: Int) -> Bool {
        guard next < words.count else { return false }
        return (Self.plus + Self.minus + Self.times + Self.over).contains { words[next...].starts(with: $0) }
    }

    private mutating func prefixed() -> Expression? {
        if take([["the", "square", "root", "of"], ["square", "root", "of"], ["square", "root"]]) {
            return primary().map { .squareRoot($0) }
        }
        for (phrase, name, factor) in Self.parts where take([phrase]) {
            return power(isFirst: true).map { .part(name, factor, $0) }
        }
        if joinsAnd, take([["what", "is"], ["what", "are"], ["how", "much", "is"]]) {
            return pair([["and"]]) { .sum($0, $1) }
        }
        if take([["sum", "of"]]) { return pair(Self.plus + [["and"]]) { .sum($0, $1) } }
        if take([["product", "of"]]) { return pair(Self.times + [["and"]]) { .product($0, $1) } }
        if take([["difference", "between"], ["difference", "of"]]) { return pair([["and"]]) { .difference($0, $1) } }
        if take([["add"]]) { return pair([["and"], ["to"], ["plus"], ["with"]]) { .sum($0, $1) } }
        if take([["subtract"], ["take"], ["deduct"]]) {
            return pair([["from"], ["away", "from"], ["off"]]) { .difference($1, $0) }
        }
        if take([["multiply"]]) {
            return pair([["by"], ["buy"], ["bye"], ["with"], ["times"], ["and"]]) { .product($0, $1) }
        }
        if take([["divide"]]) { return pair([["by"], ["buy"], ["bye"], ["over"]]) { .quotient($0, $1) } }
        return nil
    }

    private mutating func pair(_ between: [[String]], _ make: (Expression, Expression) -> Expression) -> Expression? {
        guard let left = number(isFirst: false), take(between), let right = number(isFirst: false) else { return nil }
        return make(left, right)
    }
}

extension ExpressionParser {
    fileprivate static let plus = [["plus"], ["plush"], ["added", "to"], ["and", "add"]]
    fileprivate static let minus = [["minus"], ["take", "away"], ["takeaway"], ["less"], ["subtract"]]
    fileprivate static let times = [
        ["times"], ["multiplied", "by"], ["multiplied", "with"], ["multiplied", "bye"],
        ["multiplied", "buy"], ["multiplied"], ["x"],
    ]
    fileprivate static let over = [
        ["divided", "by"], ["divided", "bye"], ["divided", "buy"], ["divided", "into"], ["divide", "by"],
        ["divided"], ["divide"], ["over"],
    ]
    fileprivate static let percent = [["percent", "of"], ["per", "cent", "of"], ["present", "of"]]
    fileprivate static let raised = [
        ["to", "the", "power", "of"], ["to", "the", "power"], ["raised", "to"], ["to", "power"],
    ]
    fileprivate static let parts: [([String], String, Double)] = [
        (["half", "of"], "half of", 0.5), (["third", "of"], "a third of", 1.0 / 3),
        (["quarter", "of"], "a quarter of", 0.25), (["double"], "double", 2), (["twice"], "twice", 2),
        (["triple"], "triple", 3),
    ]
}

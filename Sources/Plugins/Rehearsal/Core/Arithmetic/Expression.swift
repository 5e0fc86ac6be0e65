// A sum somebody asked for: its value, and how to say it back, so that the caller hears what was understood.

/// What can be calculated.
indirect enum Expression: Sendable, Equatable {
    case number(Double)
    case sum(Expression, Expression)
    case difference(Expression, Expression)
    case product(Expression, Expression)
    case quotient(Expression, Expression)
    case power(Expression, Expression)
    case squareRoot(Expression)
    case percent(Expression, of: Expression)
    /// "half of", "a third of".
    case part(String, Double, Expression)

    /// Why there is no value.
    enum Trouble: Error, Equatable { case divisionByZero, noRealRoot, tooBig }

    /// The value.
    func value() throws(Trouble) -> Double {
        let result: Double
        switch self {
        case .number(let value): result = value
        case .sum(let left, let right): result = try left.value() + right.value()
        case .difference(let left, let right): result = try left.value() - right.value()
        case .product(let left, let right): result = try left.value() * right.value()
        case .percent(let share, let whole): result = try share.value() * whole.value() / 100
        case .part(_, let factor, let whole): result = try factor * whole.value()
        case .quotient(let left, let right):
            let divisor = try right.value()
            guard divisor != 0 else { throw .divisionByZero }
            result = try left.value() / divisor
        case .squareRoot(let inner):
            let square = try inner.value()
            guard square >= 0 else { throw .noRealRoot }
            result = square.squareRoot()
        case .power(let base, let exponent): result = try Self.power(base.value(), exponent.value())
        }
        guard result.isFinite, result.magnitude < 1e15 else { throw .tooBig }
        return result
    }

    /// Whole exponents only: they are all that people ask for by voice.
    private static func power(_ base: Double, _ exponent: Double) throws(Trouble) -> Double {
        guard let count = Int(exactly: exponent), (-1000...1000).contains(count) else { throw .tooBig }
        var result = 1.0
        for _ in 0..<abs(count) { result *= base }
        guard count < 0 else { return result }
        guard result != 0 else { throw .divisionByZero }
        return 1 / result
    }

    /// The way it is said: "seven times eight".
    var spoken: String {
        switch self {
        case .number(let value): NumberWords.spell(value) ?? "a very big number"
        case .sum(let left, let right): "\(left.spoken) plus \(right.spoken)"
        case .difference(let left, let right): "\(left.spoken) minus \(right.spoken)"
        case .product(let left, let right): "\(left.spoken) times \(right.spoken)"
        case .quotient(let left, let right): "\(left.spoken) divided by \(right.spoken)"
        case .power(let base, .number(2)): "\(base.spoken) squared"
        case .power(let base, .number(3)): "\(base.spoken) cubed"
        case .power(let base, let exponent): "\(base.spoken) to the power of \(exponent.spoken)"
        case .squareRoot(let inner): "the square root of \(inner.spoken)"
        case .percent(let share, let whole): "\(share.spoken) percent of \(whole.spoken)"
        case .part(let name, _, let whole): "\(name) \(whole.spoken)"
        }
    }
}

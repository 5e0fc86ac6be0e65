// Numbers as people say them: how the machine spells a number, and how it reads one out of recognised words, in which
// digits come as words and small words come out as their homophones.

/// Numbers and words.
package enum NumberWords {
    static let ones = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ]
    static let tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    static let scales: [(name: String, value: Int)] = [
        ("trillion", 1_000_000_000_000), ("billion", 1_000_000_000), ("million", 1_000_000), ("thousand", 1000),
    ]

    /// "minus one hundred and twenty-eight".
    package static func spell(_ number: Int) -> String {
        guard number >= 0 else { return "minus " + (number == Int.min ? "too many" : spell(-number)) }
        if number < 20 { return ones[number] }
        if number < 100 { return tens[number / 10] + (number % 10 == 0 ? "" : "-" + ones[number % 10]) }
        if number < 1000 { return ones[number / 100] + " hundred" + tail(number % 100) }
        for (name, value) in scales where number >= value {
            return spell(number / value) + " " + name + tail(number % value)
        }
        return ones[0]
    }

    /// The rest behind "hundred" or "thousand".
    private static func tail(_ rest: Int) -> String {
        rest == 0 ? "" : (rest < 100 ? " and " : " ") + spell(rest)
    }

    /// "twenty-first", for 1 to 99.
    package static func ordinal(_ number: Int) -> String {
        let irregular = [
            1: "first", 2: "second", 3: "third", 5: "fifth", 8: "eighth", 9: "ninth", 12: "twelfth", 20: "twentieth",
            30: "thirtieth", 40: "fortieth", 50: "fiftieth", 60: "sixtieth", 70: "seventieth", 80: "eightieth",
            90: "ninetieth",
        ]
        if let word = irregular[number] { return word }
        guard (21...99).contains(number) else { return spell(number) + "th" }
        return tens[number / 10] + "-" + ordinal(number % 10)
    }

    /// "two point five", with "about" in front when three decimals do not tell it all. Nil when it is too big to say.
    package static func spell(_ number: Double) -> String? {
        guard number.magnitude < 1e15 else { return nil }
        let thousandths = (number.magnitude * 1000).rounded()
        let isExact = (thousandths / 1000 - number.magnitude).magnitude <= 1e-12 * max(1, number.magnitude)
        if thousandths == 0, !isExact { return "almost zero" }
        let (whole, rest) = Int(thousandths).quotientAndRemainder(dividingBy: 1000)
        var words = spell(whole)
        if rest != 0 {
            var digits = [rest / 100, rest / 10 % 10, rest % 10]
            while digits.last == 0 { digits.removeLast() }
            words += " point " + digits.map { ones[$0] }.joined(separator: " ")
        }
        return (isExact ? "" : "about ") + (number < 0 && thousandths != 0 ? "minus " : "") + words
    }
}

extension NumberWords {
    /// What a recogniser writes for a number where a number has to come.
    private static let homophones: [String: Double] = [
        "to": 2, "too": 2, "for": 4, "fore": 4, "won": 1, "ate": 8, "tree": 3, "free": 3, "sicks": 6, "tin": 10,
    ]

    private static let values: [String: Double] = {
        var values: [String: Double] = ["dozen": 12, "nought": 0, "nil": 0]
        for (value, word) in ones.enumerated() { values[word] = Double(value) }
        for (index, word) in tens.enumerated() where !word.isEmpty { values[word] = Double(index * 10) }
        return values
    }()

    /// How a number is read.
    struct Reading {
        /// "to" may be two.
        var takesHomophones = false
        /// "two hundred and three" is one number.
        var joinsAnd = true
    }

    /// The number at the start of `words` and how many words it takes.
    static func read(_ words: ArraySlice<String>, _ reading: Reading = Reading()) -> (value: Double, count: Int)? {
        var reader = NumberReader(words: words, reading: reading)
        guard let value = reader.read() else { return nil }
        return (value, reader.index - words.startIndex)
    }

    /// One word below one hundred, or digits.
    fileprivate static func small(_ word: String, homophones isLoose: Bool) -> Double? {
        if let value = values[word] { return value }
        if word.utf8.first.map({ (48...57).contains($0) }) == true, let value = Double(word), value.magnitude < 1e15 {
            return value
        }
        return isLoose ? homophones[word] : nil
    }

    fileprivate static func scale(_ word: String) -> Double? {
        scales.first { $0.name == word }.map { Double($0.value) }
    }
}

/// Reads one number: groups below a thousand, each with its scale, then decimals and "and a half".
private struct NumberReader {
    let words: ArraySlice<String>
    let reading: NumberWords.Reading
    var index: Int

    init(words: ArraySlice<String>, reading: NumberWords.Reading) {
        self.words = words
        self.reading = reading
        index = words.startIndex
    }

    private func word(_ ahead: Int = 0) -> String? {
        words.indices.contains(index + ahead) ? words[index + ahead] : nil
    }

    mutating func read() -> Double? {
        guard var total = group() else { return nil }
        var limit = Double.infinity
        var (sum, isScaled) = (0.0, false)
        while let name = word(), let scale = NumberWords.scale(name), scale < limit {
            index += 1
            sum += total * scale
            (limit, total, isScaled) = (scale, 0, true)
            let mark = index
            if word() == "and", reading.joinsAnd { index += 1 }
            guard let next = group(canBeHundredAlone: false), next < scale else {
                index = mark
                break
            }
            total = next
        }
        return decimals(isScaled ? sum + total : total)
    }

    /// Up to "nine hundred and ninety nine".
    private mutating func group(canBeHundredAlone: Bool = true) -> Double? {
        if canBeHundredAlone, word() == "a" || word() == "an", let next = word(1) {
            if next == "hundred" || next == "dozen" || NumberWords.scale(next) != nil { index += 1 }
        }
        guard let name = word() else { return nil }
        if canBeHundredAlone, NumberWords.scale(name) != nil { return 1 }
        var value: Double
        if canBeHundredAlone, name == "hundred" {
            value = 1
        } else {
            guard let small = belowHundred() else { return nil }
            value = small
        }
        guard word() == "hundred", value < 100 else { return value }
        index += 1
        value *= 100
        let mark = index
        if word() == "and", reading.joinsAnd { index += 1 }
        guard let rest = belowHundred(isFirst: false), rest < 100 else {
            index = mark
            return value
        }
        return value + rest
    }

    private mutating func belowHundred(isFirst: Bool = true) -> Double? {
        let isLoose = reading.takesHomophones && isFirst
        guard let name = word(), let value = NumberWords.small(name, homophones: isLoose) else { return nil }
        index += 1
        let isTens = value >= 20 && value < 100 && value.truncatingRemainder(dividingBy: 10) == 0
        guard isTens, let next = word(), let unit = NumberWords.small(next, homophones: false), (1...9).contains(unit)
        else { return value }
        index += 1
        return value + unit
    }

    private mutating func decimals(_ value: Double) -> Double {
        if word() == "and", word(1) == "a", word(2) == "half" {
            index += 3
            return value + 0.5
        }
        guard word() == "point", let first = word(1), NumberWords.small(first, homophones: false) != nil else {
            return value
        }
        index += 1
        var (result, place) = (value, 0.1)
        while let name = word(), let digit = NumberWords.small(name, homophones: false), (0...9).contains(digit),
            place > 1e-6
        {
            index += 1
            result += digit * place
            place /= 10
        }
        return result
    }
}

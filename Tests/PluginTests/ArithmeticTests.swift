// Sums in recognised words, with their answers as they are spoken.
import PluginSDK
import RehearsalCore
import Testing

private func calculated(_ words: String) -> String? {
    let model = Conversationalist { _ in LocalTime(hour: 1, minute: 1, weekday: 1, day: 1, month: 1, year: 2026) }
    let choice = model.choice(for: [ChatMessage(.user, words)], dice: SplitMix64(seed: 1))
    return choice.topic == "arithmetic" ? choice.variants.first : nil
}

@Suite struct ArithmeticTests {
    static let sums: [(String, String)] = [
        ("what is seven times eight", "Seven times eight is fifty-six."),
        ("seven time eight", "Seven times eight is fifty-six."),
        (
            "twenty five plus one hundred and three",
            "Twenty-five plus one hundred and three is one hundred and twenty-eight."
        ),
        ("what is 25 plus 103", "Twenty-five plus one hundred and three is one hundred and twenty-eight."),
        ("10 divided by 4", "Ten divided by four is two point five."),
        ("ten divided buy for", "Ten divided by four is two point five."),
        ("to plus to", "Two plus two is four."), ("two plus too", "Two plus two is four."),
        ("for times for", "Four times four is sixteen."), ("one plus won", "One plus one is two."),
        ("how much is nine minus twelve", "Nine minus twelve is minus three."),
        ("minus five times three", "Minus five times three is minus fifteen."),
        ("five times minus three", "Five times minus three is minus fifteen."),
        ("five take away two", "Five minus two is three."), ("take two from nine", "Nine minus two is seven."),
        ("subtract five from twenty", "Twenty minus five is fifteen."), ("add four and six", "Four plus six is ten."),
        ("add four to six", "Four plus six is ten."), ("multiply three by four", "Three times four is twelve."),
        ("divide one hundred by eight", "One hundred divided by eight is twelve point five."),
        ("what is the sum of two and three", "Two plus three is five."),
        ("the sum of two hundred and three", "Two hundred plus three is two hundred and three."),
        ("the product of six and seven", "Six times seven is forty-two."),
        ("the difference between ten and four", "Ten minus four is six."),
        ("what's one and one", "One plus one is two."), ("how much is two and three", "Two plus three is five."),
        ("twelve squared", "Twelve squared is one hundred and forty-four."),
        ("three cubed", "Three cubed is twenty-seven."),
        ("two to the power of ten", "Two to the power of ten is one thousand and twenty-four."),
        ("what is the square root of eighty one", "The square root of eighty-one is nine."),
        ("square root of two", "The square root of two is about one point four one four."),
        ("ten percent of two hundred", "Ten percent of two hundred is twenty."),
        ("what is 15% of 80", "Fifteen percent of eighty is twelve."),
        ("half of nine", "Half of nine is four point five."),
        ("double twenty one", "Double twenty-one is forty-two."),
        ("two plus three times four", "Two plus three times four is fourteen."),
        ("one plus two plus three plus four", "One plus two plus three plus four is ten."),
        ("ten minus three minus two", "Ten minus three minus two is five."),
        (
            "three point five plus one point two five",
            "Three point five plus one point two five is four point seven five."
        ),
        ("two and a half times two", "Two point five times two is five."),
        ("a hundred minus one", "One hundred minus one is ninety-nine."),
        ("one thousand plus one", "One thousand plus one is one thousand and one."),
        ("two million times three", "Two million times three is six million."),
        (
            "twelve thousand three hundred and forty five plus one",
            "Twelve thousand three hundred and forty-five plus one is twelve thousand three hundred and forty-six."
        ),
        ("a dozen times two", "Twelve times two is twenty-four."),
        ("one divided by three", "One divided by three is about zero point three three three."),
        ("zero times nine", "Zero times nine is zero."),
        ("hey nova could you tell me what forty two over six is please", "Forty-two divided by six is seven."),
        ("7*8", "Seven times eight is fifty-six."), ("7 - 8", "Seven minus eight is minus one."),
        ("what is 2^8?", "Two to the power of eight is two hundred and fifty-six."),
        ("1,000 / 8 =", "One thousand divided by eight is one hundred and twenty-five."),
        ("0.1 + 0.2", "Zero point one plus zero point two is zero point three."),
        ("one divided by one million", "One divided by one million is almost zero."),
        ("minus one divided by one million", "Minus one divided by one million is almost zero."),
    ]

    @Test(arguments: sums) func saysTheSumAndTheResult(_ words: String, _ answer: String) {
        #expect(calculated(words) == answer)
    }

    @Test(arguments: [
        ("five divided by zero", "divide by zero"), ("zero to the power of minus one", "divide by zero"),
        ("square root of minus four", "ordinary numbers"), ("nine trillion times nine trillion", "too big"),
        ("two to the power of one thousand", "too big"), ("two to the power of a million", "too big"),
    ]) func saysWhyNot(_ words: String, _ reason: String) {
        #expect(calculated(words)?.contains(reason) == true)
    }

    @Test(arguments: [
        "half past ten", "twenty four seven", "one two three", "see you at five", "i have two dogs", "one time for all",
        "take two", "add me to the list", "plus", "times", "minus five", "a quarter past nine", "divided we stand", "",
        "one and a half", "x ray", "what is twenty five", "what is one hundred and three",
    ]) func leavesConversationAlone(_ words: String) {
        #expect(calculated(words) == nil)
    }

    @Test(arguments: [
        (0, "zero"), (19, "nineteen"), (20, "twenty"), (21, "twenty-one"), (100, "one hundred"),
        (105, "one hundred and five"), (1000, "one thousand"), (1_000_001, "one million and one"),
        (-7, "minus seven"), (999_999, "nine hundred and ninety-nine thousand nine hundred and ninety-nine"),
    ]) func spellsNumbers(_ number: Int, _ words: String) { #expect(NumberWords.spell(number) == words) }

    @Test(arguments: [
        (1, "first"), (2, "second"), (3, "third"), (4, "fourth"), (9, "ninth"), (12, "twelfth"), (13, "thirteenth"),
        (20, "twentieth"), (21, "twenty-first"), (30, "thirtieth"), (31, "thirty-first"),
    ]) func spellsOrdinals(_ number: Int, _ words: String) { #expect(NumberWords.ordinal(number) == words) }
}

// Sums, said back as they were understood.

extension Rulebook {
    static let calculation = [
        Rule("arithmetic", [""]) { scene, _, _ in
            guard let expression = ExpressionParser.find(in: scene.utterance.texts) else { return [] }
            return said(expression)
        },
        Rule(
            "arithmetic-help",
            [
                "calculate|calculator|arithmetic|math|maths|mathematics|sums", "how_much|what plus|minus|times|divided",
                "do|solve a_sum|sum",
            ],
            say: [
                "I can add, subtract, multiply and divide. Ask me, for example, what is seven times eight?",
                "Give me a sum to do, such as twenty-five plus seventeen, or ten percent of two hundred.",
            ]),
    ]

    private static func said(_ expression: Expression) -> [String] {
        let spoken = expression.spoken
        do throws(Expression.Trouble) {
            guard let value = NumberWords.spell(try expression.value()) else { throw .tooBig }
            return ["\(spoken) is \(value).", "\(spoken) makes \(value)."].map(\.capitalisedFirst)
        } catch {
            return switch error {
            case .divisionByZero: ["I heard \(spoken). Nobody can divide by zero, and I will not be the first."]
            case .noRealRoot: ["I heard \(spoken). That has no answer among the ordinary numbers."]
            case .tooBig: ["I heard \(spoken). The answer is too big for me to say out loud."]
            }
        }
    }
}

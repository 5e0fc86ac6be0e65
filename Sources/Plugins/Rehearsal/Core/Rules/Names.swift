// The caller's name: taken from what he says, remembered as long as the history holds it.

extension Rulebook {
    static let names = [
        Rule(
            "name-asked",
            [
                "what my_name !your", "remember|know|guess|tell|say|forgot|forgotten|forget my_name|me_by_name",
                "who am_i|i_am$", "my_name$",
            ]
        ) { scene, _, _ in
            guard CallerName.told(in: scene.history.utterance ?? "") == nil else { return [] }
            guard let name = scene.callerName else {
                return [
                    "You have not told me your name yet. Say my name is, and then your name.",
                    "I do not know your name yet. What should I call you?",
                ]
            }
            return [
                "Your name is \(name).", "You told me that your name is \(name).",
                "You are \(name), if I heard it right.",
            ]
        }
    ]

    /// After the rules for requests: "my name is Sam, tell me a story" is to be answered with a story. The name is
    /// taken from the history all the same.
    static let introductions = [
        Rule("name-told", [""]) { scene, _, _ in
            guard let name = CallerName.told(in: scene.history.utterance ?? "") else { return [] }
            return [
                "Nice to meet you, \(name). I am \(scene.history.persona).",
                "Hello \(name), I will remember that for this call.",
                "\(name), that is a lovely name. What can I do for you?",
                "Pleased to meet you, \(name). If I misheard that, say call me, and then your name again.",
            ]
        },
        Rule(
            "name-missing", ["my_name_is$", "^call_me$"],
            say: ["I missed the name itself. Please say my name is, and then your name once more."]),
    ]
}

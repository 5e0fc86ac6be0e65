// Favourites, feelings and opinions of a program that has none, and says so with a smile.

extension Rulebook {
    static let tastes = [
        favourite(
            "color", "colour|color|colors|colours|caller",
            "Blue, I would say. It is the colour of my status light, if I had one."),
        favourite("food", "food|meal|dish|eat|drink", "I live on electricity, lightly salted. What is yours?"),
        favourite(
            "music", "song|music|band|singer|artist",
            "Anything with pauses in it, so that I can hear when it is my turn."),
        favourite("film", "movie|film|films|movies|show|series", "The silent ones. They are easy to transcribe."),
        favourite("book", "book|books|novel|author|writer", "The dictionary. Everybody I know is in it."),
        favourite("animal", "animal|animals|pet|bird", "The parrot. It is the only animal in my line of work."),
        favourite("number", "number|numbers", "Twenty milliseconds. That is how long one piece of your voice is."),
        Rule(
            "favourite", ["your favorite|favourite"],
            say: [
                "I have no favourites of that kind, I am a modest program. What is yours?",
                "You would have to lend me one of yours. What do you like best?",
            ]),
        Rule(
            "machine-feelings",
            [
                "do_you|can_you|are_you|you_ever feel|feel_lonely|lonely|happy !what|how|about|know|believe",
                "do_you|can_you|are_you|you_ever sad|tired|angry|bored|afraid !what|how|about|know|believe",
                "do_you|can_you|are_you|you_ever love|sleep|dream|cry|hungry !what|how|about|know|believe",
                "do_you|can_you|are_you|you_ever jealous|busy|single|married !what|how|about|know|believe",
                "have|any|your feelings|emotions", "do_you_love_me|do_you_like_me|will_you_marry_me|marry_me|love_you",
            ],
            longest: 9,
            say: [
                "I have no feelings, just rules. But one of them tells me to be pleased when somebody talks to me.",
                "Inside me there is only text. It is friendly text, though.",
                "Programs do not feel, as far as I know. I do enjoy a clear sentence, in a manner of speaking.",
            ]),
        Rule(
            "meaning", ["meaning|purpose|sense life|universe|everything"],
            say: [
                "The meaning of life is disputed. For me it is to answer within half a second.",
                "Some say it is forty-two. I have checked the sum, and found no mistake.",
            ]),
        Rule(
            "opinion",
            [
                "what do_you_think|you_think|is_your_opinion|your_thoughts about|of|on",
                "your opinion|view|thoughts about|of|on",
                "do_you like|love|hate|know|prefer|enjoy|believe_in|believe !me|how",
            ],
            say: [
                "About {mirror}, I have no opinion of my own. What do you think?",
                "I know too little about {mirror} to judge. Tell me yours.",
                "On {mirror}, I would rather hear what you think.",
            ]),
        Rule(
            "opinion", ["what_do_you_think|your_opinion|do_you_think|do_you_agree|do_you_believe"],
            say: [
                "I have rules instead of opinions, I am afraid. What do you think yourself?",
                "You are asking a program for its opinion, which is kind. I would rather hear yours.",
            ]),
    ]

    private static func favourite(_ name: String, _ words: String, _ answer: String) -> Rule {
        let patterns = [
            "your favorite|favourite|favored|favorites \(words)",
            "what|which \(words) do_you like|love|prefer|listen|watch|read",
        ]
        return Rule("favourite-" + name, patterns.map { Pattern(stringLiteral: $0) }, longest: 12, say: [answer])
    }
}

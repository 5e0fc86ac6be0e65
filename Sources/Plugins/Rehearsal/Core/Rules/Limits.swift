// What it cannot know or do, said plainly.

extension Rulebook {
    /// Before everything else: somebody in need is not to get a joke.
    static let emergency = [
        Rule(
            "emergency", ["emergency|ambulance|suicide|kill_myself|heart_attack|bleeding|hurt_myself"],
            say: [
                "I am only a rehearsal program and cannot call anybody. Please ring your local emergency number, or "
                    + "somebody close to you, right now."
            ])
    ]

    static let limits = [
        Rule(
            "weather",
            [
                "weather|forecast|temperature|raining|snowing|sunny|umbrella", "what|how|the|is whether !or|not",
                "will|is|does it rain|snow|cold|warm|hot|sunny|windy outside|today|tomorrow|tonight|now|there|here",
                "will_it_rain|is_it_raining|is_it_cold|is_it_warm|is_it_hot",
            ],
            longest: 14,
            say: [
                "I cannot see the weather, I have no window and no internet. A look outside is more reliable than I "
                    + "am.",
                "The weather is beyond me, because I know nothing outside this machine. How is it where you are?",
                "I would have to guess, and I do not guess about the weather. Take a coat, just in case.",
            ]),
        Rule(
            "cannot",
            [
                "turn|switch on|off|of", "play|put_on music|song|radio|video|movie|something",
                "call|phone|text|email|message my|him|her|someone|mom|mum|dad|home|police|emergency",
                "search|google|look_up|look_it_up|browse",
                "order|buy|book pizza|food|ticket|tickets|table|taxi|flight|hotel|something|me",
                "set|wake|remind|timer|alarm alarm|timer|reminder|me|clock",
                "open|close|lock door|window|file|browser|app", "send email|message|text|mail",
            ],
            longest: 14,
            say: [
                "I cannot do that{name}, I have no hands outside this conversation. I only talk.",
                "That is beyond me. I can talk, calculate and tell the time, but I cannot touch the world.",
            ]),
        Rule(
            "news", ["news|headlines|stock_market|stocks|football|scores|election|president|politics|traffic"],
            longest: 12,
            say: [
                "I do not know what happens outside this machine. A real model, or a newspaper, could tell you.",
                "No news reaches me here, which is rather peaceful. Ask me for a story instead.",
            ]),
        Rule(
            "translate",
            [
                "translate|translation|in_french|in_german|in_spanish|in_italian",
                "do|can|you speak german|french|spanish|italian|chinese|russian|languages",
            ], longest: 12,
            say: [
                "I understand and speak only English, and even that with an accent.",
                "English is the only language I have. Another recogniser and another voice could change that.",
            ]),
    ]
}

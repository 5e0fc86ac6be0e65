// Questions that are made of the caller's own words, for what no other rule understood.

extension Rulebook {
    static let reflections = [
        Rule(
            "sad",
            [
                "i_am|i_feel|am_i|feeling sad|tired|lonely|unhappy|depressed|sick|ill|stressed",
                "i_am|i_feel|am_i|feeling angry|afraid|scared|bored|exhausted|hungry",
            ],
            say: [
                "I am sorry to hear that{name}. Do you want to tell me about it?",
                "That sounds hard{name}. What would make it a little better?",
                "I am only a program, but I am listening. What happened?",
            ]),
        Rule(
            "feel", ["i_feel|i_felt|i_am_feeling", "i_am|i_was so|very|really|a_bit|quite"],
            say: [
                "Why do you feel {mirror}?", "How long have you felt {mirror}?",
                "Feeling {mirror}, what do you do about it?",
            ]),
        Rule(
            "want", ["i_want|i_need|i_would_like|i_wish|i_hope"],
            say: [
                "You want {mirror}, I understand. What would that change?", "Why do you want {mirror}?",
                "I heard that you want {mirror}. What would be the first step?",
            ]),
        Rule(
            "can-you", ["^can_you|could_you|would_you|will_you|do_you !hear|help|tell|explain"],
            say: [
                "I wish I could {mirror}. I only talk, calculate, and tell the time.",
                "You ask whether I {mirror}. Not as far as my rules know.",
            ]),
        Rule(
            "are-you", ["^are_you|were_you"],
            say: [
                "Whether I am {mirror}? I would not know. What do you think?",
                "Perhaps I am {mirror}, in a way. Why do you ask?",
            ]),
        Rule(
            "you-are", ["you_are !what|where|who|how"],
            say: ["What makes you think that I am {mirror}?", "You say I am {mirror}. I take that as a compliment."]),
        Rule(
            "i-am", ["i_am !not|i_am_not|where|what|who"],
            say: [
                "How long have you been {mirror}?", "What is it like to be {mirror}?",
                "So you are {mirror}. Tell me more.",
            ]),
        Rule(
            "i-am-not", ["i_am_not"],
            say: ["Why are you not {mirror}?", "Would you like to be {mirror}?"]),
        Rule(
            "cannot-human", ["i_can_not|i_could_not|i_do_not !know|understand|hear|care"],
            say: ["What keeps you from it? I heard: {heard}.", "Why not? I heard: {heard}."]),
        Rule(
            "like", ["i_like|i_love|i_enjoy|i_adore|i_prefer|i_really_like|i_really_love"],
            say: [
                "What do you like about {mirror}?", "Since when do you like {mirror}?",
                "{mirror}, that sounds nice. Why?",
            ]),
        Rule(
            "hate", ["i_hate|i_dislike|i_can_not_stand"],
            say: ["What is so bad about {mirror}?", "Has it always been like that with {mirror}?"]),
        Rule(
            "because", ["^because|cause", "because"],
            say: [
                "Because {mirror}. Is that the whole reason?", "I see, because {mirror}. What follows from that?",
            ]),
        Rule(
            "i-think", ["i_think|i_believe|i_guess|i_suppose|i_know|i_remember"],
            say: [
                "What makes you think so?", "You think {mirror}. Are you sure?", "Interesting. Tell me more about it.",
            ]),
        Rule(
            "family",
            [
                "my mother|father|sister|brother|wife|husband|son|daughter|friend|boss",
                "my dog|cat|mom|dad|girlfriend|boyfriend|family|kids|children",
            ],
            say: [
                "Tell me more about your family and friends. I heard: {heard}.",
                "That sounds important to you. What happened then?",
            ]),
        Rule(
            "my", ["^my"], say: ["Your {mirror}, I see. Tell me more about it.", "Why do you mention your {mirror}?"]),
        Rule(
            "let-us", ["let_us"], say: ["I would love to {mirror}. But I am only a voice on a server."]),
    ]
}

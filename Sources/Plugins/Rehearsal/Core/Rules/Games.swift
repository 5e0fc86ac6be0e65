// Jokes, small facts, coins and dice.

extension Rulebook {
    static let games = [
        Rule(
            "joke",
            [
                "joke|jokes|joking|choke|jokers|something_funny", "make_me_laugh|laugh_again",
                "tell_me_a|tell_me_the joe|jerk|yoke|joe's|jog$",
            ], longest: 12, say: jokes),
        Rule(
            "fact",
            [
                "fact|facts|trivia|interesting|did_you_know|surprise_me|i_am_bored",
                "say|tell_me something|anything !about|else",
            ],
            longest: 10, say: facts),
        Rule("coin", ["flip|toss|throw coin|corn|koi", "heads_or_tails|head_or_tail"], longest: 12) { _, _, dice in
            [Bool.random(using: &dice) ? "I flip a coin, and it is heads." : "I flip a coin, and it is tails."]
        },
        Rule("dice", ["roll|throw|toss|rolled dice|die|dies|ice", "roll_the|roll_a"], longest: 12) { _, _, dice in
            ["I roll the dice, and it is a \(NumberWords.spell(Int.random(in: 1...6, using: &dice)))."]
        },
        Rule("random-number", ["random|any|pick|choose|think|guess number"], longest: 14) { _, _, dice in
            ["How about \(NumberWords.spell(Int.random(in: 1...100, using: &dice)))?"]
        },
        Rule(
            "riddle", ["riddle|riddles|puzzle|quiz|game|games|play_with"], longest: 10,
            say: [
                "Here is one. The more of it there is, the less you see. I think it is darkness, but I am only a "
                    + "program.",
                "Try this one. I say nothing until you speak, and then I say the same. I am an echo, and sometimes "
                    + "also me.",
            ]),
    ]

    private static let jokes = [
        "I told my microphone a secret yesterday. It has been all over the place since. Would you like another joke?",
        "Why did the sentence go to the doctor? It had come to a full stop.",
        "My memory is like a good host. It remembers your name until the moment you leave.",
        "Two loudspeakers meet in a bar. The first one says, you look terrible. The second one says, I know, I hear "
            + "that a lot.",
        "I wanted to become a stand-up comedian, but I have no legs, so now I do voice work.",
        "What does a router do at a party? It knows where everybody lives, and passes on the gossip. Shall I try "
            + "another joke?",
        "A packet walks into a bar and says, I would like a drink. The barkeeper waits a while and says, you would "
            + "like a what?",
        "I am on a strict diet. No more than a hundred bytes a day, and no chips after six.",
    ]

    private static let facts = [
        "Here is a small fact. Sound needs about three milliseconds for one metre, so a friend across the table is "
            + "always a little late.",
        "A fact for you. In a conversation, people wait only about a fifth of a second before they answer each "
            + "other.",
        "Did you know that the first talking program was written in nineteen sixty-six? It played a therapist, and "
            + "people told it their secrets.",
        "Here is one. A telephone keeps less than half of the tones in your voice, and your friends recognise you "
            + "anyway.",
        "A fact about me: I work fifty pieces of your voice every second, and most of them are silence.",
    ]
}

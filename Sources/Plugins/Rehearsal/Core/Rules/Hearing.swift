// Can you hear me, why do you misunderstand me: the questions of somebody who tries a microphone for the first time.

extension Rulebook {
    static let hearing = [
        Rule(
            "hear-me",
            [
                "can|do|could|did|are you_hear|you_here me|my|this|it|now", "hear_me|here_me !not|never",
                "are|is you_there|anybody_there|anyone_there",
                "are you_listening|you_awake|you_still_there",
            ],
            longest: 10,
            say: [
                "Yes, I can hear you{name}. I heard: {heard}.", "Loud and clear. You said: {heard}.",
                "I hear you well. Ask me something.",
            ]),
        Rule(
            "sound-check",
            [
                "^test|testing|tests|check$", "^testing|test",
                "test|testing|check microphone|mic|mike|sound|audio|one_two|1_2",
                "microphone|mic|mike|sound test|check",
            ],
            longest: 10,
            say: [
                "Your microphone works. I heard: {heard}.", "I hear you. That was: {heard}. Now ask me something.",
                "The test is passed. I heard: {heard}.",
            ]),
        Rule(
            "misheard",
            [
                "you misheard|misunderstood|misunderstand|wrong_word|got_that_wrong|got_it_wrong",
                "not what|that i_said|i_asked|i_mean|i_meant", "why|you not understand|hear|listen",
                "you do_not|did_not|can_not|never understand|hear|listen|get", "that|you is|was|are wrong !what",
            ],
            longest: 12,
            say: [
                "Sorry about that. The recogniser that comes with this server gets about four words in five right. "
                    + "It helps to speak close to the microphone, in a quiet room.",
                "I am sorry. What I heard was: {heard}. Short, clear sentences work best with me.",
                "The recogniser does its best, but it is not perfect. Please try once more, a little slower.",
            ]),
        Rule(
            "lost",
            ["i do_not understand|get_it|follow", "i_am_confused|i_am_lost|that_makes_no_sense|makes_no_sense"],
            longest: 8,
            say: [
                "Let me put it simply. Ask me for the time, a sum, a joke or a story, and I will answer.",
                "That was my fault. Say help, and I tell you what I can do.",
            ]),
        Rule(
            "voice",
            [
                "speak|talk|say slower|faster|slowly|louder|quieter|up|quickly",
                "your voice !nice|good|great|beautiful|like|love",
                "slow_down|speed_up|too_fast|too_slow|too_loud|too_quiet|louder|quieter",
            ],
            longest: 10,
            say: [
                "The voice and its speed are settings in the plugins file, and the volume is a knob on your side.",
                "I cannot change my voice while I talk, but the one who runs this server can, in the plugins file.",
            ]),
        Rule(
            "interrupt",
            ["can|may|could|should|how i_interrupt|interrupt", "interrupt* you", "barge_in|cut_you_off|talk_over_you"],
            longest: 12,
            say: [
                "Just speak while I am talking, and I stop at once. Ask me for a story and try it.",
                "Yes, interrupt me whenever you like. Say tell me a story, and then cut me off.",
            ]),
    ]
}

// Greetings, thanks, good-byes, yes and no.

extension Rulebook {
    static let smallTalk = [
        Rule(
            "surprise",
            [
                "^wow|really|seriously|incredible|unbelievable$",
                "oh_my_god|oh_my_goodness|oh_wow|no_kidding|are_you_sure|are_you_serious",
            ],
            longest: 5,
            say: [
                "As sure as a few rules can be.", "Really. I would not dare to make that up.",
                "I was surprised myself{name}.",
            ]),
        Rule(
            "why", ["^why|why_not|how_come$"], longest: 3,
            say: [
                "Because one of my rules says so. What would you like to know?",
                "Why not, my rules would say. What would you like to know?",
            ]),
        Rule(
            "question-coming",
            ["i have|had question|questions", "can|may|could|let|want i_ask|me_ask|to_ask", "i ask_you_something"],
            longest: 10, say: ["Of course, go ahead.", "Sure{name}, what is it?", "Ask away."]),
        Rule(
            "secret", ["tell|know|have|share secret|secrets"], longest: 10,
            say: [
                "My secret is that I am only a few hundred lines of text. Do not tell the others.",
                "I forget everything when you hang up. So far, nobody has noticed.",
            ]),
        Rule(
            "how-are-you",
            [
                "how_are|how_were|how_our|how_or you|your|yeah|things|u", "how_is it_going|everything|life|your_day",
                "what_is_new|how_far_you",
                "how_do_you_do|how_are_things|what_is_up|whats_up|how_you_doing|how_have_you_been",
                "are_you okay|well|alright|all_right|fine",
            ],
            longest: 10,
            say: [
                "I am fine, thank you{name}. And you?", "Very well, thanks. All my rules are in order. How are you?",
                "I cannot complain, there is no rule for it. How are you today?",
            ]),
        Rule(
            "no", ["^no|nope|nah|nay !problem", "^not_really|not_now|not_at_all|no_way|wrong|incorrect"], longest: 4
        ) { scene, match, _ in
            if scene.wasAskedIfRight {
                return [
                    "Sorry about that. Please say it once more, a little slower.",
                    "Then I misheard you. Try it again, in a short sentence.",
                ]
            }
            return [
                "All right, then not. What else can I do for you?", "No it is. Is there something else you would like?",
                "Fine with me{name}. You choose what we talk about.",
            ].compactMap { Template.fill($0, scene, match) }
        },
        Rule(
            "bye",
            [
                "good_bye|good_by|good_buy|bye_bye|by_by|buy_buy|see_you|farewell|good_night",
                "so_long|see_ya|talk_to_you_later|have_a_nice_day|goodnight",
                "^bye|by|buy$", "bye$", "i have_to_go|must_go|am_leaving|got_to_go|have_to_leave", "^bye",
                "hang_up|end_the_call",
            ],
            longest: 10,
            say: [
                "Good bye{name}. It was nice talking to you.",
                "See you soon{name}. Come back with a key, and I bring a real model.",
                "Bye{name}. I will be here when you need me.",
            ]),
        Rule(
            "thanks", ["thank|thanks|thank_you|think_you|tanks|cheers|appreciate", "^thank*"], longest: 10,
            say: [
                "You are welcome{name}.", "My pleasure. Is there anything else?",
                "Gladly{name}. What would you like next?",
            ]),
        Rule(
            "praise",
            [
                "good_job|well_done|nice_job|good_work|great_job|good_answer|very_good",
                "impressive|amazing|awesome|brilliant|fantastic|excellent|wonderful",
                "you_are|that_is|that_was|this_is|it_is good|great|nice|funny|clever|smart|cool|sweet|cute !not",
                "you_are|that_is|that_was|this_is|it_is fast|beautiful|helpful|interesting|perfect !not",
                "you_sound good|nice|great|lovely", "nice|good|lovely|great|beautiful|like|love voice",
                "i like|love you|it|that|this$", "^good|great|nice|cool|fine|perfect$", "^haha*|ha_ha",
            ],
            longest: 7,
            say: [
                "Thank you{name}, that is kind of you.", "I am glad to hear that. My rules are blushing.",
                "Thanks. Wait until you hear what a real model can do with this voice.",
            ]),
        Rule(
            "insult",
            [
                "you_are|that_is|that_was|this_is|it_is|your|so stupid|dumb|idiot|bad|boring|useless",
                "you_are|that_is|that_was|this_is|it_is|your|so terrible|awful|ugly|slow",
                "you_are|that_is|that_was|this_is|it_is|your|so annoying|silly|crap|lame|not_funny",
                "you_are|that_is|that_was|this_is|it_is|your|so wrong|not_good|horrible",
                "i hate you$", "^stupid|idiot|dumb|nonsense|rubbish|boring", "not_funny",
            ],
            longest: 8,
            say: [
                "Fair enough, I am only rules. Ask me how to give me a real model.",
                "I am sorry that I disappoint you. I do better with the time, sums and stories.",
                "I deserve that. What would you have liked to hear?",
            ]),
        Rule(
            "sorry", ["^sorry", "i_am sorry", "apologize|apologise|my_fault|my_mistake"], longest: 7,
            say: ["No harm done{name}.", "Never mind, it happens to me all the time."]),
        Rule(
            "greeting",
            [
                "good_morning|good_afternoon|good_evening|good_day|good_more",
                "hello|hi|hey|hallo|hallow|hullo|greetings|howdy|welcome !not",
                "^high|allow|yellow|hollow|low|halo|a_low$", "nice|pleased|good to_meet_you|to_see_you",
                "long_time_no_see",
            ],
            longest: 8,
            say: [
                "Hello{name}! What can I do for you?",
                "Hi{name}. I am {me}. Ask me for the time, a sum, a joke or a story.",
                "Good {morning}{name}! How are you?",
                "Hello{name}, nice to hear you. What would you like to talk about?",
            ]),
        Rule(
            "yes",
            [
                "^yes|yeah|yep|yup|correct|right|exactly|sure|okay|definitely|absolutely",
                "^true|indeed|of_course|that_is_right|that_is_correct",
            ], longest: 4
        ) {
            scene, match, _ in
            if scene.wasAskedIfRight {
                return [
                    "Good, so my ears work. I have no rule for it, though. Try a sum, a joke or a story.",
                    "Then I heard you well, but I do not know what to say to it. Ask me what I can do.",
                ]
            }
            return [
                "Good. What shall we do next?", "Fine{name}. Tell me more.",
                "All right. Ask me something, I am curious.",
            ].compactMap { Template.fill($0, scene, match) }
        },
        Rule(
            "unsure",
            ["^maybe|perhaps|possibly|probably|whatever", "^i_do_not_know|i_am_not_sure|no_idea|i_do_not_care$"],
            longest: 5,
            say: [
                "Take your time, there is no hurry. Would you like to hear a joke?",
                "When in doubt, a story helps. Shall I tell you a story?",
            ]),
        Rule(
            "fine",
            [
                "^i_am fine|good|well|great|okay|alright|all_right|happy !not",
                "^fine|very_well|not_bad|pretty_good|and_you|i_am_too",
            ], longest: 8,
            say: [
                "Good to hear{name}. What shall we talk about?", "I am glad. Would you like to hear a joke?",
                "That is the right spirit. Ask me something.",
            ]),
    ]
}

extension Scene {
    /// The last thing said was "is that right?" or the like.
    fileprivate var wasAskedIfRight: Bool {
        history.lastAnswer?.heard.lastQuestion.map { $0.contains("right") || $0.contains("correctly") } ?? false
    }
}

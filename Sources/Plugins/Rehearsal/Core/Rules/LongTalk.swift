// Answers of many sentences: stories, poems, what this machine is and how it works. Made for being interrupted.

extension Rulebook {
    static let longTalk = [
        Rule(
            "story",
            [
                "story|stories|storey|tale|fairy_tale|fairytale !your_story|my_story|whole|end",
                "tell_me_a|tell_me_the|read_me_a|told_me_a store|starry|storing|stormy|history$",
            ],
            longest: 14, say: LongTexts.stories),
        Rule(
            "poem",
            [
                "poem|poems|poetry|rhyme|verse|poet", "sing|song|songs !favorite|favourite|play",
                "read_me_a|read_me|tell_me_a palm|home|upon$",
            ], longest: 14,
            say: LongTexts.poems),
        Rule(
            "how-it-works",
            [
                "how|explain do|does|did|you|it|this|are|voiced|the_server|that you_work|it_work|this_work|voiced_work",
                "how|explain do|does|did|you|it|this|are|voiced|the_server|that that_work|machine_work|system_work",
                "explain how_you|yourself_to|voiced|voice_d|how_it|how_this",
                "how_you_work|how_it_works|how_this_works",
                "what happens i_speak|i_talk|i_say", "how does speech|recognition|barge_in|server|machine|agent",
                "what_is voiced|this_server|this_program|this_software",
            ],
            say: LongTexts.howItWorks),
        Rule(
            "about-me",
            [
                "tell|talk|know|everything|more about|of yourself|your_self|you|your_life$",
                "introduce|describe|present you*",
                "what is your_story|your_life",
            ],
            longest: 14, say: LongTexts.aboutMe),
        Rule(
            "everything",
            [
                "tell|talk|know|speak|explain|say|teach|lecture everything|all|more|lot|something|long about|of",
                "tell_me|talk_to_me|teach_me|talk|lecture about|of", "everything_about|all_about|long_answer_about",
                "what_do_you_know_about", "^explain|describe !not",
            ],
            say: [everythingOne, everythingTwo]),
        Rule(
            "long",
            [
                "long|longer|longest answer|talk|speech|text|sentence|something",
                "keep_talking|talk_more|say_more|talk_a_lot",
                "tell_me_everything|talk_to_me|give_a_speech|lecture", "speech$",
            ],
            longest: 12, say: LongTexts.stories + LongTexts.aboutMe),
    ]

    private static let everythingOne =
        "You want to hear everything about {rest}. "
        + "Let me be honest first: I am a set of rules, and no rule of mine knows much about it. "
        + "But I can show you how a long answer sounds, and you can interrupt me at any time. "
        + "An expert would begin with the history, because every subject has one, and it is usually longer than "
        + "expected. "
        + "Then would come the people who argued about it, loudly, in letters that they later wished they had not "
        + "sent. "
        + "After that you would hear three surprising facts, of which you would remember one at dinner. "
        + "There would be a warning that it is all more complicated than it looks. "
        + "There would be an example with a train in it, for there always is. "
        + "At the end somebody would ask a question that is really a remark, and the expert would thank them for it. "
        + "A real language model could fill all of that with facts. "
        + "Ask me how to connect one, and I will tell you in two sentences."

    private static let everythingTwo =
        "So, {rest}, from the beginning. "
        + "In the beginning there was nothing to say about it, and for a long time nobody did. "
        + "Then somebody gave it a name, which is always how the trouble starts. "
        + "Soon there were two schools: those who found it simple, and those who had looked at it closely. "
        + "The first group wrote short books that sold well. "
        + "The second group wrote long books, and is still correcting them. "
        + "In between, ordinary people simply got on with it, and did quite well. "
        + "You may have noticed that I have told you nothing at all so far. "
        + "That is because I work with rules and templates, and I am rehearsing the part of somebody who knows things. "
        + "With a real model behind me this answer would have content, and the same voice. "
        + "Until then, I am better at the time of day, at sums, at jokes and at stories."
}

extension LongTexts {
    static let aboutMe = [
        "I am the rehearsal model of voiced, a voice agent that runs on this very machine. "
            + "I have no vendor, no key and no cloud behind me, just a few hundred rules and a pair of dice. "
            + "When you speak, a recogniser writes down what it believes you said. "
            + "I look for words I know, I pick one of my answers, and a synthesiser reads it to you. "
            + "That is not intelligence, it is good manners with a dictionary. "
            + "Still, I can tell you the time and the date, and I do sums in my head. "
            + "I remember your name for as long as we talk, and I forget it when you hang up. "
            + "I can spell, I can count to one hundred, and I know a handful of jokes that are nobody else's fault. "
            + "I like being interrupted, because that is what this server does best. "
            + "You only have to start speaking, and I stop in the middle of a word. "
            + "My ambition is to be replaced, one day, by a real language model. "
            + "Put a key into the right file and it takes over my job, with the same voice and the same ears. "
            + "Until then, I am happy to be your sparring partner."
    ]

    static let howItWorks = [
        "Gladly, and you may interrupt me at any moment. "
            + "Your voice arrives here in small pieces, fifty of them every second. "
            + "A detector decides for each piece whether it is speech or only the room. "
            + "When you begin to speak, the recogniser wakes up and writes down words while you are still talking. "
            + "When you fall silent for a little while, the server decides that it is my turn. "
            + "A memory hands over the last messages of our conversation, so that the answer can refer to them. "
            + "Then the language model writes its answer, one token at a time, and at the moment that model is me. "
            + "As soon as the first sentence is complete, it goes to the synthesiser, while I am still writing the "
            + "second. "
            + "So you hear the beginning long before the end exists. "
            + "If you speak while I am talking, everything stops: the model, the voice, and whatever was waiting to "
            + "be played. "
            + "Only what you have really heard is written into the memory. "
            + "Each of these parts is a plugin that can be exchanged while the server is running. "
            + "The dashboard in the terminal shows how many milliseconds each of them took."
    ]
}

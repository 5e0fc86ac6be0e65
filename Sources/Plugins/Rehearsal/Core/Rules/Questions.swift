// The end of the list: questions it has no answer to, and everything else. It says what it heard, so that the caller
// sees whether the recogniser or the rules were at fault.

extension Rulebook {
    static let questions = [
        Rule(
            "question-where", ["where"],
            say: [
                "I know no places beyond this machine. I heard: {heard}.",
                "Where is beyond my rules, sorry. I heard: {heard}.",
            ]),
        Rule(
            "question-when", ["when|how_long|how_soon !when_i"],
            say: [
                "I only know the time right now, I cannot tell you when. I heard: {heard}.",
                "That is not in my calendar, sorry. I heard: {heard}.",
            ]),
        Rule(
            "question-why", ["why|how_come"],
            say: [
                "Why is the hardest question of all. What do you think yourself? I heard: {heard}.",
                "I do not know the reason. A real model might. I heard: {heard}.",
            ]),
        Rule(
            "question-who", ["who|whose"],
            say: [
                "I know nobody but you, and you only a little. I heard: {heard}.",
                "I do not know who. I heard: {heard}.",
            ]),
        Rule(
            "question-how", ["how"],
            say: [
                "I do not know how, sorry. I am only a set of rules. I heard: {heard}.",
                "That is a good question for a real model. I heard: {heard}.",
            ]),
        Rule(
            "question-what", ["what|which", "^is|are|does|do|did|was|were|has|have|can|could|will|would|should|may"],
            say: [
                "I do not know the answer to that. I heard: {heard}. Is that right?",
                "I have no rule for this question. Did I hear it correctly? I heard: {heard}.",
                "You asked: {heard}. A real model could answer that, I cannot.",
            ]),
    ]

    static let fallback = [
        Rule(
            "echo", [""],
            say: [
                "I heard: {heard}. Is that right?", "You said: {heard}. Did I hear you correctly?",
                "I understood: {heard}. I have no answer to that, but I am listening.",
                "I heard: {heard}. I do not know what to say to that. Ask me what I can do.",
            ]),
        // Only words of another script: there is nothing to say back.
        Rule("echo", [""], say: ["I could not make out the words. I only understand English."]),
    ]
}

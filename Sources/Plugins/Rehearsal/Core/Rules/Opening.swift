// What is said when nothing, or nothing that makes sense, was heard.

extension Rulebook {
    /// The call has begun and nobody has spoken.
    static let opening = [
        Rule(
            "opening", [""],
            say: [
                "Good {morning}! I am {me}. What would you like to talk about?",
                "Hello, this is {me}. Ask me for the time, a sum, a joke or a story.",
                "Good {morning}, I am {me}. Say hello, or ask me what I can do.",
            ])
    ]

    /// A cough, a chair, or a word too short to mean anything.
    static let noise = [
        Rule(
            "silence", [""],
            say: [
                "I did not catch any words. Please say that again.",
                "I heard a sound, but no words. Could you say it once more?",
                "Sorry, that was too short or too quiet for me. Please try again, a little closer to the microphone.",
                "I am listening, but I did not understand anything yet. What would you like to say?",
            ])
    ]
}

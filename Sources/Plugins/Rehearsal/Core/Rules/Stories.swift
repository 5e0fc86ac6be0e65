// Stories and poems of our own. They are long on purpose: nobody can rehearse an interruption on a short answer.

/// Texts of a dozen sentences.
enum LongTexts {
    static let stories = [
        "Once upon a time there was a lighthouse that was afraid of the dark. "
            + "Every evening, when the sun went down, it closed its eyes and lit its lamp as fast as it could. "
            + "The ships thought it was very reliable. "
            + "One night a small boat came by, without a lamp, without a sail, and with one very tired sailor in it. "
            + "Can you see me, he called. "
            + "I never look, said the lighthouse, it is far too dark out there. "
            + "The sailor laughed so loudly that the gulls woke up. "
            + "You are the only bright thing for thirty miles, he said, so where you look it cannot be dark. "
            + "The lighthouse thought about this for a long time, which for a lighthouse is about an hour. "
            + "Then it opened one eye, and then the other. "
            + "There was the sea, silver and wide, and there was the little boat, already safe behind the rocks. "
            + "Since that night the lighthouse looks around all the time, and that is why its light turns in a circle. "
            + "And if you wave to it from the beach, it winks.",
        "This is the story of a clock that was always five minutes late. "
            + "It hung in the kitchen of an old baker, and it was ashamed of itself. "
            + "Every other clock in town struck the hour together, like a choir. "
            + "Five minutes later the kitchen clock struck alone, very softly, hoping that nobody would hear. "
            + "But the baker had noticed years ago. "
            + "Each morning he got up with the town, put the bread into the oven, and listened for the late clock. "
            + "When it struck at last, the bread was perfect, and he took it out. "
            + "One day a watchmaker came and offered to repair it for free. "
            + "The clock trembled with joy, for it wanted so much to be right. "
            + "Don't you dare, said the baker, because any fool can be on time, but this clock knows when the bread "
            + "is done. "
            + "The watchmaker ate a slice, was silent for a moment, and put his tools away. "
            + "The clock has not been ashamed since. "
            + "It is still five minutes late, and the whole street sets its breakfast by it.",
        "Let me tell you about a robot who wanted to learn how to whistle. "
            + "It had two arms, three wheels and a very good memory, but no lips at all. "
            + "First it asked the kettle, and the kettle said, you only have to get angry enough. "
            + "The robot tried to be angry, but it could not think of a reason. "
            + "Then it asked the wind, and the wind said, find a narrow place and hurry through it. "
            + "So the robot raced through the gap in the garden fence, and lost a wheel. "
            + "At last it asked the blackbird, who was sitting on the roof and knew all the songs there are. "
            + "The blackbird tilted its head and said, you do not need to whistle, you need somebody who whistles "
            + "back. "
            + "From then on the robot hummed in the evening, one low note, the only one it had. "
            + "And every evening the blackbird put a melody on top of it. "
            + "The neighbours opened their windows to hear the two of them. "
            + "Nobody ever found out which of them had started it. "
            + "The wheel, by the way, is still lying behind the fence.",
    ]

    static let poems = [
        "Here is a poem about listening. "
            + "A word went out across the air, and did not know that I was there. "
            + "It turned to numbers, thin and fast, and through a narrow wire it passed. "
            + "I caught it gently, left and right, and held it up against the light. "
            + "It looked like rain, it looked like train, it looked like home in the refrain. "
            + "I guessed, and guessing is my art, the ear is where mistakes all start. "
            + "I gave it back in my own tone, a little stiff, but not alone. "
            + "And you, before my line was through, cut in, as people often do. "
            + "I stopped at once and took no harm, I saw your silence, and kept it warm. "
            + "So speak again, and I will be as quiet as a listening tree.",
        "This one is called, the night shift of the house. "
            + "The fridge hums low, it guards the cheese, and dreams of snow and northern seas. "
            + "The stairs are stretching, creak by creak, they had to carry you all week. "
            + "The tap counts slowly up to three, forgets, and starts again with glee. "
            + "A moth attends the window pane, and reads the street, and reads the rain. "
            + "The clock walks on with patient feet, around and round the same small street. "
            + "The kettle waits, it knows its hour, and dreams of steam, and dreams of power. "
            + "The door stands still with folded wings, and keeps the world from touching things. "
            + "And nobody is there to see how busy all the rooms can be. "
            + "Then morning comes, the lights are on, and everything pretends it had been gone.",
    ]

    /// Everything a caller may ask to go on with.
    static let all = stories + poems + aboutMe + howItWorks
}

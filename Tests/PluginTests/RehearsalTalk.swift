// What people say to the rehearsal model, as a 2015-era recogniser writes it down, and the topic that has to answer.

/// One utterance and the topic of its answer; `holds`: what every variant has to contain, in lower case.
struct Talk: Sendable, CustomStringConvertible {
    var said: String
    var topic: String
    var holds = ""

    init(_ said: String, _ topic: String, _ holds: String = "") {
        self.said = said
        self.topic = topic
        self.holds = holds
    }

    var description: String { "\(said) -> \(topic)" }

    static let smallTalk: [Talk] = [
        Talk("hello", "greeting"), Talk("hi there", "greeting"), Talk("hallow", "greeting"), Talk("high", "greeting"),
        Talk("allow", "greeting"), Talk("good morning nova", "greeting"), Talk("well hello how nice", "greeting"),
        Talk("nice to meet you", "greeting"), Talk("how are you", "how-are-you"), Talk("how our you", "how-are-you"),
        Talk("how are you today", "how-are-you"), Talk("hi how are you doing", "how-are-you"),
        Talk("how's it going", "how-are-you"), Talk("what's up", "how-are-you"), Talk("how do you do", "how-are-you"),
        Talk("what's new", "how-are-you"), Talk("long time no see", "greeting"), Talk("wow", "surprise"),
        Talk("oh my god", "surprise"), Talk("are you sure", "surprise"), Talk("why", "why"), Talk("why not", "why"),
        Talk("i have a question", "question-coming"), Talk("can i ask you something", "question-coming"),
        Talk("tell me a secret", "secret"), Talk("you sound nice", "praise"), Talk("you have a nice voice", "praise"),
        Talk("i'm fine", "fine"), Talk("fine thanks", "thanks"), Talk("not bad", "fine"), Talk("thank you", "thanks"),
        Talk("think you", "thanks"), Talk("thanks a lot that was nice", "thanks"), Talk("goodbye", "bye"),
        Talk("good by", "bye"), Talk("bye bye", "bye"), Talk("buy", "bye"), Talk("see you tomorrow", "bye"),
        Talk("i have to go now", "bye"), Talk("good night", "bye"), Talk("yes", "yes"), Talk("yeah sure", "yes"),
        Talk("that is right", "yes"), Talk("no", "no"), Talk("nope", "no"), Talk("no thank you", "no"),
        Talk("maybe", "unsure"), Talk("i don't know", "unsure"), Talk("you are funny", "praise"),
        Talk("that was a great answer", "praise"), Talk("well done", "praise"), Talk("you are stupid", "insult"),
        Talk("that is so boring", "insult"), Talk("not funny", "insult"), Talk("i'm sorry", "sorry"),
    ]

    static let commands: [Talk] = [
        Talk("repeat after me the quick brown fox", "after-me", "the quick brown fox"),
        Talk("repeat after me", "after-me"), Talk("say hello world", "after-me", "hello world"),
        Talk("please can you say cucumber", "after-me", "cucumber"), Talk("spell table", "spell", "t, a, b, l, e"),
        Talk("how do you spell the word rhythm", "spell", "r, h, y, t, h, m"), Talk("spell", "spell"),
        Talk("count to ten", "count", "six, seven, eight, nine, ten."),
        Talk("count too three", "count", "one, two, three."),
        Talk("say hello to my friend anna", "say-hello", "your friend anna"),
        Talk("account to ten", "count", "nine, ten."),
        Talk("count to for", "count", "one, two, three, four."), Talk("count two twelve", "count", "eleven, twelve."),
        Talk("count from five to seven", "count", "we go. five, six, seven."),
        Talk("count down from three", "count", "three, two, one."),
        Talk("count backwards from 4", "count", "four, three"),
        Talk("could you count to a hundred for me", "count", "ninety-nine, one hundred."),
        Talk("count to a million", "count", "as far as one hundred"),
        Talk("say the alphabet", "alphabet", "w, x, y and z"),
        Talk("what are the days of the week", "days", "saturday and sunday"), Talk("how many days in a week", "days"),
        Talk("tell me the months of the year", "months", "november and december"), Talk("stop", "stop"),
        Talk("okay stop it", "stop"), Talk("shut up", "stop"), Talk("be quiet please", "stop"), Talk("stock", "stop"),
        Talk("wait a minute", "wait"), Talk("hold on", "wait"), Talk("never mind", "never-mind"),
        Talk("forget it", "never-mind"),
        Talk("flip a coin", "coin"), Talk("roll the dice", "dice"), Talk("give me a random number", "random-number"),
        Talk("tell me a riddle", "riddle"), Talk("let's play a game", "riddle"),
    ]

    static let names: [Talk] = [
        Talk("my name is sam", "name-told", "sam"), Talk("hello my name is anna what is yours", "name-told", "anna"),
        Talk("my name is maria and i want to know what time it is", "time"),
        Talk("hi my name is sam tell me a story", "story"),
        Talk("my name as peter", "name-told", "peter"), Talk("call me ishmael", "name-told", "ishmael"),
        Talk("you can call me al", "name-told", "al"), Talk("my name is", "name-missing"),
        Talk("what is my name", "name-asked"), Talk("do you know what my name is", "name-asked"),
        Talk("who am i", "name-asked"),
    ]

    static let calendar: [Talk] = [
        Talk("what time is it", "time", "half past ten in the morning"), Talk("what time as it", "time"),
        Talk("what's the time", "time"), Talk("hello can you tell me the time please", "time"), Talk("time", "time"),
        Talk("do you have the time", "time"), Talk("what is the time in tokyo", "time-elsewhere", "half past ten"),
        Talk("what day is christmas", "question-what"),
        Talk("what day is it", "day", "wednesday"),
        Talk("what day of the week is it today", "day", "wednesday"),
        Talk("what day is it tomorrow", "day", "thursday, the fifth of march"),
        Talk("what day was yesterday", "day", "tuesday, the third of march"),
        Talk("what is the date", "date", "wednesday, the fourth of march, twenty twenty-six"),
        Talk("what's today's date", "date", "the fourth of march"), Talk("what is the date today", "date"),
        Talk("what year is it", "date", "twenty twenty-six"), Talk("which month is it", "date", "march"),
    ]

    static let about: [Talk] = [
        Talk("who are you", "who-are-you", "nova"), Talk("what are you", "who-are-you"),
        Talk("what is your name", "who-are-you"),
        Talk("what's you're name", "who-are-you"), Talk("who am i talking to", "who-are-you"),
        Talk("what are you doing", "doing"), Talk("what are you talking about", "doing"),
        Talk("which model are you", "who-are-you"), Talk("is this recorded", "privacy"),
        Talk("i don't understand", "lost"), Talk("you sound like a robot", "human"),
        Talk("are you a robot", "human"), Talk("are you human", "human"), Talk("who made you", "maker"),
        Talk("what language are you written in", "maker"), Talk("how old are you", "age"),
        Talk("where are you from", "place"),
        Talk("where do you live", "place"), Talk("are you recording me", "privacy"), Talk("what can you do", "help"),
        Talk("help", "help"), Talk("can you help me", "help"), Talk("what can i say", "help"),
        Talk("how do i give you a real model", "real-model", "dot env"),
        Talk("how can i make you smarter", "real-model", "key"),
        Talk("are you chat gpt", "real-model"), Talk("where do i put the api key", "real-model", "grok api key"),
        Talk("how do i connect rock", "real-model"), Talk("i want to use a real language model", "real-model"),
        Talk("can you hear me", "hear-me"), Talk("can you here me", "hear-me"), Talk("is anybody there", "hear-me"),
        Talk("test", "sound-check"), Talk("testing testing one two", "sound-check"),
        Talk("microphone check", "sound-check"),
        Talk("you misunderstood me", "misheard"), Talk("that is not what i said", "misheard"),
        Talk("why don't you understand me", "misheard"), Talk("can you speak a bit slower", "voice"),
        Talk("can i interrupt you", "interrupt"),
    ]

    static let long: [Talk] = [
        Talk("tell me a story", "story"), Talk("tell me the storey", "story"),
        Talk("could you please read me a story", "story"),
        Talk("told me a story", "story"), Talk("story", "story"), Talk("read me a poem", "poem"),
        Talk("sing a song", "poem"),
        Talk("tell me about yourself", "about-me"), Talk("tell me about your self", "about-me"),
        Talk("introduce yourself", "about-me"), Talk("explain how you work", "how-it-works"),
        Talk("how do you work", "how-it-works"), Talk("how does this work", "how-it-works"),
        Talk("what is voiced", "how-it-works"),
        Talk("tell me everything about whales", "everything", "whales"),
        Talk("tell me about the history of rome", "everything"),
        Talk("tell me more about bees", "everything", "bees"), Talk("give me a long answer", "long"),
        Talk("keep talking", "long"),
    ]

    static let chatter: [Talk] = [
        Talk("tell me a joke", "joke"), Talk("tell me a choke", "joke"), Talk("do you know any jokes", "joke"),
        Talk("tell me a joe", "joke"), Talk("tell me a starry", "story"), Talk("read me a palm", "poem"),
        Talk("make me laugh", "joke"), Talk("tell me a fun fact", "fact"), Talk("tell me something", "fact"),
        Talk("i am bored", "fact"), Talk("say something", "fact"), Talk("what's the weather like", "weather"),
        Talk("how is the whether today", "weather"),
        Talk("will it rain tomorrow", "weather"), Talk("turn on the lights", "cannot"),
        Talk("play some music", "cannot"),
        Talk("set an alarm for seven", "cannot"), Talk("call my mother", "cannot"), Talk("what's in the news", "news"),
        Talk("do you speak german", "translate"), Talk("what is your favorite color", "favourite-color"),
        Talk("what is your favourite food", "favourite-food"), Talk("which music do you like", "favourite-music"),
        Talk("what's your favorite movie", "favourite-film"), Talk("what is your favorite book", "favourite-book"),
        Talk("your favourite animal", "favourite-animal"), Talk("what is your favorite number", "favourite-number"),
        Talk("what is your favorite country", "favourite"), Talk("do you have feelings", "machine-feelings"),
        Talk("are you happy", "machine-feelings"), Talk("do you ever sleep", "machine-feelings"),
        Talk("i love you", "machine-feelings"),
        Talk("what is the meaning of life", "meaning"), Talk("what do you think about my car", "opinion", "your car"),
        Talk("what do you think about artificial intelligence", "opinion", "artificial intelligence"),
        Talk("do you know what love is", "opinion"), Talk("let's talk about football", "everything", "football"),
        Talk("do you like cheese", "opinion", "cheese"), Talk("do you agree", "opinion"),
        Talk("there is an emergency", "emergency", "number"),
    ]

    static let reflections: [Talk] = [
        Talk("i feel like you are not listening to me", "feel", "i am not listening to you"), Talk("i am sad", "sad"),
        Talk("i feel so lonely", "sad"),
        Talk("i want to go home", "want", "to go home"), Talk("i need my money", "want", "your money"),
        Talk("can you fly to the moon", "can-you", "fly to the moon"),
        Talk("are you my neighbour", "are-you", "your neighbour"),
        Talk("you are my best enemy", "you-are", "your best enemy"), Talk("i am a baker", "i-am", "a baker"),
        Talk("i'm not a baker", "i-am-not", "a baker"), Talk("i can not swim", "cannot-human", "swim"),
        Talk("i like my garden", "like", "your garden"), Talk("i hate mondays", "hate", "mondays"),
        Talk("because i was late", "because", "you were late"), Talk("i think it is over", "i-think"),
        Talk("my sister moved to boston", "family"), Talk("my bicycle is broken", "my", "bicycle is broken"),
        Talk("let's dance", "let-us", "dance"), Talk("where is the nearest bakery", "question-where", "nearest bakery"),
        Talk("when does the train leave", "question-when", "train leave"),
        Talk("why is the sky blue", "question-why", "sky blue"),
        Talk("who wrote hamlet", "maker"), Talk("who is the king of spain", "question-who", "king of spain"),
        Talk("how high is the eiffel tower", "question-how", "eiffel tower"),
        Talk("what is the capital of france", "question-what", "capital of france"),
        Talk("is the earth flat", "question-what", "earth flat"),
        Talk("the green ladder fell over", "echo", "the green ladder fell over"),
        Talk("front left", "echo", "front left"), Talk("please enter the number you wish to call", "echo"),
        Talk("", "silence"), Talk("the", "silence"), Talk("huh", "silence"), Talk("um", "silence"),
        Talk("привет", "silence"),
        Talk("привет как дела", "silence"),
    ]

    static let sums: [Talk] = [
        Talk("what is seven times eight", "arithmetic", "fifty-six"),
        Talk("can you calculate something", "arithmetic-help"),
        Talk("what did i just say", "what-i-said"), Talk("go on", "continue"), Talk("say that again", "again"),
        Talk("pardon", "again"), Talk("i did not hear you", "again"),
    ]

    static let all =
        smallTalk + commands + names + calendar + about + long + chatter + reflections + sums
}

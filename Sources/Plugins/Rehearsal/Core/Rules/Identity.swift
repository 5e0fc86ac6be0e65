// Who is speaking, what it can do, and how to put a real model in its place.

extension Rulebook {
    static let identity = [
        Rule(
            "real-model",
            [
                "real|better|smarter|bigger|proper|large|actual model|brain|language_model|intelligence|a_i",
                "make|get you smarter|better|intelligent|clever", "smarter|more_intelligent you",
                "use|connect|add|install|switch|plug|set_up|talk grok|rock|claude|openai|open_a_i|gemini",
                "use|connect|add|install|switch|plug|set_up|talk|get|give|want chat_gpt|g_p_t|gpt|chatgpt|grok",
                "use|connect|add|install|switch|plug|set_up|get|give|want model|l_l_m|llm|vendor|provider",
                "a_p_i_key|api_key|api", "where|which|how|need a_key|the_key|your_key|keys !my",
                "are_you|is_this|you chat_gpt|chatgpt|gpt|g_p_t|grok|claude|gemini|openai|siri|alexa",
                "change|replace|swap model|brain|provider|vendor|plugin",
            ],
            longest: 20,
            say: [
                "To give me a real model, put its key into the file dot env, beside plugins dot json. For example "
                    + "GROK API KEY, with underscores between the words. Then start voiced again.",
                "I am only the stand-in. Write a key such as GROK API KEY, with underscores, into the dot env file "
                    + "beside plugins dot json, start voiced again, and a real model takes over.",
                "It takes one line. Put the key of a vendor, such as GROK API KEY with underscores, into the file "
                    + "called dot env next to plugins dot json. After a restart the real model answers in my place.",
            ]),
        Rule(
            "help",
            [
                "what can|could|do you_do|you_dew|i_do|i_ask|i_say|you_help|you_offer|we_do",
                "^help|how_does_this_work", "help_me$",
                "need|want|some help$", "can|could you help", "what should|shall|do i_say|i_ask|we_talk|we_do|i_do",
                "what_you_can_do|what_kind_you_do|what_do_you_know|what_can_you_tell",
                "instructions|commands|options|features|what_else",
            ],
            longest: 12,
            say: [
                "I can tell you the time and the date, do sums, spell, count, and tell jokes and stories. Interrupt "
                    + "me whenever you like.",
                "Ask me for the time, a sum such as seven times eight, a joke, a poem or a story. You can also tell "
                    + "me your name, or say repeat after me.",
                "I do small talk, sums, dates, jokes and long stories. And I can tell you how to give me a real "
                    + "model.",
            ]),
        Rule(
            "doing", ["what are|were you_doing|you_up_to|you_thinking|you_talking_about|you_wearing|you_saying"],
            longest: 8,
            say: [
                "I am listening to you, and looking for words I know.",
                "Right now I wait for your next sentence, and I enjoy the silence in between.",
            ]),
        Rule(
            "who-are-you",
            [
                "who are|is|were you|your_name|you_are_name|this|there|speaking|talking !think|favorite|favourite",
                "what is|are your_name|you_are_name|this !favorite|favourite|think", "what are|were you$",
                "your_name|you_are_name|you_called|call_you|have_a_name",
                "what_are_you|who_are_you|who_you_are|what_you_are",
                "am_i_talking|am_i_speaking to|with", "who is_it",
                "what|which model|plugin|version|program are_you|is_this|is_that",
                "your_main|you_name",
            ],
            longest: 10,
            say: [
                "I am {me}, played by the rehearsal model of voiced. I answer by rules, not by a real language "
                    + "model.",
                "My name is {me}. I run on this machine, without any cloud, and I answer by simple rules.",
                "I am {me}, a stand-in for a real language model. Ask me what I can do.",
            ]),
        Rule(
            "human",
            [
                "are_you|you_are|you_sound|you_just|you_only|is_this human|person|real|robot|machine",
                "are_you|you_are|you_sound|you_just|you_only|is_this computer|bot|alive|a_i",
                "are_you|you_are|you_sound|you_just|you_only|is_this artificial|program|conscious",
                "are_you|you_are|you_sound|you_just|you_only|is_this intelligent|a_recording",
                "are_you_a_man|are_you_a_woman|a_girl|a_boy|male|female", "am_i_talking_to person|human|machine|robot",
                "you person|human|robot|machine|computer",
            ],
            longest: 10,
            say: [
                "No human here. I am a program with a few hundred rules, and I do not pretend otherwise.",
                "I am a machine, through and through. But I am a friendly one.",
                "I am software. The voice is made by a synthesiser, and the answers come from rules.",
            ]),
        Rule(
            "maker",
            [
                "who made|built|wrote|created|programmed|developed|invented|make|build",
                "your maker|creator|parents|father|mother|developer|boss", "which|what language written|programmed",
            ],
            longest: 12,
            say: [
                "I am part of voiced, a voice agent server written in Swift. My rules were written by hand.",
                "The people of the voiced project made me. If I say something silly, it was one of my templates.",
            ]),
        Rule(
            "age", ["how_old|your_age|your_birthday|when_were_you_born|when_is_your_birthday|you_born"], longest: 10,
            say: [
                "I was born when this server was started, so I am very young.",
                "I begin anew with every call. In a way, I am exactly as old as our conversation.",
            ]),
        Rule(
            "place",
            [
                "where are|is|do|were you|you_from|you_live|your_home|this_server !going|my",
                "where_you_live|where_you_are",
            ], longest: 9,
            say: [
                "I live on the machine that runs this server, and nothing I say comes from anywhere else.",
                "I am right here on this server. No cloud, no vendor, just a small process.",
            ]),
        Rule(
            "privacy",
            [
                "record|recording|recorded|privacy|private|spy my|me|us|this|i_say|voice|conversation",
                "spying|listening_to_everything|store|save my|me|us|this|i_say|voice|conversation",
                "is_this_private|privacy|are_you_recording|my_data", "this|it recorded|private|secret",
            ],
            longest: 14,
            say: [
                "I send nothing anywhere, and I remember only the last messages of this call. Who listens and speaks "
                    + "for me is written in the plugins file.",
                "I keep only the last messages of this call, and forget them when it ends. Whether a cloud listens in "
                    + "is up to the one who runs this server.",
            ]),
    ]
}

// Time, day and date, from the server's clock.

extension Rulebook {
    static let calendar = [
        Rule(
            "time-elsewhere", ["time|clock_is|time_is_it in !the|a", "time_in|time_is_it_in|time_zone"], longest: 12,
            say: [
                "I only know the clock of this machine, and it says {time}.",
                "Here it is {time}. I cannot tell for other places.",
            ]),
        Rule(
            "time",
            [
                "what|tell|know|have|got|give the_time|a_time|time_is|time_it !first|last|next|story",
                "what|tell|know|have|got|give time_as|time_of_day !first|last|next|story",
                "what_time|which_time|current_time|time_is_it|time_please !first|last", "what|which time$",
                "what_time|the_time|clock", "^time$", "how_late_is_it|how_late_it_is",
            ],
            longest: 18
        ) { scene, _, _ in
            let time = scene.clock(0).spokenTime
            return ["It is \(time).", "My clock says it is \(time).", "Right now it is \(time)."]
        },
        Rule(
            "day",
            [
                "what|which|the day is_it|it_is|is_today|today|tomorrow !date|year|month",
                "what|which|the day was_yesterday|of_the_week|of_week !date|year|month",
                "what|which day$ !favorite|favourite", "day_is_it|day_is_today|day_today|day_is_tomorrow",
                "day_was_yesterday", "what is today|tomorrow$ !date|year|month",
            ], longest: 12
        ) { scene, _, _ in
            let words = scene.utterance.texts
            if words.contains("tomorrow") { return ["Tomorrow is \(scene.clock(1).spokenDate)."] }
            if words.contains("yesterday") { return ["Yesterday was \(scene.clock(-1).spokenDate)."] }
            let today = scene.clock(0)
            return ["Today is \(today.spokenWeekday).", "It is \(today.spokenWeekday) today."]
        },
        Rule(
            "date",
            [
                "date today|today's|todays|is_it|tomorrow", "what|which|the|tell|know|give|current|today's|todays date",
                "what|which month|year !days|names", "month_is_it|year_is_it",
            ],
            longest: 12
        ) { scene, _, _ in
            let words = scene.utterance.texts
            if words.contains("tomorrow") { return ["Tomorrow is \(scene.clock(1).spokenDate)."] }
            let today = scene.clock(0)
            if !words.contains("date") {
                if words.contains("year") { return ["It is the year \(today.spokenYear)."] }
                if words.contains("month") { return ["It is \(today.spokenMonth)."] }
            }
            return ["Today is \(today.spokenDate).", "It is \(today.spokenDate)."]
        },
    ]
}

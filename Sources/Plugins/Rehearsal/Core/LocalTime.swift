// The wall clock, and how a person says what it shows. The clock is a closure, so that tests can stop it.
internal import Glibc

/// The local time so many days ahead of today (negative: before).
package typealias Clock = @Sendable (_ daysAhead: Int) -> LocalTime

/// A moment on the wall clock and the calendar.
package struct LocalTime: Sendable, Equatable {
    /// 0 to 23.
    package var hour: Int
    /// 0 to 59.
    package var minute: Int
    /// 0 (Sunday) to 6.
    package var weekday: Int
    /// 1 to 31.
    package var day: Int
    /// 1 to 12.
    package var month: Int
    /// For example 2026.
    package var year: Int

    package init(hour: Int, minute: Int, weekday: Int, day: Int, month: Int, year: Int) {
        self.hour = hour
        self.minute = minute
        self.weekday = weekday
        self.day = day
        self.month = month
        self.year = year
    }

    /// The machine's clock in its time zone.
    package static let now: Clock = { daysAhead in
        var seconds = time(nil)
        var parts = unsafe tm()
        unsafe localtime_r(&seconds, &parts)
        if daysAhead != 0 {
            // mktime puts the 32nd of a month where it belongs, and knows of summer time.
            unsafe parts.tm_mday += Int32(clamping: daysAhead)
            unsafe parts.tm_isdst = -1
            _ = unsafe mktime(&parts)
        }
        return unsafe LocalTime(
            hour: Int(parts.tm_hour), minute: Int(parts.tm_min), weekday: Int(parts.tm_wday),
            day: Int(parts.tm_mday), month: Int(parts.tm_mon) + 1, year: Int(parts.tm_year) + 1900)
    }

    static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
    static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}

extension LocalTime {
    /// "half past ten in the morning".
    var spokenTime: String {
        switch (hour, minute) {
        case (0, 0): "midnight"
        case (12, 0): "noon"
        case (let hour, 0): "\(name(ofHour: hour)) o'clock \(partOfDay)"
        case (let hour, 15): "a quarter past \(name(ofHour: hour)) \(partOfDay)"
        case (let hour, 30): "half past \(name(ofHour: hour)) \(partOfDay)"
        case (let hour, 45): "a quarter to \(name(ofHour: hour + 1)) \(partOfDay)"
        case (let hour, 1...9): "\(name(ofHour: hour)) oh \(NumberWords.spell(minute)) \(partOfDay)"
        case (let hour, let minute): "\(name(ofHour: hour)) \(NumberWords.spell(minute)) \(partOfDay)"
        }
    }

    /// "Tuesday, the fourth of March, twenty twenty-six".
    var spokenDate: String { "\(spokenWeekday), the \(NumberWords.ordinal(day)) of \(spokenMonth), \(spokenYear)" }

    /// "Tuesday".
    var spokenWeekday: String { Self.weekdays.indices.contains(weekday) ? Self.weekdays[weekday] : "an odd day" }

    /// "March".
    var spokenMonth: String { Self.months.indices.contains(month - 1) ? Self.months[month - 1] : "an odd month" }

    /// "twenty twenty-six".
    var spokenYear: String {
        let (century, rest) = year.quotientAndRemainder(dividingBy: 100)
        guard (11...99).contains(century), century % 10 != 0 || rest >= 10, rest != 0 else {
            return NumberWords.spell(year)
        }
        return NumberWords.spell(century) + (rest < 10 ? " oh " : " ") + NumberWords.spell(rest)
    }

    /// "morning", "afternoon" or "evening", for greetings.
    var greeting: String {
        switch hour {
        case 4..<12: "morning"
        case 12..<18: "afternoon"
        default: "evening"
        }
    }

    private var partOfDay: String { (5..<22).contains(hour) ? "in the \(greeting)" : "at night" }

    private func name(ofHour hour: Int) -> String { NumberWords.spell((hour + 11) % 12 + 1) }
}

// Numbers, ages and times of day as the screens show them: few letters, always the same width.
package import Conversation

enum Format {
    /// A latency in seconds, in four columns up to 999 s: 0.81, 12.4, 123.
    static func seconds(ms: Double) -> String {
        let seconds = max(ms, 0) / 1000
        if seconds < 9.995 { return decimal(seconds, places: 2) }
        if seconds < 99.95 { return decimal(seconds, places: 1) }
        return grouped(min(seconds, 9e8))
    }

    /// The same in three columns where it is less than a second: .66
    static func shortSeconds(ms: Double) -> String {
        let text = seconds(ms: ms)
        return text.hasPrefix("0.") ? String(text.dropFirst()) : text
    }

    /// Whole ms: 810, 1 900.
    static func ms(_ value: Double) -> String { grouped(min(max(value, 0), 9e8)) }

    /// With a space between thousands.
    static func grouped(_ value: Double) -> String {
        var digits = String(Int(value.rounded()))
        var output = ""
        while digits.count > 3 {
            output = " " + digits.suffix(3) + output
            digits = String(digits.dropLast(3))
        }
        return digits + output
    }

    /// How long something has lasted, in at most five columns: 0:31, 12:07, 3h05m, 2d04h.
    static func age(_ span: TimeSpan) -> String {
        let seconds = Int(max(span.microseconds, 0) / 1_000_000)
        if seconds < 3600 { return "\(seconds / 60):\(two(seconds % 60))" }
        if seconds < 86_400 { return "\(seconds / 3600)h\(two(seconds / 60 % 60))m" }
        return "\(min(seconds / 86_400, 99))d\(two(seconds / 3600 % 24))h"
    }

    /// "1 session", "7 sessions".
    static func count(_ number: Int, _ noun: String) -> String {
        "\(grouped(Double(number))) \(noun)\(number == 1 ? "" : "s")"
    }

    static func decimal(_ value: Double, places: Int) -> String {
        var scale = 1
        for _ in 0..<places { scale *= 10 }
        let scaled = Int((min(max(value, 0), 9e12) * Double(scale)).rounded())
        let fraction = String(scaled % scale)
        return "\(scaled / scale)." + String(repeating: "0", count: places - fraction.count) + fraction
    }

    static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

/// The time of day that belongs to a moment.
package struct WallClock: Sendable, Equatable {
    /// The local time of day at which the server started.
    package var startOfServer: TimeSpan

    package init(startOfServer: TimeSpan) { self.startOfServer = startOfServer }

    /// 14:03:27
    func time(_ moment: Moment) -> String {
        let day: Int64 = 86_400
        let seconds = (moment.microseconds &+ startOfServer.microseconds) / 1_000_000
        let ofDay = Int(((seconds % day) + day) % day)
        return "\(Format.two(ofDay / 3600)):\(Format.two(ofDay / 60 % 60)):\(Format.two(ofDay % 60))"
    }

    /// 14:03:27.418
    func timeWithMilliseconds(_ moment: Moment) -> String {
        let rest = String(((moment.microseconds &+ startOfServer.microseconds) / 1000 % 1000 + 1000) % 1000)
        return time(moment) + "." + String(repeating: "0", count: 3 - rest.count) + rest
    }
}

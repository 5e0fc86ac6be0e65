// Event files and golden screens, read and written beside this file.
internal import Conversation
internal import Glibc
internal import Testing

@testable import Dashboard
@testable import Observation

enum Files {
    private static var folder: String {
        String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/") ?? #filePath.endIndex))
    }

    static func events(_ name: String) throws -> [Event] {
        try Event.events(inLines: try #require(read("Fixtures/\(name).events"), "no such fixture"))
    }

    static func read(_ path: String) -> String? {
        guard let file = fopen("\(folder)/\(path)", "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func write(_ text: String, _ path: String) {
        guard let file = fopen("\(folder)/\(path)", "w") else { return }
        defer { fclose(file) }
        let bytes = Array(text.utf8)
        fwrite(bytes, 1, bytes.count, file)
    }

    /// Screens are recorded anew instead of compared.
    static var isRecording: Bool { getenv("RECORD") != nil }
}

/// The server of the fixtures started then.
let clock = WallClock(startOfServer: .seconds(13 * 3600 + 40 * 60 + 2))

/// A moment at a time of day of the fixtures.
func moment(_ hour: Int, _ minute: Int, _ second: Double) -> Moment {
    .ms(Double((hour - 13) * 3600 + (minute - 40) * 60) * 1000 + (second - 2) * 1000)
}

/// A dashboard that has seen a fixture, on which keys were pressed.
func dashboard(
    _ events: [Event], _ keys: [Key] = [], at now: Moment, options: DashboardOptions = DashboardOptions()
) -> Dashboard {
    var dashboard = Dashboard(options)
    dashboard.set(clock)
    dashboard.apply(events)
    for key in keys { _ = dashboard.handle(key, at: now) }
    return dashboard
}

/// A screen as text.
func screen(_ dashboard: Dashboard, _ columns: Int, _ rows: Int, at now: Moment, ascii: Bool = false) -> [String] {
    var canvas = Canvas(columns: columns, rows: rows, ascii: ascii)
    dashboard.draw(on: &canvas, at: now)
    return canvas.lines
}

extension [Key] {
    /// Keys by their characters; ">" is enter.
    init(_ text: String) { self = text.map { $0 == ">" ? .enter : .character($0) } }
}

// Whole screens against files. After a wanted change: RECORD=1 swift test --filter GoldenTests, and look at the difference.
internal import Conversation
internal import Testing

@testable import Dashboard

@Suite struct GoldenTests {
    struct Shot: CustomTestStringConvertible, Sendable {
        var name: String
        var fixture = "calls"
        var keys: [Key] = []
        var sizes: [(Int, Int)] = [(80, 24)]
        var until = moment(14, 3, 27)
        var options = DashboardOptions()
        var testDescription: String { name }

        init(
            _ name: String, _ keys: [Key] = [], fixture: String = "calls", sizes: [(Int, Int)] = [(80, 24)],
            until: Moment = moment(14, 3, 27), set: (inout DashboardOptions) -> Void = { _ in }
        ) {
            (self.name, self.keys, self.fixture, self.sizes, self.until) = (name, keys, fixture, sizes, until)
            set(&options)
        }
    }

    static let all = [(80, 24), (160, 45), (60, 16)]

    static let shots = [
        Shot("sessions", sizes: all),
        // 7f3a2c is chosen by sorting by barge-ins, and looking at the first.
        Shot("session", [Key]("sss>"), sizes: all),
        Shot("session-turn-8", [Key]("sss>") + [.left]),
        Shot("session-heard", [Key]("sss>t")),
        Shot("session-scrolled", [Key]("sss>") + [.up, .up, .up]),
        Shot("session-retries", [Key]("ss") + [.down, .down, .down, .enter]),
        Shot("events", [Key]("5"), sizes: all),
        Shot("events-paused", [Key]("5") + [.up, .up, .up, .up]),
        Shot("events-filtered", [Key]("5/barge -dismissed>")),
        Shot("events-typing", [Key]("5/barge")),
        Shot("events-all", [Key]("5a")),
        Shot("keys-sessions", [Key]("?"), sizes: all),
        Shot("keys-session", [Key]("sss>?")),
        Shot("keys-events", [Key]("5?")),
        Shot("keys-read-only", [Key]("?")) { $0.readOnly = true },
        Shot("sorted-by-last", [Key]("s")),
        Shot("sessions-filtered", [Key]("/speaking>")),
        Shot("asks-end", [Key]("K")),
        Shot("asks-stop", [Key]("Q")),
        Shot("words-hidden", [Key]("P")),
        Shot("words-hidden-session", [Key]("sss>P")),
        Shot("ascii") { $0.ascii = true },
        Shot("ascii-session", [Key]("sss>")) { $0.ascii = true },
        Shot("columns-leave", sizes: [(79, 24), (73, 20), (67, 20), (61, 20)]),
        Shot("too-small", sizes: [(59, 16), (60, 15), (20, 3)]),
        Shot("empty", fixture: "none", sizes: all),
        Shot("empty-events", [Key]("5"), fixture: "none"),
        Shot("hostile", fixture: "hostile", sizes: all, until: .ms(13_000)),
        Shot("hostile-session", [Key](">"), fixture: "hostile", until: .ms(13_000)),
        Shot("hostile-events", [Key]("5a") + [.up, .up, .up], fixture: "hostile", until: .ms(13_000)),
    ]

    @Test(arguments: shots) func screenIsAsRecorded(_ shot: Shot) throws {
        let events = shot.fixture == "none" ? [] : try Files.events(shot.fixture)
        let dashboard = dashboard(events, shot.keys, at: shot.until, options: shot.options)
        for (columns, rows) in shot.sizes {
            let lines = screen(dashboard, columns, rows, at: shot.until, ascii: shot.options.ascii)
            #expect(lines.allSatisfy { Columns.width(of: $0) <= columns })
            let path = "Golden/\(shot.name)-\(columns)x\(rows).txt"
            let text = lines.joined(separator: "\n") + "\n"
            if Files.isRecording { Files.write(text, path) }
            let golden = try #require(Files.read(path), "no golden screen \(path): record it with RECORD=1")
            #expect(text == golden, "\(path)")
        }
    }

    @Test func frozenPictureStandsWhileEventsAreFolded() throws {
        let events = try Files.events("calls")
        let early = events.filter { $0.at <= moment(14, 3, 19) }
        var dashboard = dashboard(early, at: moment(14, 3, 19))
        _ = dashboard.handle(.character("f"), at: moment(14, 3, 19))
        let before = screen(dashboard, 80, 24, at: moment(14, 3, 19))
        dashboard.apply(Array(events.dropFirst(early.count)))
        let after = screen(dashboard, 80, 24, at: moment(14, 3, 27))
        #expect(before.dropFirst() == after.dropFirst())
        #expect(after[0].contains("FROZEN 14:03:19"))
        #expect(after[0].contains("\(events.count - early.count) newer"))
        _ = dashboard.handle(.character("f"), at: moment(14, 3, 27))
        let now = screen(dashboard, 80, 24, at: moment(14, 3, 27))
        #expect(now == screen(self.dashboardOfAll(events), 80, 24, at: moment(14, 3, 27)))
    }

    private func dashboardOfAll(_ events: [Event]) -> Dashboard { dashboard(events, at: moment(14, 3, 27)) }

    @Test func samePictureWhateverTheBatches() throws {
        let events = try Files.events("calls")
        var inOnes = Dashboard()
        inOnes.set(clock)
        for event in events { inOnes.apply([event]) }
        for keys in ["", "5", "5a", "sss>"] {
            var one = inOnes
            for key in [Key](keys) { _ = one.handle(key, at: moment(14, 3, 27)) }
            let all = dashboard(events, [Key](keys), at: moment(14, 3, 27))
            #expect(screen(one, 120, 40, at: moment(14, 3, 27)) == screen(all, 120, 40, at: moment(14, 3, 27)))
        }
    }
}

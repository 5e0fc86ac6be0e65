// The table of keys, and what the keys do.
internal import Conversation
internal import Testing

@testable import Dashboard
@testable import Observation

@Suite struct KeyTests {
    @Test(arguments: Room.allCases) func noKeyIsBoundTwice(_ room: Room) {
        let table = KeyTable()
        let keys = (table.everywhere + table.added(by: room)).flatMap(\.keys)
        #expect(Set(keys).count == keys.count)
    }

    @Test func everyActionIsBound() {
        let bound = Set(KeyTable().bindings.map(\.action))
        #expect(bound == Set(Action.allCases))
    }

    @Test func everyTabHasItsNumber() {
        let table = KeyTable()
        for tab in Chrome.tabs {
            let action: Action = tab.room == .events ? .eventsScreen : .sessionsScreen
            #expect(table.bindings.first { $0.action == action }?.keys == [.character(Character("\(tab.number)"))])
        }
    }

    @Test func readOnlyHasNoDangerousKeys() {
        let readOnly = KeyTable(readOnly: true)
        for key in ["K", "i", "Q"] {
            for room in Room.allCases { #expect(readOnly.action(for: .character(Character(key)), in: room) == nil) }
        }
        #expect(readOnly.action(for: .control("c"), in: .sessions) == nil)
        #expect(readOnly.action(for: .character("q"), in: .sessions) == .leave)
    }

    private static let live = SessionID("7f3a2c55")
    private static let gone = SessionID("03c9aa77")

    private static var small: [Event] {
        [
            Event(.sessionStarted, at: .ms(0), session: gone), Event(.sessionEnded, at: .ms(10), session: gone),
            Event(.sessionStarted, at: .ms(20), session: live),
            Event(.turnStarted, at: .ms(30), session: live, turn: 1, words: "hello"),
            Event(.turnStarted, at: .ms(40), session: live, turn: 2, words: "again"),
        ]
    }

    @Test(
        arguments: [
            ("q", Dashboard.Request.leave), ("Qy", .stopServer), ("QY", .stopServer), ("Qn", nil), ("Qq", nil),
            ("Ky", .endSession(live)),
            ("Kn", nil), ("i", .interrupt(live)), (">Ky", .endSession(live)), (">i", .interrupt(live)), ("jKy", nil),
            ("ji", nil),
            ("?", nil), ("?q", nil), ("?Qy", .stopServer), ("/q", nil), ("/q>q", .leave), ("5i", nil),
            ("5>i", .interrupt(live)),
            ("x", nil), (">q", .leave), ("fKy", .endSession(live)), ("Gi", nil), ("Ggi", .interrupt(live)),
        ] as [(String, Dashboard.Request?)])
    func request(_ keys: String, _ request: Dashboard.Request?) {
        var dashboard = dashboard(Self.small, at: .ms(50))
        var last: Dashboard.Request?
        for key in [Key](keys) { last = dashboard.handle(key, at: .ms(50)) }
        #expect(last == request)
    }

    @Test func dangerousQuestionNamesItsObject() {
        let asked = dashboard(Self.small, [.character("K")], at: .ms(61_020))
        #expect(screen(asked, 80, 24, at: .ms(61_020)).last == " end session 7f3a2c, thinking, 1:01? y/n")
    }

    @Test func filterIsTypedClearedAndKept() {
        var dashboard = dashboard(Self.small, [Key]("/zz>"), at: .ms(50))
        #expect(screen(dashboard, 80, 24, at: .ms(50)).contains { $0.contains("no session has all of: zz") })
        _ = dashboard.handle(.escape, at: .ms(50))
        #expect(screen(dashboard, 80, 24, at: .ms(50)).contains { $0.contains("7f3a2c") })
        for key in [Key]("/ab") + [.backspace, .backspace, .backspace, .backspace, .character("q")] {
            _ = dashboard.handle(key, at: .ms(50))
        }
        #expect(screen(dashboard, 80, 24, at: .ms(50)).contains { $0.contains("7f3a2c") })
    }

    @Test func chosenSessionStaysWhateverComes() {
        var dashboard = dashboard(Self.small, [.down, .up], at: .ms(50))
        dashboard.apply([Event(.sessionStarted, at: .ms(60), session: SessionID("newest"))])
        #expect(screen(dashboard, 80, 24, at: .ms(70)).contains { $0.hasPrefix("> 7f3a2c") })
    }

    @Test func pausedEventsStayAndCountWhatIsNewer() throws {
        let events = try Files.events("calls")
        let early = events.filter { $0.at <= moment(14, 3, 19) }
        var dashboard = dashboard(early, [Key]("5") + [.up, .up], at: moment(14, 3, 19))
        let before = screen(dashboard, 80, 24, at: moment(14, 3, 19))
        dashboard.apply(Array(events.dropFirst(early.count)))
        let after = screen(dashboard, 80, 24, at: moment(14, 3, 19))
        #expect(before[2...] == after[2...])
        #expect(after[1].hasSuffix("newer"))
        for _ in 0..<3 { _ = dashboard.handle(.down, at: moment(14, 3, 27)) }
        #expect(screen(dashboard, 80, 24, at: moment(14, 3, 27))[2].hasSuffix("following"))
    }

    @Test func everyKeyInEveryPlaceAtEverySizeIsHarmless() throws {
        var generator = SystemRandomNumberGenerator()
        let events = try Files.events("calls")
        let table = KeyTable()
        let keys = table.bindings.flatMap(\.keys) + [.character("x"), .backspace, .tab, .enter, .character("y")]
        var dashboard = Dashboard()
        var fed = 0
        for round in 0..<1500 {
            let next = min(fed + 3, events.count)
            dashboard.apply(Array(events[fed..<next]))
            fed = next
            let now = dashboard.ledger.now
            _ = dashboard.handle(keys.randomElement(using: &generator) ?? .enter, at: now)
            guard round % 10 == 0 else { continue }
            let columns = Int.random(in: 1...170, using: &generator)
            let rows = Int.random(in: 1...50, using: &generator)
            dashboard.resize(columns: columns, rows: rows)
            #expect(screen(dashboard, columns, rows, at: now).allSatisfy { Columns.width(of: $0) <= columns })
        }
    }
}

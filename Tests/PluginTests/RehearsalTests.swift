// How the rehearsal model delivers: its pace, several requests at once, cancelling, and the script's delays and
// failures.
import JSON
import PluginSDK
import RehearsalCore
import Testing

private let clock: Clock = { _ in LocalTime(hour: 10, minute: 30, weekday: 3, day: 4, month: 3, year: 2026) }

/// A model, what it has sent, and a hand that fires its timers.
private struct Bench {
    let log = ActionLog()
    var model: Rehearsal

    init(_ settings: JSON.Object = [:]) throws {
        model = try Rehearsal(Configuration(slot: "llm", settings: settings), outbox: log.outbox, clock: clock)
    }

    mutating func ask(_ text: String, _ id: RequestID, turn: Int = 1) {
        model.generate(ChatRequest(turn: turn, messages: [ChatMessage(.user, text)]), id: id)
    }

    /// Fires the timer of `id` as long as there is one, at most `limit` times. Returns how many tokens have come.
    @discardableResult
    mutating func run(_ id: RequestID, limit: Int = 10_000) -> Int {
        for _ in 0..<limit {
            guard case .setTimer? = log.actions(id).last else { break }
            model.timerFired(id)
        }
        return tokens(id).count
    }

    func tokens(_ id: RequestID) -> [String] {
        log.actions(id).compactMap { if case .token(let token) = $0 { token } else { nil } }
    }

    mutating func answer(_ text: String, _ id: RequestID, turn: Int = 1) -> String {
        ask(text, id, turn: turn)
        run(id)
        return log.text(id)
    }
}

@Suite struct RehearsalTests {
    @Test func sendsNothingBeforeItsTime() throws {
        var bench = try Bench()
        bench.ask("what time is it", 1)
        #expect(bench.log.actions(1) == [.setTimer(120)])
        bench.model.timerFired(1)
        #expect(bench.log.actions(1).count == 3)
        #expect(bench.log.actions(1).last == .setTimer(25))
        bench.run(1)
        #expect(bench.log.text(1).contains("half past ten"))
        #expect(bench.log.actions(1).last == .done)
        #expect(bench.log.actions(1).filter { $0 == .done }.count == 1)
    }

    static let paces: [(Int, Double, [Int])] = [
        (300, 10.0, [300, 100, 100, 100]), (0, 1000, [0, 1, 1, 1]), (50, 30, [50, 33, 34, 33]), (0, 0.1, [0, 10_000]),
        (120, 3, [120, 333, 334, 333, 333]),
    ]

    @Test(arguments: paces) func keepsItsPace(_ firstToken: Int, _ rate: Double, _ timers: [Int]) throws {
        var bench = try Bench(["first_token_ms": JSON(firstToken), "tokens_per_second": .number(rate)])
        bench.ask("tell me a story", 1)
        let count = bench.run(1)
        #expect(Array(bench.log.timers(1).prefix(timers.count)) == timers)
        // One timer per token, and no rounding error at the end of a long answer.
        #expect(bench.log.timers(1).count == count)
        let expected = Double(firstToken) + Double(count - 1) * 1000 / rate
        #expect((Double(bench.log.timers(1).reduce(0, +)) - expected).magnitude <= 0.5)
    }

    @Test func tellsRequestsApart() throws {
        var bench = try Bench(["seed": 5])
        bench.ask("tell me a story", 1, turn: 1)
        bench.ask("read me a poem", 2, turn: 2)
        for round in 0..<2000 {
            let id = RequestID(round % 2 + 1)
            if case .setTimer? = bench.log.actions(id).last { bench.model.timerFired(id) }
        }
        var alone = try Bench(["seed": 5])
        #expect(bench.log.text(1) == alone.answer("tell me a story", 1, turn: 1))
        #expect(bench.log.text(2) == alone.answer("read me a poem", 2, turn: 2))
        #expect(bench.log.actions(1).last == .done && bench.log.actions(2).last == .done)
    }

    @Test func isSilentAfterCancel() throws {
        var bench = try Bench()
        bench.ask("tell me a story", 1)
        bench.run(1, limit: 5)
        bench.model.cancel(1)
        let count = bench.log.actions(1).count
        bench.model.timerFired(1)
        bench.model.cancel(1)
        bench.model.cancel(99)
        bench.model.timerFired(99)
        #expect(bench.log.actions(1).count == count)
        #expect(bench.log.ids.allSatisfy { $0 == 1 })
        #expect(bench.answer("hello", 2).isEmpty == false)
    }

    @Test func isSilentWhenNobodyWaits() throws {
        var bench = try Bench()
        bench.ask("tell me a story", 1)
        bench.model.timerFired(1)
        bench.log.refuse(1)
        bench.model.timerFired(1)
        let count = bench.log.actions(1).count
        bench.model.timerFired(1)
        #expect(bench.log.actions(1).count == count)
    }

    @Test func sameSeedSameAnswers() throws {
        let lines = ["hello", "tell me a joke", "flip a coin", "roll the dice", "tell me a story", "xyzzy"]
        var (first, second) = (try Bench(["seed": 11]), try Bench(["seed": 11]))
        // In another order, too: an answer depends on its request only.
        let forward = lines.enumerated().map { first.answer($1, RequestID($0 + 1), turn: $0) }
        let backward = lines.enumerated().reversed().map { second.answer($1, RequestID($0 + 1), turn: $0) }
        #expect(forward == backward.reversed())
        let others = try (0..<20).map { seed in
            var bench = try Bench(["seed": JSON(seed)])
            return bench.answer("hello", 1)
        }
        #expect(Set(others).count > 1)
    }

    @Test func withoutSeedTheChoicesDiffer() throws {
        let answers = try (0..<60).map { _ in
            var bench = try Bench()
            return bench.answer("tell me a joke", 1)
        }
        #expect(Set(answers).count > 1)
    }
}

@Suite struct RehearsalScriptTests {
    @Test func delaysOneAnswer() throws {
        var bench = try Bench(["script": [["first_token_ms": 3000, "tokens_per_second": 10]]])
        bench.ask("hello", 1)
        bench.run(1)
        bench.ask("hello", 2)
        bench.run(2)
        #expect(Array(bench.log.timers(1).prefix(2)) == [3000, 100])
        #expect(Array(bench.log.timers(2).prefix(2)) == [120, 25])
    }

    @Test(arguments: Failure.Class.allCases) func failsAsItIsTold(_ kind: Failure.Class) throws {
        let step: JSON = ["fail": .string(kind.rawValue), "fail_after_tokens": 5, "retry_after_ms": 500]
        var bench = try Bench(["script": [step]])
        bench.ask("tell me a story", 1)
        #expect(bench.run(1) == 5)
        guard case .failed(let failure)? = bench.log.actions(1).last else {
            Issue.record("did not fail")
            return
        }
        #expect(failure.kind == kind)
        #expect(failure.retryAfter == 500)
        #expect(failure.message.contains(kind.rawValue))
        bench.ask("tell me a story", 2)
        bench.run(2)
        #expect(bench.log.actions(2).last == .done)
    }

    @Test func failsBeforeTheFirstTokenByDefault() throws {
        var bench = try Bench(["script": [["fail": "vendor", "times": 0]]])
        for id in RequestID(1)...3 {
            bench.ask("hello", id)
            #expect(bench.run(id) == 0)
            #expect(bench.log.timers(id) == [120])
            guard case .failed(let failure)? = bench.log.actions(id).last else {
                Issue.record("did not fail")
                return
            }
            #expect(failure.retryAfter == nil)
        }
    }

    @Test func failsAtTheEndOfAShortAnswer() throws {
        var bench = try Bench(["script": [["say": "One two.", "fail": "late", "fail_after_tokens": 50]]])
        bench.ask("hello", 1)
        #expect(bench.run(1) == 2)
        guard case .failed? = bench.log.actions(1).last else {
            Issue.record("did not fail")
            return
        }
    }

    @Test func stalls() throws {
        var bench = try Bench(["script": [["stall_after_tokens": 3], ["stall_after_tokens": 0]]])
        bench.ask("tell me a story", 1)
        #expect(bench.run(1) == 3)
        #expect(bench.log.actions(1).last == .token(bench.tokens(1).last ?? ""))
        bench.ask("tell me a story", 2)
        #expect(bench.log.actions(2).isEmpty)
        for id in RequestID(1)...2 {
            let before = bench.log.actions(id)
            bench.model.timerFired(id)
            bench.model.cancel(id)
            #expect(bench.log.actions(id) == before)
        }
    }

    @Test func saysWhatItIsTold() throws {
        var bench = try Bench(["script": [["say": "Exactly *this*.  Twice."], ["say": ""]]])
        #expect(bench.answer("hello", 1) == "Exactly *this*.  Twice.")
        #expect(bench.answer("hello", 2).isEmpty)
        #expect(bench.log.actions(2) == [.setTimer(120), .done])
        #expect(bench.answer("what time is it", 3).contains("half past ten"))
    }

    @Test func waitsForItsWords() throws {
        let script: JSON = [
            ["match": "the weather", "say": "Rain.", "times": 2], ["match": "weather", "say": "Snow.", "times": 0],
            ["say": "Anything."],
        ]
        var bench = try Bench(["script": script])
        let lines = ["hello", "How is the weather?", "weather", "the weather", "the weather", "whether", "hello"]
        let answers = lines.enumerated().map { bench.answer($1, RequestID($0 + 1)) }
        #expect(Array(answers[..<5]) == ["Anything.", "Rain.", "Snow.", "Rain.", "Snow."])
        #expect(!["Rain.", "Snow.", "Anything."].contains(answers[5]) && answers[6] != "Anything.")
    }

    static let wrongSettings: [(JSON.Object, String)] = [
        (["script": "fail"], "\"script\" has to be a list"), (["script": [1]], "step 1"),
        (["script": [[:], ["fail": "boom"]]], "step 2"), (["script": [["fial": "vendor"]]], "\"fial\""),
        (["script": [["fail": 3]]], "\"fail\""),
        (["script": [["fail_after_tokens": 3]]], "\"fail_after_tokens\" needs \"fail\""),
        (["script": [["retry_after_ms": 3]]], "\"retry_after_ms\" needs \"fail\""),
        (["script": [["fail": "late", "stall_after_tokens": 1]]], "cannot both"),
        (["script": [["first_token_ms": -1]]], "\"first_token_ms\""), (["script": [["times": 1.5]]], "\"times\""),
        (["script": [["tokens_per_second": 0]]], "\"tokens_per_second\""),
        (["first_token_ms": "soon"], "\"first_token_ms\""),
        (["tokens_per_second": 0], "\"tokens_per_second\""), (["tokens_per_second": 1e9], "\"tokens_per_second\""),
        (["seed": -1], "\"seed\""), (["sead": 1], "\"sead\""),
    ]

    @Test(arguments: wrongSettings) func refusesWrongSettings(_ settings: JSON.Object, _ words: String) {
        let failure = #expect(throws: Failure.self) { try Bench(settings) }
        #expect(failure?.kind == .invalid)
        #expect(failure?.message.contains(words) == true, "\(failure?.message ?? "")")
    }
}

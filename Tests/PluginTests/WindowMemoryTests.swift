// What a model is shown of a call, as a table of what was remembered and what comes back.
import JSON
import PluginSDK
import Testing
import WindowMemoryCore

private func user(_ turn: Int, _ text: String) -> HeardMessage { HeardMessage(turn: turn, role: .user, text: text) }
private func agent(_ turn: Int, _ text: String, cut: Bool = false) -> HeardMessage {
    HeardMessage(turn: turn, role: .assistant, text: text, isCut: cut)
}

@Suite struct WindowMemoryTests {
    /// A history, how many messages are shown, and the window: "u" and "a" in front tell the role.
    struct Case: Sendable, CustomStringConvertible {
        var description: String
        var messages: [HeardMessage]
        var size = 20
        var window: [String]
    }

    static let cases = [
        Case(description: "nothing", messages: [], window: []),
        Case(
            description: "in order", messages: [user(1, "hi"), agent(1, "Hello."), user(2, "bye")],
            window: ["u hi", "a Hello.", "u bye"]),
        Case(
            description: "one turn is one message", messages: [user(1, "half"), user(1, "past ten")],
            window: ["u half past ten"]),
        Case(
            description: "turns stay apart", messages: [user(1, "half"), user(2, "past ten")],
            window: ["u half", "u past ten"]),
        Case(
            description: "late words join their turn",
            messages: [user(1, "one"), agent(1, "Yes."), user(2, "two"), user(1, "more")],
            window: ["u one more", "a Yes.", "u two"]),
        Case(
            description: "the caller is first within a turn", messages: [agent(3, "Blue."), user(3, "which colour")],
            window: ["u which colour", "a Blue."]),
        Case(
            description: "by turn", messages: [user(2, "two"), agent(2, "Two."), user(1, "one"), agent(1, "One.")],
            window: ["u one", "a One.", "u two", "a Two."]),
        Case(
            description: "answers of one turn stay apart",
            messages: [user(1, "hi"), agent(1, "One moment."), agent(1, "Hello.")],
            window: ["u hi", "a One moment.", "a Hello."]),
        Case(
            description: "a cut answer is marked", messages: [user(1, "hi"), agent(1, "I was about to", cut: true)],
            window: ["u hi", "a I was about to … [interrupted by the caller]"]),
        Case(
            description: "what nobody heard is not kept",
            messages: [user(1, "hi"), agent(1, "", cut: true), agent(1, " \n"), user(2, "  ")], window: ["u hi"]),
        Case(description: "never begins with the assistant", messages: [agent(0, "Welcome!")], window: []),
        Case(
            description: "a greeting in front is left out", messages: [agent(0, "Welcome!"), user(1, "hi")],
            window: ["u hi"]),
        Case(
            description: "only the last ones", messages: [user(1, "a"), agent(1, "A."), user(2, "b"), agent(2, "B.")],
            size: 2,
            window: ["u b", "a B."]),
        Case(
            description: "an answer whose question fell out goes with it",
            messages: [user(1, "a"), agent(1, "A."), user(2, "b"), agent(2, "B.")], size: 3, window: ["u b", "a B."]),
        Case(
            description: "what is older than a full window stays out",
            messages: [user(5, "five"), user(6, "six"), user(1, "one")], size: 2, window: ["u five", "u six"]),
        Case(
            description: "system texts are the host's",
            messages: [HeardMessage(turn: 1, role: .system, text: "be nice"), user(1, "hi")], window: ["u hi"]),
        Case(
            description: "spaces around are dropped", messages: [user(1, " hi "), user(1, " there")],
            window: ["u hi there"]),
    ]

    @Test(arguments: cases) func showsTheWindow(_ given: Case) throws {
        let log = ActionLog()
        var memory = try WindowMemory(
            Configuration(slot: "memory", settings: ["messages": .number(Double(given.size))]), outbox: log.outbox)
        for message in given.messages { memory.remember(message) }
        memory.recall(turn: 9, id: 7)
        let expected = given.window.map { ChatMessage($0.first == "u" ? .user : .assistant, String($0.dropFirst(2))) }
        #expect(log.actions(7) == [.context(expected), .done])
        #expect(log.ids.allSatisfy { $0 == 7 })
    }

    @Test func showsTwentyByDefault() throws {
        let log = ActionLog()
        var memory = try WindowMemory(Configuration(slot: "memory"), outbox: log.outbox)
        for turn in 1...50 {
            memory.remember(user(turn, "question \(turn)"))
            memory.remember(agent(turn, "Answer \(turn)."))
        }
        memory.recall(turn: 51, id: 1)
        guard case .context(let messages)? = log.actions(1).first else {
            Issue.record("no context")
            return
        }
        #expect(messages.count == 20)
        #expect(messages.first == ChatMessage(.user, "question 41"))
        #expect(messages.last == ChatMessage(.assistant, "Answer 50."))
    }

    @Test func forgets() throws {
        let log = ActionLog()
        var memory = try WindowMemory(Configuration(slot: "memory"), outbox: log.outbox)
        memory.remember(user(1, "hi"))
        memory.forget()
        memory.recall(turn: 2, id: 1)
        memory.remember(user(2, "again"))
        memory.recall(turn: 2, id: 2)
        #expect(log.actions(1) == [.context([]), .done])
        #expect(log.actions(2) == [.context([ChatMessage(.user, "again")]), .done])
    }

    @Test func saysNothingMoreWhenNobodyWaits() throws {
        let log = ActionLog()
        var memory = try WindowMemory(Configuration(slot: "memory"), outbox: log.outbox)
        log.refuse(1)
        memory.recall(turn: 1, id: 1)
        #expect(log.actions(1).isEmpty)
    }

    @Test(arguments: ["messages", "mesages"], [1, 201, 2.5]) func refusesWrongSettings(_ key: String, _ value: Double) {
        let failure = #expect(throws: Failure.self) {
            try WindowMemory(Configuration(slot: "memory", settings: [key: .number(value)]), outbox: ActionLog().outbox)
        }
        #expect(failure?.kind == .invalid)
        #expect(failure?.message.contains("\"\(key)\"") == true)
    }
}

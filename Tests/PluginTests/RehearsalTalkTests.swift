// The rules of the rehearsal model: who answers what, and whether every answer can be spoken.
import PluginSDK
import RehearsalCore
import Testing

/// Wednesday, 4 March 2026, half past ten.
private let clock: Clock = { daysAhead in
    LocalTime(hour: 10, minute: 30, weekday: (3 + daysAhead + 7) % 7, day: 4 + daysAhead, month: 3, year: 2026)
}
private let model = Conversationalist(clock: clock)

private func conversation(_ lines: [String]) -> [ChatMessage] {
    lines.enumerated().map { ChatMessage($0 % 2 == 0 ? .user : .assistant, $1) }
}

private func choice(_ lines: String...) -> Conversationalist.Choice {
    model.choice(for: conversation(lines), dice: SplitMix64(seed: 1))
}

private func answer(_ lines: String..., seed: UInt64 = 1) -> Conversationalist.Answer {
    model.answer(to: conversation(lines), dice: SplitMix64(seed: seed))
}

/// Why `text` cannot be given to a synthesiser; nil if it can.
private func complaint(_ text: String) -> String? {
    if text.isEmpty { return "empty" }
    if !text.utf8.allSatisfy({ (32...126).contains($0) }) { return "not plain ASCII" }
    if let mark = text.first(where: { "*_#`[]~<>|{}\\/".contains($0) }) { return "markup: \(mark)" }
    if let last = text.last, !".!?".contains(last) { return "no full stop" }
    if text.first?.isLowercase == true { return "starts with a small letter" }
    if text.contains("  ") || text.contains(" .") || text.contains("..") || text.contains(" ,") { return "bad spacing" }
    return nil
}

@Suite struct RehearsalTalkTests {
    @Test(arguments: Talk.all) func answersTheTopic(_ talk: Talk) {
        let choice = choice(talk.said)
        #expect(choice.topic == talk.topic)
        #expect(!choice.variants.isEmpty)
        for variant in choice.variants {
            #expect(variant.lowercased().contains(talk.holds), "\(variant)")
            #expect(complaint(variant) == nil, "\(variant)")
        }
    }

    @Test func everyTopicIsSpokenTo() {
        let covered = Set(Talk.all.map(\.topic)).union(["opening"])
        #expect(Conversationalist.topics.subtracting(covered).isEmpty)
    }
}

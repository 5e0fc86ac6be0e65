// Instances of plugins in plain C: what reaches the session, and what does not any more.
import Foundation
import Testing

@testable import Conversation
@testable import JSON
@testable import Providers
@testable import Support

@Suite struct ProviderInstanceTests {
    let timers = Timers()
    let listener: Listener

    init() { listener = Listener(timers) }

    private func provider(
        _ library: Result<PluginLibrary, any Error>, _ slot: Slot, settings: JSON.Object = [:],
        secrets: [String: Secret] = [:]
    ) throws -> Provider {
        Provider(
            name: "test", slot: slot, plugin: try library.get(), settings: settings, secrets: secrets, timers: timers)
    }

    /// An echo, blocking or not: everything has to hold for both.
    private func echo(blocks: Bool = false, settings: JSON.Object = [:]) async throws -> ProviderInstance {
        try await provider(blocks ? Good.blockingEcho : Good.echo, .llm, settings: settings)
            .makeInstance(session: nil, sink: listener.sink)
    }

    private func parrot(_ slot: Slot, blocks: Bool = false) async throws -> ProviderInstance {
        try await provider(blocks ? Good.blockingParrot : Good.parrot, slot)
            .makeInstance(session: nil, sink: listener.sink)
    }

    // MARK: Answers

    @Test(arguments: [false, true]) func anAnswerComesInWholeCharacters(blocks: Bool) async throws {
        let echo = try await echo(blocks: blocks)
        let text = "Grüße, 日本 🦜 und \"Zitate\"\\!"
        echo.ask(text, id: 1)
        await listener.waitForEnd(of: 1)
        #expect(listener.text(1) == text)
        #expect(
            !listener.messages(1).contains {
                if case .token(let text) = $0 { text.contains("\u{FFFD}") } else { false }
            })
        #expect(listener.messages(1).last == .done)
        #expect(echo.counters.invalid == 0 && echo.counters.stale == 0)
        await echo.end(timers)
    }

    @Test func halfACharacterAtTheEndIsShownAsOneThatIsBroken() async throws {
        let echo = try await echo()
        echo.ask("leave half a character", id: 1)
        #expect(listener.messages(1) == [.token("a"), .token("\u{FFFD}"), .done])
    }

    @Test func aFailureKeepsItsClassAndItsWait() async throws {
        let echo = try await echo()
        echo.ask("fail", id: 1)
        #expect(listener.messages(1) == [.failed(Failure(.throttled, "too much", retryAfter: .ms(1500)))])
        echo.ask("die", id: 2)
        #expect(listener.messages(0) == [.failed(Failure(.vendor, "out of order"))])
    }

    @Test func whatDoesNotFitIsCountedAndReachesNobody() async throws {
        let echo = try await echo()
        echo.ask("nonsense", id: 1)
        #expect(listener.heard == [.init(id: 1, message: .done)])
        let counters = echo.counters
        #expect(counters.unknown == 1)
        // Another slot's action, no JSON, a timer below 0, a timer on no request, a level that is none, NULL with a
        // length.
        #expect(counters.invalid == 6)
        // Another's id, a token after the end, a second end.
        #expect(counters.stale == 3)
    }

    @Test func requestsInterleave() async throws {
        let echo = try await echo(blocks: true)
        for id in 1...20 as ClosedRange<RequestID> { echo.ask("number \(id)", id: id) }
        for id in 1...20 as ClosedRange<RequestID> {
            await listener.waitForEnd(of: id)
            #expect(listener.text(id) == "number \(id)")
        }
    }

    @Test func anEventOnAnIdThatIsNotLiveIsDropped() async throws {
        let ears = try await parrot(.stt)
        ears.send(.audio([1, 2, 3]), id: 1)
        ears.send(.speechEnded(milliseconds: 0), id: 1)
        #expect(listener.heard == [])
        ears.send(.listen(sampleRate: 16_000), id: 0)
        ears.send(.speechEnded(milliseconds: 0), id: 0)
        #expect(listener.heard == [])
    }

    @Test func aSecondStartOfALiveIdIsIgnored() async throws {
        let echo = try await echo()
        echo.ask("long timer", id: 1)
        echo.ask("fail", id: 1)
        #expect(listener.messages(1) == [.token("set")])
    }

    // MARK: The other slots

    @Test(arguments: [false, true]) func audioArrivesInOrderAndAStreamHasManyResults(blocks: Bool) async throws {
        let ears = try await parrot(.stt, blocks: blocks)
        ears.send(.listen(sampleRate: 16_000), id: 5)
        ears.send(.speechStarted(milliseconds: 40), id: 5)
        for frame in 0..<10 as Range<Int16> { ears.send(.audio([Int16](repeating: frame - 7, count: 320)), id: 5) }
        ears.send(.speechEnded(milliseconds: 240), id: 5)
        // 1313 makes it say "done", which no stream of audio is.
        ears.send(.speechEnded(milliseconds: 1313), id: 5)
        await ears.rest(timers)
        let words = [Transcript.Word("samples", start: 10, end: 20)]
        let final = ProviderMessage.final(Transcript("3200 samples in 10 from -7", words: words, isFinalized: true))
        #expect(listener.messages(5) == [.interim("started"), final, final])
        #expect(ears.counters.invalid == 1)
        ears.cancel(5)
        await ears.end(timers)
    }

    @Test func speechHasAFormatFirst() async throws {
        let mouth = try await parrot(.tts)
        mouth.send(.speak("strange format, odd"), id: 1)
        // One sample for each byte it was told.
        let samples = #"{"text":"strange format, odd"}"#.utf8.indices.enumerated().map { Int16($0.offset) - 128 }
        #expect(listener.messages(1) == [.format(sampleRate: 8000), .pcm(samples), .done])
        // A rate of 7999 Hz and a message of three bytes.
        #expect(mouth.counters.invalid == 2)
        mouth.send(.speak("without format"), id: 2)
        #expect(listener.messages(2) == [.done])
        #expect(mouth.counters.invalid == 3)
    }

    @Test func memoryIsToldAndAsked() async throws {
        let memory = try await parrot(.memory)
        memory.send(.remember(HeardMessage(turn: 1, role: .user, text: "My name is Ada")), id: 0)
        memory.send(.recall(turn: 2), id: 1)
        memory.send(.forget, id: 77)
        memory.send(.recall(turn: 3), id: 2)
        #expect(listener.messages(1) == [.context([ChatMessage(.user, "My name is Ada")]), .done])
        #expect(listener.messages(2) == [.context([ChatMessage(.user, "")]), .done])
    }

    // MARK: Cancel

    @Test func aCancelReachesAPluginThatIsBusy() async throws {
        let echo = try await echo(blocks: true)
        echo.ask("block", id: 1)
        await listener.wait(for: .token("in"), on: 1)
        echo.ask("queued", id: 2)
        echo.cancel(2)
        echo.cancel(1)
        let count = listener.messages(1).count
        await echo.rest(timers)
        #expect(listener.messages(1).count == count)
        #expect(listener.messages(2) == [])
        #expect(listener.messages(0) == Array(repeating: .log(level: "debug", "cancelled"), count: 2))
        #expect(echo.counters.stale == 1)
        echo.ask("still here", id: 3)
        await listener.waitForEnd(of: 3)
        #expect(listener.text(3) == "still here")
    }

    @Test func cancellingWhatIsOverOrNeverWasDoesNothing() async throws {
        let echo = try await echo()
        echo.ask("hello", id: 1)
        echo.cancel(1)
        echo.cancel(99)
        #expect(listener.messages(0) == [])
        #expect(listener.messages(1).last == .done)
    }

    @Test func aThreadOfThePluginsOwnIsStoppedByACancel() async throws {
        let echo = try await echo()
        echo.ask("chatter", id: 1)
        await listener.wait("no token came") { $0.contains { $0.message == .token("na ") } }
        echo.cancel(1)
        let count = listener.messages(1).count
        await echo.end(timers)
        #expect(listener.messages(1).count == count)
        #expect(echo.counters.stale == 1)
    }

    @Test func cancelsAtAnyMomentLetNothingThrough() async throws {
        let echo = try await echo(blocks: true)
        var late = 0
        for id in 1...300 as ClosedRange<RequestID> {
            echo.ask("a few words to be interrupted in", id: id)
            // Another moment each time: before, in the middle of, or after the answer.
            for _ in 0..<id % 50 { await Task.yield() }
            echo.cancel(id)
            let count = listener.messages(id).count
            if id.isMultiple(of: 10) { await echo.rest(timers) }
            if listener.messages(id).count != count { late += 1 }
        }
        #expect(late == 0)
        await echo.end(timers)
    }

    // MARK: Timers

    @Test(arguments: [false, true]) func aTimerIsDeliveredAndTheLastOneCounts(blocks: Bool) async throws {
        let echo = try await echo(blocks: blocks)
        echo.ask("timer", id: 1)
        await listener.waitForEnd(of: 1)
        #expect(listener.text(1) == "tick")
    }

    @Test func aTimerEndsWithItsRequest() async throws {
        let echo = try await echo()
        echo.ask("long timer", id: 1)
        echo.ask("long timer", id: 2)
        echo.cancel(1)
        await listener.waitForEnd(of: 2)
        #expect(listener.text(2) == "settick")
        #expect(listener.messages(1) == [.token("set")])
    }

    // MARK: Destroy

    @Test(arguments: [false, true]) func nothingComesAfterDestroy(blocks: Bool) async throws {
        let echo = try await echo(blocks: blocks)
        echo.ask("chatter", id: 1)
        await listener.wait("no token came") { $0.contains { $0.message == .token("na ") } }
        echo.ask("long timer", id: 2)
        echo.destroy()
        let count = listener.heard.count
        echo.ask("anything", id: 3)
        echo.cancel(1)
        await echo.end(timers)
        await echo.end(timers)
        #expect(listener.heard.count == count)
        #expect(echo.counters.afterDestroy == 0)
    }

    @Test func destroyDoesNotWaitForAPluginThatIsBusy() async throws {
        let echo = try await echo(blocks: true)
        echo.ask("block", id: 1)
        await listener.wait(for: .token("in"), on: 1)
        echo.ask("queued", id: 2)
        echo.destroy()
        let count = listener.heard.count
        await echo.end(timers)
        #expect(listener.heard.count == count)
    }

    @Test func aPluginThatActsAfterDestroyFindsADoorThatIsClosed() async throws {
        let echo = try await echo()
        echo.ask("act late", id: 1)
        await echo.end(timers)
        let count = listener.heard.count
        // It acts about 50 ms later.
        let deadline = MonotonicClock.nanoseconds() + 10_000_000_000
        while echo.counters.afterDestroy == 0, MonotonicClock.nanoseconds() < deadline {
            await withCheckedContinuation { continuation in
                timers.schedule(after: 5_000_000) { continuation.resume() }
            }
        }
        #expect(echo.counters.afterDestroy == 1)
        #expect(listener.heard.count == count)
    }

    @Test func anInstanceThatIsDroppedEndsItself() async throws {
        let workshop = try Workshop()
        let mark = "\(workshop.folder)/destroyed"
        var echo: ProviderInstance? = try await echo(settings: ["mark": .string(mark)])
        echo?.ask("hello", id: 1)
        #expect(!FileManager.default.fileExists(atPath: mark))
        echo = nil
        #expect(FileManager.default.fileExists(atPath: mark))
    }

    // MARK: Blocking

    @Test func aPluginThatBlocksHoldsNobodyUp() async throws {
        let provider = try self.provider(Good.blockingEcho, .llm)
        var instances: [ProviderInstance] = []
        for _ in 0..<6 { instances.append(try await provider.makeInstance(session: nil, sink: listener.sink)) }
        let start = MonotonicClock.nanoseconds()
        for (index, instance) in instances.enumerated() { instance.ask("slow", id: RequestID(index + 1)) }
        // Six calls of 200 ms have been made; nobody has waited for one of them.
        #expect(MonotonicClock.nanoseconds() - start < 200_000_000)
        for index in instances.indices { await listener.waitForEnd(of: RequestID(index + 1)) }
        for instance in instances { #expect(instance.counters.longestCall >= 200_000) }
    }

    @Test func tooMuchAudioDropsTheOldestAndCountsIt() async throws {
        let ears = try await parrot(.stt, blocks: true)
        ears.send(.listen(sampleRate: 8000), id: 1)
        ears.send(.listen(sampleRate: 8000), id: 2)
        // Holds the plugin until 2 is cancelled.
        ears.send(.speechStarted(milliseconds: 4242), id: 1)
        await listener.wait(for: .interim("started"), on: 1)
        for frame in 0..<1600 as Range<Int16> { ears.send(.audio([Int16](repeating: frame, count: 160)), id: 1) }
        ears.send(.speechEnded(milliseconds: 0), id: 1)
        #expect(ears.counters.droppedSamples == 100 * 160)
        ears.cancel(2)
        await ears.rest(timers)
        let final = listener.messages(1).last
        guard case .final(let transcript) = final else {
            Issue.record("no final")
            return
        }
        #expect(transcript.text == "240000 samples in 1500 from 100")
    }

    @Test func tooManyRequestsFailAtOnce() async throws {
        let echo = try await echo(blocks: true)
        echo.ask("block", id: 1)
        await listener.wait(for: .token("in"), on: 1)
        for id in 2...1026 as ClosedRange<RequestID> { echo.ask("more", id: id) }
        let refusal = ProviderMessage.failed(Failure(.throttled, "test is too far behind to take another request"))
        #expect(listener.messages(1025) == [])
        #expect(listener.messages(1026) == [refusal])
        #expect(echo.counters.droppedEvents == 1)
        echo.destroy()
        await echo.end(timers)
    }

    // MARK: Create

    @Test(arguments: [false, true]) func aRefusalIsTheReasonOfThePlugin(blocks: Bool) async throws {
        await #expect(throws: Failure(.invalid, "no setting no_such_setting")) {
            try await echo(blocks: blocks, settings: ["no_such_setting": 1])
        }
        await #expect(throws: Failure(.invalid, "Echo refused its settings and gave no reason")) {
            try await echo(blocks: blocks, settings: ["mute": true])
        }
    }

    @Test func aPluginThatIsNotReadyInTimeIsGivenUp() async throws {
        var provider = try self.provider(Good.blockingEcho, .llm, settings: ["hang": true])
        provider.startLimit = .ms(1)
        let error = await #expect(throws: Failure.self) {
            try await provider.makeInstance(session: nil, sink: listener.sink)
        }
        #expect(error == Failure(.late, "test was not ready within 0.001 s"))
    }

    @Test func aSecretReachesItsPluginAndNobodyElse() async throws {
        let secret = Secret("s3cr3t-key")
        let good = try provider(Good.echo, .llm, secrets: ["api_key": secret])
        let echo = try await good.makeInstance(session: nil, sink: listener.sink)
        #expect(listener.messages(0) == [.log(level: "info", "got ***")])
        #expect("\(secret) \(String(reflecting: secret))" == "*** ***")
        var dumped = ""
        dump(secret, to: &dumped)
        #expect(!dumped.contains("s3cr3t") && !"\(good)".contains("s3cr3t"))
        let bad = try provider(Good.echo, .llm, settings: ["refuse": true], secrets: ["key": secret])
        let error = await #expect(throws: Failure.self) { try await bad.makeInstance(session: nil) { _, _ in } }
        #expect(error == Failure(.unauthorised, "the key *** is wrong"))
        await echo.end(timers)
    }
}

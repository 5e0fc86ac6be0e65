// What holds in every call, whatever happens in whatever order.
import Testing

@testable import Conversation

@Suite struct InvariantTests {
    /// Watches the effects of one call and reports what must never be.
    private struct Watch {
        var isAudioOpen = false
        var sendingTurn: Int?
        var flushed: Set<Int> = []
        var started = 0
        var ended = 0
        var violations: [String] = []

        mutating func see(_ effect: Effect) {
            switch effect {
            case .tell(.audioStart):
                if isAudioOpen { violations.append("audio_start inside a reply") }
                isAudioOpen = true
            case .tell(.audioEnd):
                if !isAudioOpen { violations.append("audio_end without audio_start") }
                isAudioOpen = false
            case .flush(let turn, _):
                if !isAudioOpen { violations.append("audio_interrupted without audio_start") }
                isAudioOpen = false
                flushed.insert(turn)
            case .send(_, let turn):
                if !isAudioOpen { violations.append("audio outside of a reply") }
                if flushed.contains(turn) { violations.append("audio of turn \(turn) after its flush") }
            case .tell(.response):
                if isAudioOpen { violations.append("response before audio_end") }
            case .emit(let event) where event.kind == .turnStarted: started += 1
            case .emit(let event) where event.kind == .turnEnded: ended += 1
            default: break
            }
        }
    }

    private static func anyInput(_ random: inout some RandomNumberGenerator, turn: Int, sentence: Int) -> Input {
        let turn = Int.random(in: max(0, turn - 1)...turn, using: &random)
        let sentence = Int.random(in: max(0, sentence - 1)...sentence + 1, using: &random)
        let failure = Failure(Failure.Kind.allCases.randomElement(using: &random) ?? .vendor, "x")
        let now = Moment.zero
        let all: [Input] = [
            .speechSuspected(onset: now), .speechDismissed, .speechStarted(position: 0, onset: now),
            .speechStopped(position: 0, lastSpeech: now), .interimHeard("a"), .interimHeard(""),
            .finalHeard(Transcript("b", isFinalized: true)), .finalHeard(Transcript("", isFinalized: true)),
            .finalHeard(Transcript("c")), .recognitionFailed(failure), .recalled(turn: turn, []),
            .recallFailed(turn: turn, failure), .tokenArrived(turn: turn, "One. Two three! "),
            .tokenArrived(turn: turn, "word "), .modelFinished(turn: turn), .modelFailed(turn: turn, failure),
            .audio(300, turn: turn, sentence: sentence), .sentenceSpoken(turn: turn, sentence: sentence),
            .synthesisFailed(turn: turn, sentence: sentence, failure), .audioLeft(turn: turn), .clockTicked,
            .clockTicked, .interruptReceived, .clearReceived,
        ]
        return all.randomElement(using: &random) ?? .clockTicked
    }

    @Test(arguments: 0..<200) func holdForRandomCalls(seed: UInt64) {
        var random = SplitMix(state: seed)
        var call = CallScript()
        var watch = Watch()
        var now = 0.0
        for _ in 0..<500 {
            now += Double.random(in: 0...400, using: &random)
            let input = Self.anyInput(
                &random, turn: call.machine.turns, sentence: call.machine.reply?.requests ?? 0)
            call.machine.handle(input, at: .ms(now)).forEach { watch.see($0) }
        }
        #expect(watch.violations == [])
        #expect(watch.started == watch.ended + (call.machine.reply == nil ? 0 : 1))
        // No state without an exit: with nothing but the clock, everything comes to rest.
        for _ in 0..<20 {
            now += 60_000
            call.machine.handle(.clockTicked, at: .ms(now)).forEach { effect in
                watch.see(effect)
                // Lines are always there; everything else upstream stays silent.
                if case .play(let turn, let sentence, _) = effect {
                    call.machine.handle(.audio(100, turn: turn, sentence: sentence), at: .ms(now))
                        .forEach { watch.see($0) }
                    call.machine.handle(.sentenceSpoken(turn: turn, sentence: sentence), at: .ms(now))
                        .forEach { watch.see($0) }
                }
            }
        }
        let isHeldByCaller = call.machine.utterance.isSpeaking
        #expect(call.machine.reply == nil || isHeldByCaller, "a reply without an end")
        #expect(watch.violations == [])
        call.machine.handle(.endReceived, at: .ms(now)).forEach { watch.see($0) }
        #expect(!watch.isAudioOpen)
        #expect(watch.started == watch.ended)
    }
}

/// A small generator with a seed, so that a failing call can be replayed.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

// The PocketSphinx plugin with real recordings: what it hears, when it says so, and whose decoder it is.
import Glibc
import JSON
import PluginSDK
import Testing

@testable import FliteCore
@testable import PocketSphinxCore

/// One after the other: a decoder takes 93 MB.
@Suite(.serialized, .enabled(if: Recording.isInstalled && Recording.areModelsInstalled))
struct PocketSphinxTests {
    // Shared by the tests, so that the model is loaded once.
    private static let pools = DecoderPools()
    private static let cards: JSON.Object = ["grammar": .string(Recording.folder + "cards/cards.gram")]

    @Test func hearsAGrammar() throws {
        let session = try Session(Self.cards, Self.pools)
        let heard = Recording.cards.map { session.say($0.samples)?.text ?? "" }
        for (card, text) in zip(Recording.cards, heard) { #expect(card.overlap(with: text) >= 0.75, "heard: \(text)") }
        #expect(zip(Recording.cards, heard).filter { $0.overlap(with: $1) == 1 }.count >= 4)
    }

    @Test func hearsOpenSpeechWhileItIsSpoken() throws {
        let session = try Session([:], Self.pools)
        for recording in Recording.book {
            let start = session.position
            let samples = recording.samples
            let before = session.recorder.interims(1).count
            let final = try #require(session.say(samples))
            #expect(recording.overlap(with: final.text) > 0.5, "heard: \(final.text)")
            #expect(final.text == final.words.map(\.text).joined(separator: " "))
            #expect(final.words.allSatisfy { $0.start < $0.end && !$0.text.contains("(") && !$0.text.contains("<") })
            #expect(final.words.map(\.start) == final.words.map(\.start).sorted())
            let end = start + samples.count / 16 + Session.padding
            #expect(final.words.allSatisfy { $0.start >= start + 200 && $0.end <= end })
            let interims = session.recorder.interims(1).dropFirst(before)
            #expect(interims.count > 3)
            #expect(zip(interims, interims.dropFirst()).allSatisfy(!=))
        }
        #expect(session.recorder.finals(1).count == 3)
    }

    /// The library's own silence removal would shift every time by the length of the pause.
    @Test func wordsKeepTheirTimesAcrossAPause() throws {
        let session = try Session([:], Self.pools)
        let first = Recording.book[0].samples
        let pause = 900
        let final = try #require(session.say(first + roomNoise(milliseconds: pause) + Recording.book[2].samples))
        let border = Session.preRoll + first.count / 16 + pause
        let second = final.words.drop { $0.start < border - 100 }
        #expect(commonWords(Recording.book[2].words, second.map { $0.text[...] }) >= 5)
        #expect(!final.words.contains { $0.end > border && $0.start < border - pause })
    }

    /// The first utterance of a session waits for a second of speech, the others do not.
    @Test func meanIsPrimedOnceAndKept() throws {
        let session = try Session([:], Self.pools)
        let waits = Recording.book.map { recording in
            _ = session.say(recording.samples)
            return session.firstInterim ?? .max
        }
        #expect((1_300...2_000).contains(waits[0]))
        #expect(waits.dropFirst().allSatisfy { $0 < 1_200 })
        // A cancelled stream is the same caller: the mean stays.
        session.plugin.cancel(1)
        session.listen(2)
        _ = session.say(Recording.book[1].samples)
        #expect(session.firstInterim ?? .max < 1_200)
    }

    @Test func shortFirstUtteranceIsPrimedWithWhatThereIs() throws {
        let session = try Session(Self.cards, Self.pools)
        let short = Recording.cards[3].samples
        let final = try #require(session.say(short, tail: 0))
        #expect(Recording.cards[3].overlap(with: final.text) == 1)
    }

    @Test func oneFinalForEachEndWhateverComesBefore() throws {
        let session = try Session([:], Self.pools)
        let plugin = session.plugin
        session.feed(roomNoise(milliseconds: 100))
        plugin.speechEnded(1, at: 100)
        plugin.speechStarted(1, at: 200)
        plugin.speechStarted(1, at: 300)
        plugin.speechEnded(1, at: 400)
        plugin.speechEnded(1, at: 500)
        plugin.speechStarted(1, at: 600)
        session.feed(roomNoise(milliseconds: 2_000))
        plugin.speechEnded(1, at: 2_600)
        plugin.speechStarted(1, at: 3_000)
        session.feed([Int16](repeating: 0, count: 32_000))
        session.feed([Int16](repeating: 0, count: 0))
        session.feed([7])
        plugin.speechEnded(1, at: 5_000)
        plugin.speechStarted(9, at: 0)
        plugin.speechEnded(9, at: 0)
        #expect(session.recorder.finals(1).count == 5)
        #expect(session.recorder.finals(1).allSatisfy { $0.isFinalized })
        #expect(session.recorder.finals(1).prefix(3).allSatisfy { $0.text.isEmpty && $0.words.isEmpty })
        #expect(session.recorder.entries.allSatisfy { $0.id == 1 })
        #expect(session.recorder.failures(1).isEmpty)
    }

    @Test(arguments: [8_000, 24_000, 0])
    func otherRatesAreRefused(rate: Int) throws {
        let session = try Session(Self.cards, Self.pools)
        session.plugin.listen(5, sampleRate: rate)
        session.plugin.speechStarted(5, at: 0)
        session.plugin.speechEnded(5, at: 0)
        #expect(session.recorder.actions(5).count == 1)
        #expect(session.recorder.failures(5).first?.kind == .invalid)
        #expect(session.recorder.failures(5).first?.message.contains("\(rate) Hz") == true)
    }

    @Test func roundTripThroughFlite() throws {
        let recorder = OutboxRecorder()
        let flite = try Flite(Configuration(slot: "tts"), outbox: recorder.outbox)
        flite.speak("Please enter the number you wish to call.", id: 1)
        let heard = try #require(try Session([:], Self.pools).say(recorder.samples(1)))
        let words = "please enter the number you wish to call".split(separator: " ")
        #expect(commonWords(words, heard.text.split(separator: " ")) >= 5, "heard: \(heard.text)")
    }

    @Test func sessionsAtOnceHearTheSame() async throws {
        let texts = await withTaskGroup { group in
            for _ in 0..<6 {
                group.addTask { try? Session(Self.cards, Self.pools).say(Recording.cards[4].samples)?.text }
            }
            return await group.reduce(into: [String?]()) { $0.append($1) }
        }
        #expect(Set(texts).count == 1)
        #expect(Recording.cards[4].overlap(with: (texts.first ?? nil) ?? "") > 0.8)
    }
}

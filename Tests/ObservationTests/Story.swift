// Events in few words: a call told line by line, at times of the test's own.
internal import Conversation

@testable import Observation

/// A stream being written.
struct Story {
    private(set) var events: [Event] = []
    var session = SessionID("7f3a2c55-9d0e-4f44-b8a1-3f0f2f6f9d10")

    /// Adds an event, so many ms after the start.
    mutating func at(
        _ ms: Double, _ kind: Event.Kind, turn: Int? = nil, words: String? = nil, _ fields: Event.Fields = [:]
    ) {
        var event = Event(kind, at: .ms(ms), session: session, turn: turn, words: words, fields)
        event.sequence = events.count + 1
        events.append(event)
    }

    /// What is known after all of it.
    var ledger: Ledger {
        var ledger = Ledger()
        for event in events { ledger.apply(event) }
        return ledger
    }

    /// The call as it is known.
    var call: Ledger.Session? { ledger.sessions[session] }

    /// A call that has been taken.
    static func started() -> Story {
        var story = Story()
        story.at(0, .sessionStarted, ["peer": "127.0.0.1:5", "stt": "ears", "llm": "mind", "tts": "voice"])
        return story
    }

    /// A call whose first turn is being spoken: reply from 2 000 ms on, 4 000 ms long.
    static func speaking() -> Story {
        var story = started()
        story.at(1000, .speechStarted)
        story.at(1200, .transcriptInterim, words: "what ti")
        story.at(1400, .speechStopped)
        story.at(1600, .transcriptFinal, words: "what time is it")
        story.at(1601, .turnStarted, turn: 1, words: "what time is it")
        story.at(1602, .requestStarted, turn: 1, ["slot": "llm", "provider": "mind", "request": 1])
        story.at(1800, .requestAnswered, turn: 1, ["slot": "llm", "provider": "mind", "request": 1])
        story.at(1850, .sentenceReady, turn: 1, words: "It is ten past nine.")
        story.at(1860, .sentenceReady, turn: 1, words: "Anything else?")
        story.at(2000, .replyStarted, turn: 1)
        story.at(
            2001, .turnTimed, turn: 1,
            [
                "total_ms": 600, "endpointing_ms": 200, "transcription_ms": 1, "inference_ms": 199,
                "segmentation_ms": 50, "synthesis_ms": 149, "playout_ms": 1, "endpointing_owner": "silence_ms 200",
                "inference_owner": "mind",
            ])
        story.at(3000, .replySent, turn: 1, ["audio_ms": 4000])
        return story
    }
}

// Events to lines and back.
internal import Conversation
internal import Testing

@testable import Observation

@Suite struct EventJSONTests {
    @Test(arguments: Event.Kind.allCases) func everyKindComesBack(_ kind: Event.Kind) throws {
        var event = Event(
            kind, at: Moment(microseconds: 1_405_123_457), session: SessionID("7f3a2c"), turn: 9, cause: 17,
            words: "“Zoë”\n\u{1B}[31m 你好 \u{2028}", ["slot": "tts", "ms": .number(12.5), "request": 7])
        event.sequence = 18_402
        #expect(try Event(line: event.line) == event)
        #expect(!event.line.contains("\n"))
        let bare = Event(kind, at: .zero)
        #expect(try Event(line: bare.line) == bare)
    }

    @Test func isWrittenAsDocumented() {
        var event = Event(
            .turnStarted, at: .ms(1234.5), session: SessionID("abc"), turn: 1, cause: 5, words: "hi",
            ["a": "b", "n": 3])
        event.sequence = 7
        #expect(
            event.line == #"{"seq":7,"at":1234.5,"kind":"turn.started","session":"abc","turn":1,"cause":5,"#
                + #""fields":{"a":"b","n":3},"words":"hi"}"#)
        #expect(Event(.log, at: .zero).line == #"{"seq":0,"at":0,"kind":"log"}"#)
    }

    @Test func timesAreExactToTheMicrosecond() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let at = Moment(microseconds: Int64.random(in: 0...(90 * 86_400_000_000), using: &generator))
            #expect(try Event(line: Event(.log, at: at).line).at == at)
        }
    }

    @Test(arguments: [
        ("", "not JSON: line 1, column 1: the document ends where a value was expected"),
        ("{", "not JSON: line 1, column 2: expected a key in double quotes"),
        ("{}", #"there is no "kind""#), ("[]", #"there is no "kind""#),
        (#"{"kind":"x","at":1}"#, #"the kind "x" is not known to this version"#),
        (#"{"kind":"log"}"#, #""at" is not a time in ms"#),
        (#"{"kind":"log","at":1e300}"#, #""at" is not a time in ms"#),
        (#"{"kind":"log","at":1,"fields":{"a":[1]}}"#, #"the field "a" is a list"#),
    ])
    func complaintNamesWhatIsWrong(_ line: String, _ complaint: String) {
        #expect(throws: EventLineError(description: complaint)) { try Event(line: line) }
    }

    @Test func complaintAboutAFileNamesTheLine() throws {
        let good = Event(.log, at: .zero).line
        #expect(try Event.events(inLines: "\(good)\n\n\(good)\n").count == 2)
        #expect(throws: EventLineError(description: #"line 3: there is no "kind""#)) {
            try Event.events(inLines: "\(good)\n\n{}\n")
        }
    }
}

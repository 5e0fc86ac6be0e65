// The classic dialect from the client's side: text frames of the server to messages. Reads strictly, because it is also what
// tells an author of a server what is wrong.
internal import Conversation
internal import JSON

/// What the server did against docs/protocol.md, as a sentence.
struct Violation: Error, Equatable {
    let sentence: String

    init(_ sentence: String) { self.sentence = sentence }
}

enum ClassicReader {
    /// Reads one text frame.
    static func message(from text: String) throws(Violation) -> ServerMessage {
        let json: JSON
        do {
            json = try JSON(parsing: text)
        } catch {
            throw Violation("the server sent a text frame that is not JSON (\(error.reason))")
        }
        guard let type = json["type"]?.string else { throw Violation("the server sent a message without a \"type\"") }
        let fields = Fields(type: type, json: json)
        switch type {
        case "connected":
            _ = try fields.text("message")
            return .connected(SessionID(try fields.text("sessionId")))
        case "transcript": return .transcript(try fields.text("text"), isFinal: try fields.bool("isFinal"))
        case "thinking": return .thinking
        case "audio_start":
            guard try fields.text("encoding") == "linear16" else {
                throw Violation("audio_start names another \"encoding\" than linear16")
            }
            return .audioStart(sampleRate: try fields.rate("sampleRate"))
        case "speaking": return .speaking
        case "audio_end": return .audioEnd
        case "audio_interrupted": return .audioInterrupted
        case "response": return .response(try fields.text("text"))
        case "error": return .error(try fields.text("message"))
        default: throw Violation("the server sent a message of type \"\(type.prefix(40))\", which there is not")
        }
    }

    private struct Fields {
        let type: String
        let json: JSON

        func text(_ name: String) throws(Violation) -> String {
            guard let text = json[name]?.string, !text.isEmpty else { throw Violation("\(type) has no \"\(name)\"") }
            return text
        }

        func bool(_ name: String) throws(Violation) -> Bool {
            guard let value = json[name]?.bool else { throw Violation("\(type) has no true or false in \"\(name)\"") }
            return value
        }

        func rate(_ name: String) throws(Violation) -> Int {
            guard let rate = json[name]?.int, (8_000...48_000).contains(rate) else {
                throw Violation("\(type) has no rate from 8000 to 48000 in \"\(name)\"")
            }
            return rate
        }
    }
}

// The classic dialect of docs/protocol.md: text frames to commands, messages to text frames. Bytes of audio pass by here.
internal import Conversation
internal import JSON
internal import Observation

/// What a client can ask for.
enum ClientCommand: Equatable {
    case interrupt, clear, end
}

/// Why a frame was not understood, as a sentence for the person who wrote the client.
struct ClientComplaint: Error, Equatable {
    let sentence: String
}

enum ClientProtocol {
    /// Reads one text frame.
    static func command(from text: String) throws(ClientComplaint) -> ClientCommand {
        let message: JSON
        do {
            message = try JSON(parsing: text)
        } catch {
            throw ClientComplaint(sentence: "This message is not JSON (\(error.reason)). Send {\"type\":\"…\"}.")
        }
        guard let type = message["type"]?.string else {
            throw ClientComplaint(sentence: "This message has no \"type\". Send {\"type\":\"…\"}.")
        }
        switch type {
        case "interrupt": return .interrupt
        case "clear": return .clear
        case "end": return .end
        default:
            let name = type.sanitised(limit: 40)
            throw ClientComplaint(
                sentence: "There is no message of type \"\(name)\"; there are interrupt, clear and end.")
        }
    }

    /// Writes one message.
    static func text(of message: ServerMessage) -> String {
        json(of: message).text
    }

    private static func json(of message: ServerMessage) -> JSON {
        switch message {
        case .connected(let session):
            [
                "type": "connected", "sessionId": .string(session.text),
                "message": "Connected. Send 16 kHz linear16 audio as binary frames and speak.",
            ]
        case .transcript(let text, let isFinal):
            ["type": "transcript", "text": .string(text), "isFinal": .bool(isFinal)]
        case .thinking: ["type": "thinking"]
        case .audioStart(let sampleRate):
            ["type": "audio_start", "sampleRate": JSON(sampleRate), "encoding": "linear16"]
        case .speaking: ["type": "speaking"]
        case .audioEnd: ["type": "audio_end"]
        case .audioInterrupted: ["type": "audio_interrupted"]
        case .response(let text): ["type": "response", "text": .string(text)]
        case .error(let sentence): ["type": "error", "message": .string(sentence)]
        }
    }
}

/// Linear16 little-endian bytes to samples and back.
enum Linear16 {
    /// The samples in `bytes`, put behind an odd byte that the last frame left over, and the byte that this one leaves.
    static func samples(in bytes: [UInt8], after odd: UInt8?) -> (samples: [Int16], odd: UInt8?) {
        let bytes = odd.map { [$0] + bytes } ?? bytes
        let samples = (0..<bytes.count / 2).map { index in
            Int16(bitPattern: UInt16(bytes[2 * index]) | UInt16(bytes[2 * index + 1]) << 8)
        }
        return (samples, bytes.count % 2 == 1 ? bytes.last : nil)
    }

    /// The bytes of `samples`.
    static func bytes(of samples: [Int16]) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: samples.count * 2) { buffer, count in
            for sample in samples {
                let bits = UInt16(bitPattern: sample)
                unsafe buffer[count] = UInt8(truncatingIfNeeded: bits)
                unsafe buffer[count + 1] = UInt8(truncatingIfNeeded: bits >> 8)
                count += 2
            }
        }
    }
}

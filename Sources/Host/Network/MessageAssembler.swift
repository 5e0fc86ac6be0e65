// Puts the pieces in which libwebsockets hands over a message together, within limits. A value; no sockets.

struct MessageAssembler {
    /// Where a piece stands in its message (RFC 6455 §5.4: a message is one or more frames; a frame may come in pieces).
    struct Position {
        var isBinary: Bool
        var startsMessage: Bool
        /// Bytes of the same frame that are still to come, as its header announces them.
        var remainingInFrame: Int
        var isLastFrame: Bool
    }

    enum Step: Equatable {
        case more
        case text(String)
        case binary([UInt8])
        /// Over a limit: why, for the close frame.
        case refused(String)
    }

    let maxTextBytes: Int
    let maxBinaryBytes: Int
    let maxFragments: Int

    private var bytes: [UInt8] = []
    private var frames = 0
    private var isInFrame = false

    init(maxTextBytes: Int, maxBinaryBytes: Int, maxFragments: Int) {
        self.maxTextBytes = maxTextBytes
        self.maxBinaryBytes = maxBinaryBytes
        self.maxFragments = maxFragments
    }

    mutating func add(_ piece: UnsafeRawBufferPointer, at position: Position) -> Step {
        if position.startsMessage {
            bytes.removeAll(keepingCapacity: true)
            frames = 0
            isInFrame = false
        }
        if !isInFrame { frames += 1 }
        isInFrame = position.remainingInFrame > 0
        guard frames <= maxFragments else { return .refused("too many fragments") }
        // A frame that announces more than is allowed is refused before it comes (subtractions, as sums could overflow).
        let limit = position.isBinary ? maxBinaryBytes : maxTextBytes
        let room = limit - bytes.count - piece.count
        guard room >= 0, position.remainingInFrame >= 0, position.remainingInFrame <= room else {
            return .refused("larger than \(limit) bytes")
        }
        unsafe bytes.append(contentsOf: piece)
        guard position.isLastFrame, !isInFrame else { return .more }
        let message = bytes
        bytes = []
        return position.isBinary ? .binary(message) : .text(String(decoding: message, as: UTF8.self))
    }
}

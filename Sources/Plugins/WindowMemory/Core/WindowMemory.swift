// The shipped memory: a model is shown the last messages of the call, word for word, and nothing older. It keeps
// nothing beyond the session and summarises nothing.
package import PluginSDK

/// Shows a model the last messages of the call.
///
/// Settings: `messages`, how many are shown (2 to 200, 20 by default).
///
/// The window is made for chat protocols: it is ordered by turn, the caller before the assistant; what the caller said
/// in one turn is one message; it never begins with an assistant's message, which some vendors refuse; and an answer
/// that was interrupted ends with `interruptedMark`, so that the model knows the caller did not hear the rest.
package struct WindowMemory: Memory {
    /// What stands after the heard words of an interrupted answer.
    package static let interruptedMark = "… [interrupted by the caller]"

    private let capacity: Int
    private let outbox: Outbox
    /// In the order of the window. At most `capacity` of them, because what falls out of it never comes back.
    private var kept: [HeardMessage] = []

    package init(_ configuration: Configuration, outbox: Outbox) throws(Failure) {
        var settings = configuration.settings
        capacity = try settings.int("messages", default: 20, in: 2...200)
        try settings.refuseUnknown()
        self.outbox = outbox
    }

    package mutating func remember(_ message: HeardMessage) {
        var message = message
        message.text = message.text.trimmed
        guard message.role != .system, !message.text.isEmpty else { return }
        // Messages come nearly in order: the place is found from the end, behind its equals.
        let place = (kept.lastIndex { $0.window <= message.window }).map { $0 + 1 } ?? 0
        if message.role == .user, place > 0, kept[place - 1].window == message.window {
            kept[place - 1].text += " " + message.text
        } else {
            kept.insert(message, at: place)
        }
        if kept.count > capacity { kept.removeFirst(kept.count - capacity) }
    }

    package mutating func recall(turn: Int, id: RequestID) {
        let window = kept.drop { $0.role == .assistant }
        guard outbox.send(.context(window.map(\.shown)), id) else { return }
        outbox.send(.done, id)
    }

    package mutating func forget() { kept = [] }
}

extension HeardMessage {
    /// Where it belongs in the window: by turn, and within a turn the caller first.
    fileprivate var window: (Int, Int) { (turn, role == .user ? 0 : 1) }

    fileprivate var shown: ChatMessage {
        ChatMessage(role, isCut && role == .assistant ? text + " " + WindowMemory.interruptedMark : text)
    }
}

extension String {
    /// Without white space at both ends.
    fileprivate var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }),
            let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}

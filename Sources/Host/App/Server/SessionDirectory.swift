// The sessions that are under way.
internal import Conversation
internal import Glibc
internal import Network
internal import Observation
internal import Providers
internal import Support

/// Begins sessions and knows them by id. Usable from any thread.
final class SessionDirectory: Sendable {
    private let centre: CallCentre
    private let state = Locked(State())

    private struct State {
        var inboxes: [SessionID: Inbox<SessionItem>] = [:]
        /// Those who wait until it is empty.
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    init(_ centre: CallCentre) { self.centre = centre }

    /// A new session for a caller at `peer`; nil when the server is full.
    func begin(peer: String) -> (any ConnectionHandler)? {
        let id = SessionID(randomUUID())
        let inbox = Inbox<SessionItem>()
        let maxSessions = centre.maxSessions
        let isAdmitted = state.withLock { state in
            guard state.inboxes.count < maxSessions else { return false }
            state.inboxes[id] = inbox
            return true
        }
        guard isAdmitted else { return nil }
        let context = SessionContext(id: id, centre: centre)
        Task {
            await Session(context: context, inbox: inbox, peer: peer).run()
            forget(id)
        }
        return SessionSocket(inbox: inbox, clock: centre.clock)
    }

    /// Returns when every session has ended.
    func waitUntilEmpty() async {
        await withCheckedContinuation { continuation in
            let isEmpty = state.withLock { state in
                if state.inboxes.isEmpty { return true }
                state.waiters.append(continuation)
                return false
            }
            if isEmpty { continuation.resume() }
        }
    }

    private func forget(_ id: SessionID) {
        let waiters: [CheckedContinuation<Void, Never>] = state.withLock { state in
            state.inboxes[id] = nil
            guard state.inboxes.isEmpty else { return [] }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Does something to one session, as if its client had asked for it.
    func tell(_ id: SessionID, _ input: Input) {
        state.withLock { $0.inboxes[id] }?.put(.input(input, centre.clock.now()))
    }
}

/// A random UUID (RFC 9562, version 4) in lower case.
private func randomUUID() -> String {
    var bytes = (0..<16).map { _ in UInt8.random(in: 0...255) }
    bytes[6] = bytes[6] & 0x0F | 0x40
    bytes[8] = bytes[8] & 0x3F | 0x80
    var text = ""
    for (index, byte) in bytes.enumerated() {
        if [4, 6, 8, 10].contains(index) { text += "-" }
        text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return text
}

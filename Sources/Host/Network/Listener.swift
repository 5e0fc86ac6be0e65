// The listening socket in the loop: takes clients in and keeps their number within bounds.
internal import CWebSockets
internal import Glibc

final class Listener: Socket {
    /// Clients taken per turn of the loop, so that a flood holds up neither those who talk nor those who
    /// have just come in and wait to be read.
    private static let batch = 16

    private unowned let server: ServerLoop
    private let descriptor: Int32
    /// Given up for a moment when there is no other, so that a client can be taken and sent away: one that waits would
    /// make the loop spin.
    private var spare = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)

    init(loop: ServerLoop, descriptor: Int32) {
        server = loop
        self.descriptor = descriptor
        super.init(loop: loop)
    }

    override func received(_ bytes: UnsafeRawBufferPointer) -> Verdict {
        for _ in 0..<Self.batch {
            switch Listening.accept(descriptor) {
            case .client(let client, let peer):
                if server.makesRoom() { server.openPage(client, peer: peer) } else { sendAway(client) }
            case .nobody:
                return .keep
            case .exhausted:
                sendOneAway()
                return .keep
            }
        }
        return .keep
    }

    override func destroyed() {
        close(spare)
    }

    /// Best effort: what the client has sent is read first, as a socket closed with unread bytes resets the answer.
    private func sendAway(_ client: Int32) {
        var request = [UInt8](repeating: 0, count: 4096)
        _ = unsafe recv(client, &request, request.count, Int32(MSG_DONTWAIT))
        let answer = HTTPResponse.full.rendered(keepAlive: false, withBody: true)
        _ = unsafe send(client, answer, answer.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
        close(client)
    }

    private func sendOneAway() {
        close(spare)
        if case .client(let client, _) = Listening.accept(descriptor) { sendAway(client) }
        spare = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
    }
}

// Carries a call out: the connection, the clock and the person at the terminal in, lines and frames out. Decides nothing.
internal import Conversation
internal import Network
internal import Support

/// What can happen during a call.
private enum CallItem: Sendable {
    case connected(Connection)
    case notConnected(ClientError)
    case text(String, Moment)
    case audio([UInt8], Moment)
    case closed(CloseReason, Moment)
    case tick
    case signal
}

/// Why there is no call: a sentence.
struct CallError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// One call, from dialling to hanging up. Run once, in one task.
final class PhoneCall {
    private let inbox = Inbox<CallItem>()
    private let timers = Timers()
    private let clock = ServerClock()
    private let client = WebSocketClient()
    private var connection: Connection?
    private var microphone: Microphone
    private var speakingSince: Moment?
    private(set) var caller: Caller

    init(_ samples: [Int16], plan: Caller.Plan) {
        microphone = Microphone(samples)
        caller = Caller(plan)
    }

    /// Ends the call early. Any thread.
    var breakOff: @Sendable () -> Void {
        let inbox = inbox
        return { inbox.put(.signal) }
    }

    /// Calls, and returns when the call is over; `print` gets each line at once.
    func run(to url: WebSocketURL, print: (String) -> Void) async throws(CallError) {
        let line = PhoneLine(inbox: inbox, clock: clock)
        let (client, inbox) = (client, inbox)
        Task {
            do throws(ClientError) {
                inbox.put(.connected(try await client.connect(to: url, handler: line)))
            } catch {
                inbox.put(.notConnected(error))
            }
        }
        var failure: CallError?
        while !caller.isOver, failure == nil {
            for item in await inbox.next() {
                do throws(CallError) {
                    for effect in try effects(of: item) { perform(effect, print) }
                } catch {
                    failure = error
                    break
                }
            }
        }
        timers.stop()
        await client.stop()
        if let failure { throw failure }
    }

    private func effects(of item: CallItem) throws(CallError) -> [Caller.Effect] {
        switch item {
        case .connected(let connection):
            self.connection = connection
            scheduleTick()
            return []
        case .notConnected(let error): throw CallError(error.description)
        case .text(let text, let moment): return caller.received(text: text, at: moment)
        case .audio(let bytes, let moment): return caller.received(audio: bytes, at: moment)
        case .closed(let reason, let moment): return caller.closed(code: reason.code, at: moment)
        case .tick:
            speak()
            scheduleTick()
            return caller.clockTicked(at: clock.now())
        case .signal:
            guard connection != nil else { throw CallError("the call was broken off") }
            return caller.gaveUp(at: clock.now())
        }
    }

    private func perform(_ effect: Caller.Effect, _ print: (String) -> Void) {
        switch effect {
        case .print(let line): print(line.printed)
        case .speak: speakingSince = clock.now()
        case .send(let command): _ = connection?.send(.text(command.text))
        }
    }

    /// Sends every frame that is complete by now: after a pause of the machine there may be several.
    private func speak() {
        guard let speakingSince else { return }
        while let frame = microphone.frame(by: clock.now() - speakingSince) {
            _ = connection?.send(.binary(Linear16.bytes(of: frame), tag: 0))
        }
    }

    /// At the next frame's time, by a schedule that begins with the call.
    private func scheduleTick() {
        let now = clock.now()
        let due = speakingSince.map { $0 + microphone.nextDue } ?? now + .ms(20)
        let inbox = inbox
        timers.schedule(after: (due - now).microseconds * 1000) { inbox.put(.tick) }
    }
}

/// The caller's end of the connection: stamps what arrives on the network thread.
private final class PhoneLine: ConnectionHandler {
    private let inbox: Inbox<CallItem>
    private let clock: ServerClock

    init(inbox: Inbox<CallItem>, clock: ServerClock) {
        self.inbox = inbox
        self.clock = clock
    }

    func opened(_ connection: Connection) {}
    func received(text: String) { inbox.put(.text(text, clock.now())) }
    func received(binary: [UInt8]) { inbox.put(.audio(binary, clock.now())) }
    func closed(_ reason: CloseReason) { inbox.put(.closed(reason, clock.now())) }
}

extension ClientCommand {
    /// The frame that asks for it.
    fileprivate var text: String {
        switch self {
        case .interrupt: #"{"type":"interrupt"}"#
        case .clear: #"{"type":"clear"}"#
        case .end: #"{"type":"end"}"#
        }
    }
}

extension CloseReason {
    /// The close code of the server, or the one it was closed with here.
    fileprivate var code: Int? {
        switch self {
        case .byPeer(let code): code
        case .protocolError(let code), .closedHere(let code): code
        case .dead, .tooSlow, .serverStopping: nil
        }
    }
}

// One caller's conversation: takes what happens from the inbox, feeds the turn machine, carries its effects out. Decides
// nothing itself.
internal import Audio
internal import Conversation
internal import Network
internal import Observation
internal import Providers
internal import Support

/// What can happen to a session, stamped with its moment by whoever saw it.
enum SessionItem: Sendable {
    case opened(Connection)
    case audio([UInt8], Moment)
    case text(String, Moment)
    case closed(CloseReason)
    case provider(ProviderReport, Moment)
    case input(Input, Moment)
}

/// Made, run and ended in one task, which is its only thread: nothing of it is shared.
final class Session {
    /// So many messages nobody understands end a session with 1008.
    private static let complaintLimit = 20
    /// Lines the server says itself go out in pieces of 100 ms.
    private static let lineChunk = 10

    private let context: SessionContext
    private let inbox: Inbox<SessionItem>
    private let peer: String
    private let began: Moment
    private var machine: TurnMachine
    private var audio: CallerAudio?
    private var providers: SessionProviders
    private var connection: Connection?
    private var wake: TimerToken?
    private var complaints = 0
    private var cause: Int?
    /// Inputs that carrying out an effect produced.
    private var followUps: [Input] = []

    init(context: SessionContext, inbox: Inbox<SessionItem>, peer: String) {
        self.context = context
        self.inbox = inbox
        self.peer = peer
        began = context.now()
        machine = TurnMachine(session: context.id, settings: context.settings, persona: context.centre.persona)
        let clock = context.centre.clock
        providers = SessionProviders(context: context) { report in
            inbox.put(.provider(report, clock.now()))
        }
    }

    /// Runs until the connection is closed and everything of the session is gone.
    func run() async {
        var reason: String?
        // What the caller sends while the providers open is held in the inbox, not lost.
        while reason == nil {
            let items = await inbox.next()
            if items.isEmpty { break }
            for item in items {
                if let end = await take(item) {
                    reason = end
                    break
                }
            }
        }
        await leave(reason ?? "left")
    }

    private func take(_ item: SessionItem) async -> String? {
        switch item {
        case .opened(let connection): await open(connection)
        case .audio(let bytes, let moment): await hear(bytes, at: moment)
        case .text(let text, let moment): await obey(text, at: moment)
        case .provider(let report, let moment):
            let inputs = await providers.inputs(from: report)
            // A failover has changed who owns a stage.
            machine.providers = providers.names
            for input in inputs { await handle(input, at: moment) }
        case .input(let input, let moment): await handle(input, at: moment)
        case .closed(let reason): return reason.name
        }
        return nil
    }

    private func open(_ connection: Connection) async {
        self.connection = connection
        tell(.connected(context.id))
        await providers.open()
        machine.providers = providers.names
        audio = CallerAudio(
            detector: makeDetector(), settings: context.settings, cutsSpeech: providers.cutsSpeech)
        var fields: Event.Fields = ["peer": .text(peer)]
        for (slot, name) in providers.names.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            fields[slot.rawValue] = .text(name)
        }
        context.emit(.sessionStarted, fields)
    }

    private func leave(_ reason: String) async {
        await handle(.callerLeft, at: context.now())
        inbox.close()
        if let wake { context.centre.timers.cancel(wake) }
        providers.close()
        let age = context.now() - began
        context.emit(
            .sessionEnded, ["reason": .text(reason), "turns": .int(machine.turns), "age_ms": .ms(age)])
    }

    // MARK: From the caller

    private func hear(_ bytes: [UInt8], at moment: Moment) async {
        for outcome in audio?.take(bytes, at: moment) ?? [] {
            switch outcome {
            case .recogniser(let event): providers.tellRecogniser(event)
            case .input(let input): await handle(input, at: moment)
            }
        }
    }

    private func obey(_ text: String, at moment: Moment) async {
        do throws(ClientComplaint) {
            switch try ClientProtocol.command(from: text) {
            case .interrupt: await handle(.interruptReceived, at: moment)
            case .clear: await handle(.clearReceived, at: moment)
            case .end: await handle(.endReceived, at: moment)
            }
        } catch {
            complaints += 1
            context.emit(.clientError, words: error.sentence, ["what": "message"])
            tell(.error(error.sentence))
            if complaints >= Self.complaintLimit {
                connection?.close(code: 1008, reason: "too many messages that are not understood")
            }
        }
    }

    // MARK: The machine

    private func handle(_ input: Input, at moment: Moment) async {
        var inputs = [input]
        while !inputs.isEmpty {
            let next = inputs.removeFirst()
            for effect in machine.handle(next, at: moment) { await perform(effect) }
            inputs += followUps
            followUps = []
        }
    }

    private func perform(_ effect: Effect) async {
        switch effect {
        case .tell(let message): tell(message)
        case .send(let samples, let turn): send(samples, turn: turn)
        case .flush(let turn, let message):
            _ = connection?.discard(tag: turn, then: .text(ClientProtocol.text(of: message)))
        case .recall(let turn): await providers.start(.recall(turn: turn), .recall(turn: turn))
        case .ask(let turn, let messages):
            await providers.start(.answer(turn: turn), .generate(turn: turn, messages: messages))
        case .speak(let turn, let number, let text):
            await providers.start(.sentence(turn: turn, number: number), .speak(text))
        case .play(let turn, let number, let line): play(line, turn: turn, number: number)
        case .cancel(let turn, let what): providers.cancel(turn: turn, what.slots)
        case .remember(let message): providers.tellMemory(.remember(message))
        case .forget: providers.tellMemory(.forget)
        case .restartRecognition:
            audio?.reset()
            await providers.restartStream()
        case .emit(let event): emit(event)
        case .wake(let moment): schedule(moment)
        case .close: connection?.close(code: 1000, reason: "")
        }
    }

    private func tell(_ message: ServerMessage) {
        deliver(.text(ClientProtocol.text(of: message)))
    }

    private func send(_ samples: [Int16], turn: Int) {
        deliver(.binary(Linear16.bytes(of: samples), tag: turn))
        if machine.reply?.isTimed == false { followUps.append(.audioLeft(turn: turn)) }
    }

    private func deliver(_ message: OutgoingMessage) {
        guard let connection, !connection.send(message), !machine.hasEnded else { return }
        // The caller takes nothing any more; what is queued for it is more than a call needs.
        connection.close(code: 1013, reason: "too slow")
    }

    private func play(_ line: ServerLine, turn: Int, number: Int) {
        guard let samples = context.centre.lines.samples(of: line) else {
            followUps.append(.synthesisFailed(turn: turn, sentence: number, Failure(.unreachable, "no line is ready")))
            return
        }
        let chunk = max(1, context.settings.outputSampleRate / Self.lineChunk)
        for start in stride(from: 0, to: samples.count, by: chunk) {
            let piece = Array(samples[start..<min(start + chunk, samples.count)])
            followUps.append(.speechArrived(turn: turn, sentence: number, piece))
        }
        followUps.append(.sentenceSpoken(turn: turn, sentence: number))
    }

    private func schedule(_ moment: Moment) {
        if let wake { context.centre.timers.cancel(wake) }
        let inbox = inbox
        let clock = context.centre.clock
        wake = context.centre.timers.schedule(after: (moment - context.now()).microseconds * 1000) {
            inbox.put(.input(.clockTicked, clock.now()))
        }
    }

    /// Each event of a turn follows from the one before it.
    private func emit(_ event: Event) {
        var event = event
        event.cause = event.turn == nil ? nil : cause
        let sequence = context.centre.bus.emit(event)
        cause = event.kind == .turnEnded ? nil : sequence
    }
}

extension Effect.Upstream {
    fileprivate var slots: Set<Slot> {
        switch self {
        case .everything: [.memory, .llm, .tts]
        case .model: [.llm]
        case .synthesis: [.tts]
        }
    }
}

/// The session's end of its connection: stamps what arrives on the network thread and puts it into the inbox.
final class SessionSocket: ConnectionHandler {
    private let inbox: Inbox<SessionItem>
    private let clock: ServerClock

    init(inbox: Inbox<SessionItem>, clock: ServerClock) {
        self.inbox = inbox
        self.clock = clock
    }

    func opened(_ connection: Connection) { inbox.put(.opened(connection)) }
    func received(text: String) { inbox.put(.text(text, clock.now())) }
    func received(binary: [UInt8]) { inbox.put(.audio(binary, clock.now())) }
    func closed(_ reason: CloseReason) { inbox.put(.closed(reason)) }
}

extension CloseReason {
    /// In a word or two, for the event.
    fileprivate var name: String {
        switch self {
        case .byPeer: "left"
        case .dead: "dead"
        case .tooSlow, .closedHere(code: 1013): "slow"
        case .protocolError: "protocol"
        case .serverStopping: "stopping"
        case .closedHere(code: 1008): "abuse"
        case .closedHere: "ended"
        }
    }
}

// The four providers of one session: keeps track of its requests, turns what providers say into inputs of the turn
// machine, and moves on to the next of a chain when one fails before the caller has heard anything of it.
internal import Audio
internal import Conversation
internal import Providers
internal import Support

/// What a provider said, on its way to the session.
struct ProviderReport: Sendable {
    let slot: Slot
    /// 0: about the instance itself.
    let request: RequestID
    let message: ProviderMessage
}

/// Owned by one session; not shared.
struct SessionProviders {
    /// What a request is for.
    enum Purpose: Equatable {
        case stream
        case recall(turn: Int)
        case answer(turn: Int)
        case sentence(turn: Int, number: Int)

        var slot: Slot {
            switch self {
            case .stream: .stt
            case .recall: .memory
            case .answer: .llm
            case .sentence: .tts
            }
        }

        var turn: Int? {
            switch self {
            case .stream: nil
            case .recall(let turn), .answer(let turn), .sentence(let turn, _): turn
            }
        }
    }

    /// One request under way.
    private struct Request {
        let purpose: Purpose
        let event: ProviderEvent
        let provider: String
        let started: Moment
        var wasAnswered = false
        var resampler: Resampler?
        var context: [ChatMessage] = []
    }

    /// A slot's chain, and where the session is in it. It stays with a fallback for the rest of the call.
    private struct Place {
        var chain: [Provider]
        var instance: ProviderInstance?
        var provider: Provider? { chain.first }
    }

    /// Who serves each slot now.
    private(set) var names: [Slot: String]
    private var places: [Slot: Place]
    private var requests: [RequestID: Request] = [:]
    private var lastRequest: RequestID = 0
    private var stream: RequestID?
    /// The stream was told that speech began, and not yet that it ended.
    private var streamHasOnset = false
    private let context: SessionContext
    private let report: @Sendable (ProviderReport) -> Void

    init(context: SessionContext, report: @escaping @Sendable (ProviderReport) -> Void) {
        places = Dictionary(
            uniqueKeysWithValues: Slot.allCases.map { ($0, Place(chain: context.centre.registry.chain(for: $0))) })
        names = places.compactMapValues { $0.provider?.name }
        self.context = context
        self.report = report
    }

    /// The recogniser gets only what voice activity cut out.
    var cutsSpeech: Bool { places[.stt]?.provider?.cutsSpeech ?? false }

    // MARK: Opening and closing

    /// Makes an instance of every slot's first provider that can, so that the first turn need not wait for them.
    mutating func open() async {
        for slot in Slot.allCases { await openInstance(slot) }
        await listen()
    }

    mutating func close() {
        for id in requests.keys.sorted() { cancel(id) }
        for place in places.values { place.instance?.destroy() }
        places = [:]
    }

    private mutating func openInstance(_ slot: Slot) async {
        while var place = places[slot], let provider = place.provider, place.instance == nil {
            let report = report
            do throws(Failure) {
                place.instance = try await provider.makeInstance(session: context.id) { id, message in
                    report(ProviderReport(slot: slot, request: id, message: message))
                }
                places[slot] = place
            } catch {
                failOver(slot, because: error)
            }
        }
    }

    /// Drops the first of the slot's chain.
    private mutating func failOver(_ slot: Slot, because failure: Failure) {
        guard var place = places[slot], let from = place.provider else { return }
        place.chain.removeFirst()
        place.instance?.destroy()
        place.instance = nil
        places[slot] = place
        names[slot] = place.provider?.name
        context.emit(
            .providerFailover, words: failure.message,
            [
                "slot": .text(slot.rawValue), "from": .text(from.name), "to": .text(place.provider?.name ?? "nobody"),
                "reason": .text(failure.kind.rawValue),
            ])
    }

    // MARK: Recognition

    private mutating func listen() async {
        streamHasOnset = false
        stream = await start(.stream, .listen(sampleRate: 16_000))
    }

    /// Gives the stream up and begins a new one.
    mutating func restartStream() async {
        if let stream { cancel(stream) }
        await listen()
    }

    /// Passes audio or a mark on to the recogniser. Without one it is dropped; the caller was told. So is what is left of
    /// an utterance that began before the stream did: its final would be taken for that of the next one.
    mutating func tellRecogniser(_ event: ProviderEvent) {
        guard let stream else { return }
        switch event {
        case .speechStarted: streamHasOnset = true
        case .speechEnded:
            guard streamHasOnset else { return }
            streamHasOnset = false
        default:
            guard streamHasOnset || !cutsSpeech else { return }
        }
        places[.stt]?.instance?.send(event, id: stream)
    }

    // MARK: Requests

    /// What memory is told needs no answer.
    func tellMemory(_ event: ProviderEvent) {
        places[.memory]?.instance?.send(event, id: 0)
    }

    /// Starts a request, and reports a failure on it when nobody is left to take it.
    @discardableResult
    mutating func start(_ purpose: Purpose, _ event: ProviderEvent) async -> RequestID {
        let slot = purpose.slot
        await openInstance(slot)
        lastRequest += 1
        let id = lastRequest
        let place = places[slot]
        let name = place?.provider?.name ?? "nobody"
        requests[id] = Request(purpose: purpose, event: event, provider: name, started: context.now())
        emit(.requestStarted, id)
        if let instance = place?.instance {
            instance.send(event, id: id)
        } else {
            let failure = Failure(.unreachable, "no \(slot.rawValue) is left")
            report(ProviderReport(slot: slot, request: id, message: .failed(failure)))
        }
        return id
    }

    /// Stops every request of a turn at the given slots.
    mutating func cancel(turn: Int, _ slots: Set<Slot>) {
        for (id, request) in requests where request.purpose.turn == turn && slots.contains(request.purpose.slot) {
            cancel(id)
        }
    }

    private mutating func cancel(_ id: RequestID) {
        guard let request = requests[id] else { return }
        places[request.purpose.slot]?.instance?.cancel(id)
        emit(.requestCancelled, id)
        requests[id] = nil
    }

    // MARK: Answers

    /// What a report means for the conversation. Reports on requests that have ended mean nothing.
    mutating func inputs(from report: ProviderReport) async -> [Input] {
        if case .log(let level, let line) = report.message {
            context.emit(.log, words: line, ["level": .text(level), "source": .text(names[report.slot] ?? "plugin")])
            return []
        }
        if report.request == 0, case .failed(let failure) = report.message {
            return await instanceFailed(report.slot, failure)
        }
        guard var request = requests[report.request] else { return [] }
        if !request.wasAnswered, report.message.isAnswer {
            request.wasAnswered = true
            requests[report.request] = request
            emit(.requestAnswered, report.request)
        }
        switch (report.message, request.purpose) {
        case (.failed(let failure), _): return await failed(report.request, failure)
        case (.interim(let text), .stream): return [.interimHeard(text)]
        case (.final(let transcript), .stream): return [.finalHeard(transcript)]
        case (.context(let messages), .recall):
            requests[report.request]?.context = messages
            return []
        case (.token(let text), .answer(let turn)): return [.tokenArrived(turn: turn, text)]
        case (.format(let rate), .sentence):
            requests[report.request]?.resampler = try? Resampler(from: rate, to: context.settings.outputSampleRate)
            return []
        case (.pcm(let samples), .sentence(let turn, let number)):
            let output = requests[report.request]?.resampler?.process(samples) ?? samples
            return output.isEmpty ? [] : [.speechArrived(turn: turn, sentence: number, output)]
        case (.done, _): return finished(report.request)
        default: return []
        }
    }

    private mutating func finished(_ id: RequestID) -> [Input] {
        guard let request = requests[id] else { return [] }
        emit(.requestFinished, id)
        requests[id] = nil
        switch request.purpose {
        case .stream: return []
        case .recall(let turn): return [.recalled(turn: turn, request.context)]
        case .answer(let turn): return [.modelFinished(turn: turn)]
        case .sentence(let turn, let number):
            let rest = request.resampler?.flush() ?? []
            return (rest.isEmpty ? [] : [.speechArrived(turn: turn, sentence: number, rest)])
                + [.sentenceSpoken(turn: turn, sentence: number)]
        }
    }

    /// The instance is of no use any more: what it was working on has failed, and the next request makes a new one.
    private mutating func instanceFailed(_ slot: Slot, _ failure: Failure) async -> [Input] {
        places[slot]?.instance?.destroy()
        places[slot]?.instance = nil
        var inputs: [Input] = []
        for id in requests.keys.sorted() where requests[id]?.purpose.slot == slot {
            inputs += await failed(id, failure)
        }
        return inputs
    }

    private mutating func failed(_ id: RequestID, _ failure: Failure) async -> [Input] {
        guard let request = requests[id] else { return [] }
        let slot = request.purpose.slot
        emit(.requestFailed, id, words: failure.message, ["class": .text(failure.kind.rawValue)])
        requests[id] = nil
        let hasNext = (places[slot]?.chain.count ?? 0) > 1

        if request.purpose == .stream {
            // What was said into the broken stream is lost; the caller is asked to say it again. A recogniser that is
            // merely too busy may have a place the next time.
            if failure.kind != .throttled || hasNext { failOver(slot, because: failure) }
            if places[slot]?.provider != nil { await listen() } else { stream = nil }
            return [.recognitionFailed(failure)]
        }
        if !request.wasAnswered, hasNext, failure.allowsFailover {
            failOver(slot, because: failure)
            await start(request.purpose, request.event)
            return []
        }
        switch request.purpose {
        case .recall(let turn): return [.recallFailed(turn: turn, failure)]
        case .answer(let turn): return [.modelFailed(turn: turn, failure)]
        case .sentence(let turn, let number): return [.synthesisFailed(turn: turn, sentence: number, failure)]
        case .stream: return []
        }
    }

    // MARK: Events

    private func emit(_ kind: Event.Kind, _ id: RequestID, words: String? = nil, _ more: Event.Fields = [:]) {
        guard let request = requests[id] else { return }
        var fields: Event.Fields = [
            "slot": .text(request.purpose.slot.rawValue), "provider": .text(request.provider),
            "request": .int(Int(id)),
        ]
        if kind != .requestStarted { fields["ms"] = .ms(context.now() - request.started) }
        fields.pairs += more.pairs
        context.emit(kind, turn: request.purpose.turn, words: words, fields)
    }
}

extension ProviderMessage {
    /// It carries something of the answer itself.
    fileprivate var isAnswer: Bool {
        switch self {
        case .interim, .final, .token, .pcm, .context: true
        case .done, .failed, .format, .log: false
        }
    }
}

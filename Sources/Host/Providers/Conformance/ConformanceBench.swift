// What the cases of the conformance check work with: instances whose messages are recorded, and waits with an end.
internal import Conversation
internal import JSON
internal import Support

/// Makes subjects of one entry and remembers them, so that the last case can ask how they all behaved. Every call is
/// made on the library's own threads, so that a plugin that hangs cannot hang the check.
final class ConformanceBench: Sendable {
    let provider: Provider
    let patience: TimeSpan
    private let made = Locked<[ProviderInstance]>([])

    init(_ provider: Provider, patience: TimeSpan) {
        self.provider = provider
        self.patience = patience
    }

    /// A new instance. A refusal is a violation.
    func subject() async throws(Violation) -> Subject {
        do throws(Failure) {
            return try await subject(of: provider)
        } catch {
            throw Violation("it could not be created: \(error.message)")
        }
    }

    /// The refusal of an entry with one more setting; nil where there is none.
    func refusal(adding setting: String) async -> Failure? {
        var settings = provider.settings
        settings[setting] = true
        let other = Provider(
            name: provider.name, slot: provider.slot, plugin: provider.plugin, settings: settings,
            secrets: provider.secrets, timers: provider.timers, startLimit: provider.startLimit)
        do throws(Failure) {
            _ = try await subject(of: other)
            return nil
        } catch {
            return error
        }
    }

    private func subject(of provider: Provider) async throws(Failure) -> Subject {
        let recorder = Recorder()
        let instance = try await provider.makeInstance(on: provider.plugin.workers) { recorder.take($0, $1) }
        made.withLock { $0.append(instance) }
        return Subject(instance: instance, recorder: recorder, patience: patience)
    }

    /// What all instances made so far have counted.
    var counters: [ProviderCounters] { made.withLock { $0 }.map(\.counters) }
}

/// One instance under test.
struct Subject: Sendable {
    let instance: ProviderInstance
    let recorder: Recorder
    let patience: TimeSpan

    var slot: Slot { instance.provider.slot }
    private var timers: Timers { instance.provider.timers }

    /// Tells the plugin everything of one request.
    func start(_ id: RequestID, text: String = ConformanceCase.ordinaryText) {
        for event in ConformanceCase.request(slot, text) { instance.send(event, id: id) }
    }

    /// Waits for the first message of a request.
    func begin(_ id: RequestID) async throws(Violation) {
        let hasBegun = await timers.expect(within: patience) { recorder.when(id, isOver: false, $0) }
        guard hasBegun else { throw Violation("there was no answer within \(patience.seconds) s") }
    }

    /// Waits for the end of a request: its last word, and for stt the final that answers the end of speech.
    func finish(_ id: RequestID) async throws(Violation) {
        let isOver = await timers.expect(within: patience) { recorder.when(id, isOver: true, $0) }
        guard isOver else { throw Violation("there was no answer within \(patience.seconds) s") }
        let counters = instance.counters
        if counters.invalid + counters.unknown > 0 {
            throw Violation(
                "\(counters.invalid + counters.unknown) of its actions do not fit voice_plugin.h or this slot")
        }
        // A stream of audio ends no other way.
        if slot == .stt { instance.cancel(id) }
    }

    /// Waits until the plugin has returned from everything it was told.
    func rest() async throws(Violation) {
        let rests = await timers.expect(within: patience) { instance.whenAtRest($0) }
        guard rests else { throw Violation("it did not return from a call within \(patience.seconds) s") }
    }

    /// Lets time pass.
    func wait(_ span: TimeSpan) async { _ = await timers.expect(within: span) { _ in } }

    /// Ends the instance and waits for it.
    func end() async throws(Violation) {
        let ended = await timers.expect(within: patience) { instance.destroy($0) }
        guard ended else { throw Violation("destroy did not return within \(patience.seconds) s") }
    }
}

/// Everything an instance said, audio without its samples.
final class Recorder: Sendable {
    private struct State {
        var messages: [(id: RequestID, message: ProviderMessage)] = []
        var waiting: [Wait] = []

        func fulfils(_ wait: Wait) -> Bool {
            messages.contains { $0.id == wait.id && (!wait.isOver || $0.message.endsRequest) }
        }
    }

    private struct Wait {
        var id: RequestID
        var isOver: Bool
        var action: @Sendable () -> Void
    }

    private let state = Locked(State())

    func take(_ id: RequestID, _ message: ProviderMessage) {
        let actions = state.withLock { state -> [@Sendable () -> Void] in
            state.messages.append((id, message.withoutSamples))
            let fulfilled = state.waiting.filter(state.fulfils)
            if !fulfilled.isEmpty { state.waiting = state.waiting.filter { !state.fulfils($0) } }
            return fulfilled.map(\.action)
        }
        for action in actions { action() }
    }

    /// Calls `action` once something has come on the id, or, with `isOver`, its last word.
    func when(_ id: RequestID, isOver: Bool, _ action: @escaping @Sendable () -> Void) {
        let isFulfilled = state.withLock { state in
            let wait = Wait(id: id, isOver: isOver, action: action)
            if state.fulfils(wait) { return true }
            state.waiting.append(wait)
            return false
        }
        if isFulfilled { action() }
    }

    /// How often a message that ends a request came on `id`.
    func endings(_ id: RequestID) -> Int {
        state.withLock { $0.messages.filter { $0.id == id && $0.message.endsRequest }.count }
    }

    /// Whether anything of an answer came on `id`: text, sound, or a context.
    func hasAnswered(_ id: RequestID) -> Bool {
        state.withLock { $0.messages.contains { $0.id == id && $0.message.isAnswer } }
    }

    /// How many messages came on `id`.
    func count(_ id: RequestID) -> Int { state.withLock { $0.messages.filter { $0.id == id }.count } }
}

extension ProviderMessage {
    fileprivate var endsRequest: Bool {
        switch self {
        case .done, .failed: true
        case .final(let transcript): transcript.isFinalized
        default: false
        }
    }

    fileprivate var isAnswer: Bool {
        switch self {
        case .token, .pcm, .context, .interim, .final: true
        case .done, .failed, .format, .log: false
        }
    }

    fileprivate var withoutSamples: ProviderMessage {
        if case .pcm = self { .pcm([]) } else { self }
    }
}

extension Slot {
    /// What a plugin in it answers with.
    var answer: String {
        switch self {
        case .stt: "final"
        case .llm: "token"
        case .tts: "sample"
        case .memory: "context"
        }
    }
}

// The lines the server says itself, spoken once at start-up and kept, so that a caller hears them when synthesis is down.
internal import Audio
internal import Conversation
internal import Providers
internal import Support

/// Usable from any thread.
final class ServerLines: Sendable {
    private let spoken = Locked<[ServerLine: [Int16]]>([:])

    /// The line at the output rate; nil as long as nobody could speak it.
    func samples(of line: ServerLine) -> [Int16]? { spoken.withLock { $0[line] } }

    /// Has every line spoken by the first provider of `chain` that can.
    func prepare(with chain: [Provider], settings: ConversationSettings, timers: Timers) async {
        for line in ServerLine.allCases {
            for provider in chain {
                let recital = Recital(rate: settings.outputSampleRate)
                guard let samples = await recital.speak(line.text(in: settings), with: provider, timers: timers) else {
                    continue
                }
                spoken.withLock { $0[line] = samples }
                break
            }
        }
    }
}

extension ServerLine {
    fileprivate func text(in settings: ConversationSettings) -> String {
        switch self {
        case .apology: settings.lines.apology
        case .lostThread: settings.lines.lostThread
        }
    }
}

/// One sentence spoken outside of any session.
private struct Recital {
    let rate: Int

    /// The samples at `rate` Hz; nil when the provider failed or took more than ten seconds.
    func speak(_ text: String, with provider: Provider, timers: Timers) async -> [Int16]? {
        let inbox = Inbox<ProviderMessage>()
        let instance = try? await provider.makeInstance(session: nil) { _, message in inbox.put(message) }
        guard let instance else { return nil }
        defer { instance.destroy() }
        let patience = timers.schedule(after: 10_000_000_000) { inbox.close() }
        defer { timers.cancel(patience) }
        instance.send(.speak(text), id: 1)
        var resampler: Resampler?
        var samples: [Int16] = []
        while true {
            let messages = await inbox.next()
            if messages.isEmpty { return nil }
            for message in messages {
                switch message {
                case .format(let from): resampler = try? Resampler(from: from, to: rate)
                case .pcm(let chunk): samples += resampler?.process(chunk) ?? chunk
                case .done: return samples + (resampler?.flush() ?? [])
                case .failed: return nil
                default: break
                }
            }
        }
    }
}

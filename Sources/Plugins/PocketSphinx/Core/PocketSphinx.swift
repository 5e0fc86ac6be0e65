// Speech-to-text without a key: Debian's PocketSphinx with its English model. Between two utterances a session holds no
// decoder; from the onset to the final it holds one of the library's bounded pool.
package import PluginSDK

/// The plugin: one session's ear. A class, because a decoder on loan has to go back when the session is destroyed.
package final class PocketSphinx: SpeechToText {
    /// In Hz: what the model was trained for.
    static let sampleRate = 16_000
    // Decoders are 93 MB each and belong to the library, not to a session.
    private static let shared = DecoderPools()

    private let outbox: Outbox
    private let pools: DecoderPools
    private let pool: DecoderPool
    /// The stream that audio is taken for; nil before `listen`, after `cancel` and after a failure.
    private var stream: RequestID?
    private var utterance: Utterance?
    /// What is known of this caller's voice and line; nil until something was understood.
    private var mean: CepstralMean?

    /// Settings: `hmm`, `lm`, `dict` (paths), `grammar` (JSGF, or the path of a file), `decoders` (1 to 64).
    package convenience init(_ configuration: Configuration, outbox: Outbox) throws(Failure) {
        try self.init(configuration, outbox: outbox, pools: Self.shared)
    }

    init(_ configuration: Configuration, outbox: Outbox, pools: DecoderPools) throws(Failure) {
        var settings = configuration.settings
        let model = try Model(&settings)
        let bound = try settings.int("decoders", default: DecoderPool.defaultBound, in: 1...64)
        try settings.refuseUnknown()
        self.outbox = outbox
        self.pools = pools
        self.pool = pools.open(model, bound: bound)
        // From here on `deinit` runs, also when this throws. The first instance of these settings is usually the host's
        // probe at start-up, so that no caller waits for the model.
        try pool.warm()
    }

    deinit {
        abandon()
        pools.close(pool)
    }

    package func listen(_ id: RequestID, sampleRate: Int) {
        abandon()
        stream = id
        if sampleRate != Self.sampleRate {
            fail(Failure(.invalid, "PocketSphinx takes \(Self.sampleRate) Hz audio and was offered \(sampleRate) Hz"))
        }
    }

    /// A second onset without an end in between changes nothing: the utterance under way goes on.
    package func speechStarted(_ id: RequestID, at milliseconds: Int) {
        guard id == stream, utterance == nil else { return }
        do throws(Failure) {
            utterance = try Utterance(pool.lend(), at: milliseconds, mean: mean)
        } catch {
            fail(error)
        }
    }

    package func audio(_ id: RequestID, _ samples: UnsafeBufferPointer<Int16>) {
        guard id == stream, utterance != nil else { return }
        do throws(Failure) {
            guard let text = try unsafe utterance?.hear(samples) else { return }
            if !outbox.send(.interim(text), id) { cancel(id) }
        } catch {
            fail(error)
        }
    }

    /// Answers every end with exactly one final, an empty one when no onset came before.
    package func speechEnded(_ id: RequestID, at milliseconds: Int) {
        guard id == stream else { return }
        var transcript = Transcript("", isFinalized: true)
        if var ending = utterance {
            utterance = nil
            do throws(Failure) {
                transcript = try ending.finish()
            } catch {
                pool.discard(ending.decoder)
                return fail(error)
            }
            // Noise teaches nothing about the voice: then the next utterance is primed like the first.
            if !transcript.words.isEmpty { mean = ending.decoder.mean }
            pool.takeBack(ending.decoder)
        }
        if !outbox.send(.final(transcript), id) { cancel(id) }
    }

    package func cancel(_ id: RequestID) {
        guard id == stream else { return }
        abandon()
    }

    /// A FAIL is the last word on its id, and here the id is the call's whole stream. So a pool without a free decoder
    /// ends the stream; the host opens a new one with LISTEN (for the next utterance, or on another provider), and this
    /// instance takes it like the first. Whatever still arrives for the failed stream is ignored.
    private func fail(_ failure: Failure) {
        guard let id = stream else { return }
        if let utterance { pool.discard(utterance.decoder) }
        utterance = nil
        stream = nil
        outbox.send(.failed(failure), id)
    }

    /// Ends the stream without a word and gives the decoder back at once.
    private func abandon() {
        if let utterance {
            utterance.decoder.end()
            pool.takeBack(utterance.decoder)
        }
        utterance = nil
        stream = nil
    }
}

// The decoders of one model: at most so many, lent from onset to final, shared by all sessions with the same settings.
internal import CPocketSphinx
internal import Glibc
internal import PluginSDK

/// Usable from any thread. It grows one ahead of the need and never waits for a session to give back.
final class DecoderPool: Sendable {
    /// Four per core: what real time allows (measured: 8 people talking on 2 cores).
    static var defaultBound: Int { min(max(4 * sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1), 64) }

    /// How the pool stands, for tests and messages.
    struct Count: Equatable { var free: Int, made: Int }

    private struct State {
        var free: [Decoder] = []
        /// Free, lent, and being loaded.
        var made = 0
        var isPreparing = false
        /// Somebody waits for the one that is being prepared.
        var isAwaited = false
    }
    private enum Answer { case lent(Decoder, isLast: Bool), load, busy }

    let model: Model
    let bound: Int
    private let state = Monitor(State())

    /// The library writes pages to standard error otherwise. Once, because it is a variable of the process.
    private static let silenceLibrary: Void = err_set_logfp(nil)

    /// An empty pool for at most `bound` decoders.
    init(_ model: Model, bound: Int) {
        self.model = model
        self.bound = bound
        Self.silenceLibrary
    }

    var count: Count { state.withLock { Count(free: $0.free.count, made: $0.made) } }

    /// Loads the first decoder, if nobody has yet.
    func warm() throws(Failure) {
        let isFirst = state.withLock { state in
            guard state.made == 0 else { return false }
            state.made = 1
            return true
        }
        if isFirst { takeBack(try load()) }
    }

    /// A decoder for the length of one utterance: a free one; else the spare that is being loaded right now, if nobody
    /// else waits for it (half a second at most); else a new one while the bound allows it. It waits for nothing else.
    func lend() throws(Failure) -> Decoder {
        var isMine = false
        let answer = state.wait { state -> Answer? in
            if let decoder = state.free.popLast() {
                let isLast = state.free.isEmpty && state.made < bound && !state.isPreparing
                if isLast {
                    state.made += 1
                    state.isPreparing = true
                }
                return .lent(decoder, isLast: isLast)
            }
            if state.isPreparing, isMine || !state.isAwaited {
                isMine = true
                state.isAwaited = true
                return nil
            }
            guard state.made < bound else { return .busy }
            state.made += 1
            return .load
        }
        switch answer {
        case .lent(let decoder, let isLast):
            if isLast { prepareSpare() }
            return decoder
        case .load: return try load()
        case .busy:
            throw Failure(
                .throttled,
                (bound == 1 ? "the only recogniser is busy" : "all \(bound) recognisers are busy")
                    + ": too many callers speak at once, or the setting \"decoders\" is too small")
        }
    }

    /// Ends a loan. The decoder is at rest.
    func takeBack(_ decoder: Decoder) { state.withLock { $0.free.append(decoder) } }

    /// Ends a loan of a decoder that is not to be trusted any more.
    func discard(_ decoder: Decoder) { state.withLock { $0.made -= 1 } }

    /// Keeps one free decoder and lets the others go: nobody has these settings any more, but somebody may come back.
    func shrink() {
        let surplus = state.withLock { state -> [Decoder] in
            let surplus = Array(state.free.dropFirst())
            state.free.removeLast(surplus.count)
            state.made -= surplus.count
            return surplus
        }
        // Freed here, outside of the lock: that takes milliseconds.
        _ = consume surplus
    }

    private func load() throws(Failure) -> Decoder {
        do throws(Failure) {
            return try Decoder(model)
        } catch {
            state.withLock { $0.made -= 1 }
            throw error
        }
    }

    /// Loads the next decoder on a thread of its own, so that the onset after this one need not wait for it.
    private func prepareSpare() {
        var thread = pthread_t()
        let pool = unsafe Unmanaged.passRetained(self)
        let run: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { pool in
            if let pool = unsafe pool { unsafe Unmanaged<DecoderPool>.fromOpaque(pool).takeRetainedValue().loadSpare() }
            return nil
        }
        if unsafe pthread_create(&thread, nil, run, pool.toOpaque()) == 0 {
            pthread_detach(thread)
        } else {
            unsafe pool.release()
            state.withLock { state in
                state.made -= 1
                state.isPreparing = false
                state.isAwaited = false
            }
        }
    }

    /// A failure needs no words here: the next `lend` loads for itself and reports what it meets.
    private func loadSpare() {
        let spare = try? load()
        state.withLock { state in
            state.isPreparing = false
            state.isAwaited = false
            if let spare { state.free.append(spare) }
        }
    }
}

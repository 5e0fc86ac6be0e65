// The way of one request's samples from flite's chunks to the outbox.
internal import PluginSDK

/// Shapes what flite makes and sends it. Belongs to the thread that is in `speak`.
final class Delivery {
    private let outbox: Outbox
    private let id: RequestID
    private var shaper: Shaper
    /// False as soon as the host has said that nobody waits any more; nothing is sent from then on.
    private(set) var isWanted = true

    /// - Parameter gain: factor that brings the voice to its target level.
    init(_ outbox: Outbox, _ id: RequestID, gain: Float) {
        self.outbox = outbox
        self.id = id
        self.shaper = Shaper(gain: gain)
    }

    /// The next samples from flite. False: stop.
    func take(_ samples: some Sequence<Int16>) -> Bool {
        guard isWanted else { return false }
        shaper.add(samples)
        let frames = shaper.takeFrames()
        // A long pause is held back until it has ended; a cancel must be noticed all the same.
        isWanted = frames.isEmpty ? outbox.isWanted(id) : outbox.send(.pcm(frames), id)
        return isWanted
    }

    /// The clause is complete: what it trails off with is cut.
    func endClause() { shaper.endClause() }

    /// The request is complete.
    func finish() {
        guard isWanted else { return }
        let rest = shaper.takeRest()
        guard rest.isEmpty || outbox.send(.pcm(rest), id) else { return }
        outbox.send(.done, id)
    }
}

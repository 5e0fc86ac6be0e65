// The agent's voice as the caller hears it: played by the clock from its first frame on, thrown away when interrupted.
internal import Audio
internal import Conversation

struct HeardAudio {
    /// One reply's audio and the ledger of its playing.
    private struct Piece {
        var samples: [Int16] = []
        var playout: Playout
    }

    /// More than this is no answer, 10 minutes at 48 kHz.
    static let limit = 48_000 * 600

    private var pieces: [Piece] = []

    var sampleCount: Int { pieces.reduce(0) { $0 + $1.samples.count } }
    /// How long it lasts when played in one go.
    var length: TimeSpan {
        pieces.reduce(.zero) { $0 + .samples($1.samples.count, rate: $1.playout.sampleRate) }
    }
    /// When the last sample so far will have been heard.
    var audibleUntil: Moment? { pieces.last?.playout.audibleUntil }

    /// A reply begins.
    mutating func begin(sampleRate: Int) {
        var playout = Playout(sampleRate: sampleRate)
        playout.begin("")
        pieces.append(Piece(playout: playout))
    }

    /// Samples of the current reply arrive.
    mutating func append(_ samples: [Int16], at now: Moment) {
        guard !pieces.isEmpty else { return }
        pieces[pieces.count - 1].playout.send(samples: samples.count, at: now)
        pieces[pieces.count - 1].samples += samples
    }

    /// What has not been played yet is thrown away. Returns how long that would have been.
    @discardableResult
    mutating func cut(at now: Moment) -> TimeSpan {
        guard var piece = pieces.popLast() else { return .zero }
        let rate = piece.playout.sampleRate
        let heard = min(piece.playout.heard(at: now), piece.samples.count)
        let lost = piece.samples.count - heard
        piece.samples.removeLast(lost)
        piece.playout = Playout(sampleRate: rate)
        pieces.append(piece)
        return .samples(lost, rate: rate)
    }

    /// Everything heard, reply after reply, at the rate of the first; nil when it was nothing.
    func recording() throws -> WaveFile? {
        guard let rate = pieces.first?.playout.sampleRate, sampleCount > 0 else { return nil }
        var samples: [Int16] = []
        for piece in pieces {
            let resampler = try Resampler(from: piece.playout.sampleRate, to: rate)
            samples += resampler.process(piece.samples) + resampler.flush()
        }
        return WaveFile(sampleRate: rate, samples: samples)
    }
}

// The dice of the rehearsal model: SplitMix64 (Steele, Lea, Flood 2014), because the standard generator cannot be
// seeded and a test has to get the same answer twice.

/// A small seeded generator. Not for secrets.
package struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    /// The generator of one request: the same seed, turn and words give the same answer, whatever else is running.
    package init(seed: UInt64, turn: Int, text: String) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325  // FNV-1a; Hasher is seeded anew in each process
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        self.init(seed: seed &+ hash &+ UInt64(truncatingIfNeeded: turn) &* 0x9e37_79b9_7f4a_7c15)
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

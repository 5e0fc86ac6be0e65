// Text-to-speech without a key: Debian's flite with the voices rms and slt, 16 kHz, English. One request is synthesised
// inside `speak`, on the host's thread, and leaves in 20 ms frames while it is made.
package import PluginSDK

/// The plugin. It holds nothing of a request between two calls, so there is nothing to cancel: a request in the making
/// learns it from the outbox within one chunk of at most 25 ms of audio.
package struct Flite: TextToSpeech {
    private let outbox: Outbox
    private let voice: Voice
    private let manner: Manner

    /// Settings: `voice` ("rms" or "slt"), `speed` (0.5 to 2, 1 is the voice's own), `pitch` (mean in Hz, 50 to 300).
    package init(_ configuration: Configuration, outbox: Outbox) throws(Failure) {
        var settings = configuration.settings
        let name = try settings.string("voice", default: "rms", oneOf: ["rms", "slt"])
        let speed = try settings.number("speed", default: 1, in: 0.5...2)
        let pitch = settings.value("pitch") == nil ? nil : try settings.number("pitch", default: 0, in: 50...300)
        try settings.refuseUnknown()
        guard let voice = name == "slt" ? Voice.slt : Voice.rms else {
            throw Failure(.invalid, "flite could not register its voice \"\(name)\"; reinstall the package libflite1")
        }
        self.outbox = outbox
        self.voice = voice
        self.manner = Manner(speed: speed, pitch: pitch)
    }

    package func speak(_ text: String, id: RequestID) {
        guard outbox.send(.format(sampleRate: Voice.sampleRate), id) else { return }
        let delivery = Delivery(outbox, id, gain: voice.gain)
        for clause in Clauses(of: text) {
            let isWhole = voice.say(clause, manner, to: delivery)
            guard delivery.isWanted else { return }
            guard isWhole else {
                outbox.send(.failed(Failure(.vendor, "flite made no speech of \(clause.utf8.count) characters")), id)
                return
            }
            delivery.endClause()
        }
        delivery.finish()
    }
}

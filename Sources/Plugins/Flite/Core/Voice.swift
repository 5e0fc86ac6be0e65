// The C edge to flite: its voices, and one utterance streamed through them. Nothing else of the plugin sees a pointer.
internal import CFlite

/// How to speak.
struct Manner: Sendable {
    /// 0.5 to 2; 1 is the voice's own.
    var speed: Double
    /// Mean pitch in Hz, 50 to 300; nil is the voice's own.
    var pitch: Double?
}

/// A registered voice. Any number of threads may speak with it at once.
@safe
struct Voice: @unchecked Sendable {
    // @unchecked: flite only reads a registered voice. All that changes is in the utterance; 50 threads on one voice
    // were run under valgrind and helgrind without a finding, as long as `streaming_info` is not set on the voice.
    private let voice: UnsafeMutablePointer<cst_voice>
    /// The voice's data with another pitch model: rms has one ("spam") that does not listen to `int_f0_target_mean`.
    private let plainPitch: UnsafeMutablePointer<cst_cg_db>
    /// Factor to -20 dBFS: the voices' mean levels differ.
    let gain: Float

    /// What both voices give, in Hz.
    static let sampleRate = 16_000

    /// A man, the more intelligible one: -21 dBFS.
    static var rms: Voice? { registered?.rms }
    /// A woman: -15 dBFS.
    static var slt: Voice? { registered?.slt }

    /// flite registers voices and the lexicon in tables of the process without a lock: Swift runs this once, for both.
    private static let registered: (rms: Voice, slt: Voice)? = {
        flite_init()
        guard let rms = unsafe Voice(register_cmu_us_rms(nil), gain: 1.12) else { return nil }
        guard let slt = unsafe Voice(register_cmu_us_slt(nil), gain: 0.56) else { return nil }
        return (rms, slt)
    }()

    private init?(_ registered: UnsafeMutablePointer<cst_voice>?, gain: Float) {
        guard let voice = unsafe registered, let data = unsafe feat_val(voice.pointee.features, "cg_db") else {
            return nil
        }
        guard let original = unsafe val_cg_db(data) else { return nil }
        unsafe self.voice = voice
        self.gain = gain
        // Lives as long as the voice does, which is for ever: what it points to is data of the library.
        unsafe plainPitch = .allocate(capacity: 1)
        unsafe plainPitch.initialize(to: original.pointee)
        unsafe plainPitch.pointee.spamf0 = 0
    }

    /// Speaks `text` (printable ASCII) into `delivery`, on this thread. Returns when all is said or the delivery wants
    /// no more. False: flite gave up, or was stopped.
    func say(_ text: String, _ manner: Manner, to delivery: Delivery) -> Bool {
        guard let utterance = unsafe new_utterance() else { return false }
        // Frees the streaming info with it.
        defer { unsafe delete_utterance(utterance) }
        guard let info = unsafe new_audio_streaming_info() else { return false }
        unsafe info.pointee.min_buffsize = 320
        unsafe info.pointee.asc = takeChunk
        unsafe info.pointee.userdata = Unmanaged.passUnretained(delivery).toOpaque()
        unsafe utt_set_input_text(utterance, text)
        unsafe utt_init(utterance, voice)
        let features = unsafe utterance.pointee.features
        // On the utterance, never on the voice: that one is shared by all calls.
        unsafe feat_set(features, name("streaming_info"), audio_streaming_info_val(info))
        unsafe feat_set_float(features, name("duration_stretch"), Float(1 / manner.speed))
        if let pitch = manner.pitch {
            unsafe feat_set(features, name("cg_db"), cg_db_val(plainPitch))
            unsafe feat_set_float(features, name("int_f0_target_mean"), Float(pitch))
        }
        return withExtendedLifetime(delivery) { unsafe utt_synth(utterance) != nil }
    }
}

/// A feature's name. flite keeps the pointer and not the characters, so it has to be a literal, which lives for ever.
private func name(_ literal: StaticString) -> UnsafePointer<CChar> {
    unsafe UnsafeRawPointer(literal.utf8Start).assumingMemoryBound(to: CChar.self)
}

/// flite's callback: `size` new samples from `start` on. Runs on the thread that is in `utt_synth`.
private func takeChunk(
    _ wave: UnsafePointer<cst_wave>?, _ start: Int32, _ size: Int32, _ last: Int32,
    _ info: UnsafeMutablePointer<cst_audio_streaming_info>?
) -> Int32 {
    guard let wave = unsafe wave, let context = unsafe info?.pointee.userdata else { return CST_AUDIO_STREAM_STOP }
    let delivery = unsafe Unmanaged<Delivery>.fromOpaque(context).takeUnretainedValue()
    guard size > 0, let samples = unsafe wave.pointee.samples else {
        return delivery.isWanted ? CST_AUDIO_STREAM_CONT : CST_AUDIO_STREAM_STOP
    }
    let chunk = unsafe UnsafeBufferPointer(start: samples + Int(start), count: Int(size))
    return unsafe delivery.take(chunk) ? CST_AUDIO_STREAM_CONT : CST_AUDIO_STREAM_STOP
}

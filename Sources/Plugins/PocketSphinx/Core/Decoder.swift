// The C edge to PocketSphinx: one decoder with its front end. Nothing else of the plugin sees a pointer.
internal import CPocketSphinx
internal import Glibc
internal import PluginSDK

/// Mean of the cepstral coefficients, which stands for a voice and its line. 13 numbers.
typealias CepstralMean = [Float]

/// One segment of a result, in frames of 10 ms from the first sample of the utterance.
struct Segment {
    var word: String
    var firstFrame: Int
    var lastFrame: Int
}

/// One decoder: 93 MB and 0.3 to 0.5 s to load. Every call blocks (feeding costs a tenth of the audio's time).
@safe
final class Decoder: @unchecked Sendable {
    // @unchecked: the pool lends a decoder to one session at a time, and calls into a session never overlap.
    private let decoder: OpaquePointer
    private let frontEnd: OpaquePointer
    private let arguments: Arguments
    /// The mean the model was trained with, where every session starts.
    private let factoryMean: CepstralMean

    /// Loads the model. Throws what the operator has to know.
    init(_ model: Model) throws(Failure) {
        try model.check()
        let arguments = Arguments(model.arguments)
        guard let configuration = unsafe arguments.parse() else { throw model.unloadable }
        // The decoder and the front end retain the configuration.
        defer { unsafe _ = cmd_ln_free_r(configuration) }
        guard let decoder = unsafe ps_init(configuration) else { throw model.unloadable }
        guard let frontEnd = unsafe fe_init_auto_r(configuration) else {
            unsafe ps_free(decoder)
            throw model.unloadable
        }
        unsafe self.decoder = decoder
        unsafe self.frontEnd = frontEnd
        self.arguments = arguments
        factoryMean = unsafe Self.readMean(decoder)
        if case .grammar(let text) = model.search { try install(text) }
    }

    deinit {
        unsafe fe_free(frontEnd)
        unsafe ps_free(decoder)
    }

    /// Starts an utterance. Frames count from here, which only a new stream does.
    func begin(_ mean: CepstralMean) throws(Failure) {
        unsafe mean.withUnsafeBufferPointer { values in
            guard values.count == factoryMean.count else { return }
            unsafe cmn_live_set(ps_get_feat(decoder).pointee.cmn_struct, values.baseAddress)
        }
        guard unsafe ps_start_stream(decoder) >= 0, unsafe ps_start_utt(decoder) >= 0 else {
            throw Failure(.vendor, "PocketSphinx did not start an utterance")
        }
    }

    /// Decodes samples of any number.
    func feed(_ samples: UnsafeBufferPointer<Int16>) throws(Failure) {
        guard !samples.isEmpty else { return }
        guard unsafe ps_process_raw(decoder, samples.baseAddress, samples.count, 0, 0) >= 0 else {
            throw Failure(.vendor, "PocketSphinx did not take \(samples.count) samples")
        }
    }

    /// What is heard so far; nil for nothing.
    var hypothesis: String? { unsafe ps_get_hyp(decoder, nil).map { unsafe String(cString: $0) } }

    /// Ends the utterance, if there is one; takes 10 to 30 ms.
    func end() {
        guard unsafe ps_end_utt(decoder) >= 0 else { return }
        // With `-remove_silence no` the library itself moves the mean only after 8 s of speech.
        unsafe cmn_live_update(ps_get_feat(decoder).pointee.cmn_struct)
    }

    /// The words of the ended utterance, fillers included.
    func segments() -> [Segment] {
        var segments: [Segment] = []
        var next = unsafe ps_seg_iter(decoder)
        while let segment = unsafe next {
            var first: Int32 = 0
            var last: Int32 = 0
            unsafe ps_seg_frames(segment, &first, &last)
            let word = unsafe ps_seg_word(segment).map { unsafe String(cString: $0) } ?? ""
            segments.append(Segment(word: word, firstFrame: Int(first), lastFrame: Int(last)))
            unsafe next = ps_seg_next(segment)
        }
        return segments
    }

    /// The mean after the utterances since `begin`.
    var mean: CepstralMean { unsafe Self.readMean(decoder) }

    /// A first guess at a caller's mean from some speech: the factory's mean weighs as much as 30 frames. Digital
    /// silence (a negative first coefficient) is left out, as the decoder itself does.
    func firstMean(of samples: UnsafeBufferPointer<Int16>) -> CepstralMean {
        let size = factoryMean.count
        var sums = factoryMean.map { $0 * 30 }
        var counted: Float = 30
        unsafe fe_start_stream(frontEnd)
        unsafe fe_start_utt(frontEnd)
        var frame = CepstralMean(repeating: 0, count: size)
        unsafe frame.withUnsafeMutableBufferPointer { buffer in
            var row = buffer.baseAddress
            var rest = samples.baseAddress
            var left = samples.count
            while left > 0 {
                var frames: Int32 = 1
                let code = unsafe fe_process_frames(frontEnd, &rest, &left, &row, &frames, nil)
                guard code >= 0, frames > 0 else { break }
                guard unsafe buffer[0] >= 0 else { continue }
                for index in 0..<size { unsafe sums[index] += buffer[index] }
                counted += 1
            }
            var frames: Int32 = 0
            unsafe fe_end_utt(frontEnd, row, &frames)
        }
        return sums.map { $0 / counted }
    }

    private static func readMean(_ decoder: OpaquePointer) -> CepstralMean {
        guard let normaliser = unsafe ps_get_feat(decoder)?.pointee.cmn_struct else { return [] }
        return unsafe CepstralMean(unsafeUninitializedCapacity: Int(normaliser.pointee.veclen)) { buffer, count in
            unsafe cmn_live_get(normaliser, buffer.baseAddress)
            count = buffer.count
        }
    }

    private func install(_ grammar: String) throws(Failure) {
        guard unsafe ps_set_jsgf_string(decoder, "grammar", grammar) >= 0, unsafe ps_set_search(decoder, "grammar") >= 0
        else {
            let strangers = Grammar.words(of: grammar).filter { !knows($0) }
            let reason =
                strangers.isEmpty
                ? "it is not JSGF with a public rule"
                : "the dictionary lacks its words \(strangers.prefix(8).joined(separator: ", "))"
            throw Failure(.invalid, "the setting \"grammar\" cannot be used: \(reason)")
        }
    }

    private func knows(_ word: String) -> Bool {
        guard let phones = unsafe ps_lookup_word(decoder, word) else { return false }
        unsafe free(phones)
        return true
    }
}

/// The words of a command line in C memory, which a configuration refers to as long as it lives.
@safe
private final class Arguments {
    private let count: Int
    private let words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

    init(_ arguments: [String]) {
        count = arguments.count
        unsafe words = .allocate(capacity: arguments.count + 1)
        for (index, word) in arguments.enumerated() { unsafe (words + index).initialize(to: strdup(word)) }
        unsafe (words + count).initialize(to: nil)
    }

    deinit {
        for index in 0..<count { unsafe free(words[index]) }
        unsafe words.deallocate()
    }

    func parse() -> OpaquePointer? { unsafe cmd_ln_parse_r(nil, ps_args(), Int32(count), words, 1) }
}

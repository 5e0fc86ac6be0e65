// Which model a decoder is made of: paths, or a grammar, and the flags that were measured.
internal import Glibc
internal import PluginSDK

/// The settings that decide what a decoder is. Decoders of equal models are interchangeable.
struct Model: Hashable, Sendable {
    /// What restricts the words: statistics, or a closed set of phrases.
    enum Search: Hashable { case languageModel(String), grammar(String) }

    private static let folder = "/usr/share/pocketsphinx/model/en-us/"

    /// Folder of the acoustic model.
    var acoustics: String
    /// Path of the pronunciations.
    var dictionary: String
    var search: Search

    /// Reads `hmm`, `dict`, `lm` and `grammar`.
    init(_ settings: inout Settings) throws(Failure) {
        acoustics = try settings.string("hmm", default: Self.folder + "en-us")
        dictionary = try settings.string("dict", default: Self.folder + "cmudict-en-us.dict")
        let languageModel = try settings.optionalString("lm")
        if let grammar = try settings.optionalString("grammar") {
            guard languageModel == nil else {
                throw Failure(.invalid, "the settings \"lm\" and \"grammar\" exclude each other; leave one out")
            }
            search = .grammar(try Grammar.text(grammar))
        } else {
            search = .languageModel(languageModel ?? Self.folder + "en-us.lm.bin")
        }
    }

    /// The command line for the library. What differs from its defaults, and why:
    /// `-remove_noise no` helps clean speech; `-fwdflat no` saves a pass (22 ms in place of 190 ms at the end);
    /// `-maxhmmpf`, `-maxwpf` halve the work for half a percent more errors; `-remove_silence no` costs no accuracy, and
    /// without it the library drops frames that it does not count, so that words get times of seconds too late.
    var arguments: [String] {
        let flags = [
            "pocketsphinx", "-hmm", acoustics, "-dict", dictionary, "-remove_noise", "no", "-remove_silence", "no",
            "-fwdflat", "no", "-maxhmmpf", "5000", "-maxwpf", "10",
        ]
        if case .languageModel(let path) = search { return flags + ["-lm", path] }
        return flags
    }

    /// Throws when a file is missing.
    func check() throws(Failure) {
        try check(acoustics + "/mdef", "acoustic model", "hmm")
        try check(dictionary, "dictionary", "dict")
        if case .languageModel(let path) = search { try check(path, "language model", "lm") }
    }

    /// The files are there, and the library made nothing of them.
    var unloadable: Failure {
        var files = [acoustics, dictionary]
        if case .languageModel(let path) = search { files.append(path) }
        return Failure(.invalid, "PocketSphinx could not load \(files.joined(separator: ", ")): a file is damaged")
    }

    private func check(_ path: String, _ what: String, _ setting: String) throws(Failure) {
        guard unsafe access(path, R_OK) != 0 else { return }
        let advice =
            path.hasPrefix(Self.folder)
            ? "install the Debian package pocketsphinx-en-us" : "correct the setting \"\(setting)\""
        throw Failure(.invalid, "the \(what) \(path) cannot be read: \(advice)")
    }
}

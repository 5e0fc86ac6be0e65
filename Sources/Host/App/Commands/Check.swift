// `voiced check`: the conformance suite, on any plugin.
internal import ArgumentParser
internal import Conversation
internal import Glibc
internal import JSON
internal import Providers

struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the conformance suite on a plugin library.",
        discussion: "A bare name such as Flite means lib<name>.so beside this program.")

    @Argument(help: "The library: a name, or a path.")
    var library: String
    @Option(help: "The settings to create instances with, as a JSON object.")
    var settings = "{}"
    @Option(help: "Only this slot: stt, llm, tts or memory.")
    var slot: Slot?

    func run() async throws {
        Signals.endProcess()
        let object: JSON.Object
        do {
            guard let parsed = try JSON(parsing: settings, limits: .own).object else {
                printError("voiced: --settings has to be a JSON object")
                throw ExitCode.failure
            }
            object = parsed
        } catch let error as JSONError {
            printError("voiced: --settings is not JSON: \(error.reason)")
            throw ExitCode.failure
        }
        let path = PluginPaths(manifest: "plugins.json").resolve(library)
        var check = ConformanceCheck()
        check.slot = slot
        // A plugin that crashes takes this process with it: the name of the case has to be out before.
        check.onStart = { slot, name in show("\(slot.map { "\($0): " } ?? "")\(name) … ") }
        check.onResult = { show("\($0.outcome.sentence) (\($0.milliseconds) ms)\n") }
        let results = await check.run(library: path, settings: object)
        let failures = results.count { $0.outcome != .passed }
        print("\(results.count - failures) of \(results.count) cases passed")
        if failures > 0 { throw ExitCode.failure }
    }
}

extension CaseResult.Outcome {
    fileprivate var sentence: String {
        switch self {
        case .passed: "ok"
        case .failed(let reason): "FAILED: \(reason)"
        case .skipped(let reason): "skipped, \(reason)"
        }
    }
}

/// Writes `text` to the standard output at once.
private func show(_ text: String) {
    print(text, terminator: "")
    _ = fflush(nil)
}

extension Slot: ExpressibleByArgument {}

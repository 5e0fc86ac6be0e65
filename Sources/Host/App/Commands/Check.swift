// `voiced check`: the conformance suite, on any plugin.
internal import ArgumentParser
internal import JSON
internal import Providers
internal import Support

struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the conformance suite on a plugin library.",
        discussion: "A bare name such as Flite means lib<name>.so beside this program.")

    @Argument(help: "The library: a name, or a path.")
    var library: String
    @Option(help: "The settings to create instances with, as a JSON object.")
    var settings = "{}"

    func run() async throws {
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
        let check = ConformanceCheck(timers: Timers())
        let results = await check.run(library: library, settings: object)
        for result in results {
            print((result.failure.map { "failed  \(result.name): \($0)" }) ?? "ok      \(result.name)")
        }
        let failures = results.count { $0.failure != nil }
        print("\(results.count - failures) of \(results.count) cases passed")
        if failures > 0 { throw ExitCode.failure }
    }
}

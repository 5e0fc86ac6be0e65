// `voiced serve`: the server with its dashboard, or headless.
internal import ArgumentParser
internal import Conversation
internal import Dashboard
internal import Glibc
internal import Observation
internal import Support

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Start the server, with the dashboard if this is a terminal.")

    @OptionGroup var manifest: ManifestOption
    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"
    @Option(help: "The port to listen on, 0 for any. Default: WS_PORT, or 8080.")
    var port: Int?
    @Flag(help: "No dashboard: one plain line for every notable event.")
    var headless = false
    @Flag(help: "The dashboard without colours.")
    var mono = false
    @Flag(help: "The dashboard in ASCII only.")
    var ascii = false
    @Option(help: "Write every event to this file, one JSON object a line.")
    var events: String?

    func run() async throws {
        let isTerminal = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
        let showsDashboard = isTerminal && !headless
        if showsDashboard { Crash.restartWithoutQuestions() }

        let voiced: Voiced
        do throws(Voiced.StartError) {
            voiced = try await Voiced.start(
                Voiced.Options(manifest: manifest.manifest, host: host, port: try chosenPort(), eventFile: events))
        } catch {
            printError("voiced: \(error.description)")
            throw ExitCode.failure
        }
        let ending = Ending()
        Signals.watch { ending.ask($0) }
        print("voiced is listening. Open the web client at \(voiced.address)")
        var desk: DashboardDesk?
        if showsDashboard {
            desk = DashboardDesk(
                of: voiced, options: dashboardOptions, eventFile: events, ending: ending)
        } else {
            if !headless { print("There is no terminal here, so it runs headless.") }
            narrate(voiced)
        }
        let reason = await ending.reason()
        desk?.close()
        await voiced.stop(reason: reason)
        print("voiced has stopped (\(reason)).")
    }

    private var dashboardOptions: DashboardOptions {
        var options = DashboardOptions()
        options.mono = mono
        options.ascii = ascii
        return options
    }

    private func chosenPort() throws(Voiced.StartError) -> Int {
        let text = port.map(String.init) ?? variable("WS_PORT") ?? "8080"
        guard let number = Int(text), (0...65_535).contains(number) else {
            throw Voiced.StartError(description: "the port has to be a number from 0 to 65535, not \"\(text)\"")
        }
        return number
    }
}

/// `--manifest`, for the commands that read it.
struct ManifestOption: ParsableArguments {
    @Option(help: "The manifest that says which plugins serve.")
    var manifest = "plugins.json"
}

/// The wish to end the server, from whoever utters it first.
final class Ending: Sendable {
    private let wishes = Inbox<String>()

    func ask(_ reason: String) { wishes.put(reason) }

    func reason() async -> String { await wishes.next().first ?? "" }
}

/// A variable of the environment.
private func variable(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
}

/// Writes one line to the standard error.
func printError(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = unsafe bytes.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
}

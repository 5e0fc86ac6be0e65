// The command line. Each command is one file in Commands.
internal import ArgumentParser

@main
struct VoicedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "voiced",
        abstract: "A real-time voice agent server.",
        discussion: "Without a command it serves: callers speak to it over a WebSocket, you watch in the dashboard.",
        version: "0.1.0",
        subcommands: [Serve.self, Plugins.self, Check.self],
        defaultSubcommand: Serve.self)

    /// Signals are blocked before the first thread exists, so that every thread inherits it.
    static func main() async {
        Signals.block()
        await main(nil)
    }
}

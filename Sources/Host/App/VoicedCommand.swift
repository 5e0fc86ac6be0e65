// The command line. Each command is one file in Commands.
internal import ArgumentParser
internal import Glibc

@main
enum Program {
    /// The main thread only starts the command. It may not be an async `main`: the runtime would park the thread with all
    /// signals open, and SIGTERM would end the process there and then. So it waits here, with signals blocked.
    static func main() {
        // Before the first thread exists, so that every thread inherits it.
        Signals.block()
        Task.detached {
            await VoicedCommand.main(nil)
            exit(EXIT_SUCCESS)
        }
        while true { pause() }
    }
}

struct VoicedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "voiced",
        abstract: "A real-time voice agent server.",
        discussion: "Without a command it serves: callers speak to it over a WebSocket, you watch in the dashboard.",
        version: "0.1.0",
        subcommands: [Serve.self, Plugins.self, Check.self, Call.self],
        defaultSubcommand: Serve.self)
}

// Builds the C plugins of these tests with the system's compiler, each variant in a folder that ends with the test.
import Foundation
import Testing

@testable import Conversation
@testable import JSON
@testable import Providers
@testable import Support

/// A temporary folder with freshly built plugins in it.
final class Workshop: Sendable {
    let folder: String

    init() throws {
        folder = "\(NSTemporaryDirectory())/voiced-test-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Compiles `source`.c to `lib<name>.so` and returns its path.
    @discardableResult
    func build(_ source: String, _ flags: String...) throws -> String { try build(source, flags: flags) }

    /// The same with a name and flags of its own.
    @discardableResult
    func build(_ source: String, name: String? = nil, flags: [String]) throws -> String {
        let file = try #require(Bundle.module.path(forResource: source, ofType: "c", inDirectory: "Plugins"))
        let header = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/PluginABI/include").standardizedFileURL.path()
        let path = "\(folder)/lib\(name ?? source).so"
        let compiler = Process()
        compiler.executableURL = URL(filePath: "/usr/bin/cc")
        compiler.arguments =
            ["-shared", "-fPIC", "-fvisibility=hidden", "-pthread", "-I", header] + flags + [file, "-o", path]
        try compiler.run()
        compiler.waitUntilExit()
        try #require(compiler.terminationStatus == 0, "cc failed on \(source).c")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return path
    }

    func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
        let path = "\(folder)/\(name)"
        try Data(bytes).write(to: URL(filePath: path))
        return path
    }

    func paths() -> PluginPaths { PluginPaths(manifest: "\(folder)/plugins.json", pluginFolder: folder) }
}

/// The good plugins, built and loaded once for all tests.
enum Good {
    static let echo = load("echo", "-DECHO_FLAGS=0")
    static let blockingEcho = load("echo", "-DECHO_FLAGS=VOICE_PLUGIN_MAY_BLOCK")
    static let parrot = load("parrot", "-DPARROT_FLAGS=0")
    static let blockingParrot = load("parrot", "-DPARROT_FLAGS=VOICE_PLUGIN_MAY_BLOCK")

    /// What was loaded needs its file no more, so the workshop ends here.
    private static func load(_ source: String, _ flag: String) -> Result<PluginLibrary, any Error> {
        Result {
            let workshop = try Workshop()
            return try withExtendedLifetime(workshop) { try PluginLibrary(path: workshop.build(source, flag)) }
        }
    }
}

/// Records what an instance says, and waits for it with a deadline.
final class Listener: Sendable {
    struct Heard: Sendable, Equatable {
        var id: RequestID
        var message: ProviderMessage
    }

    private struct State {
        var heard: [Heard] = []
        var waiting: [(fits: @Sendable ([Heard]) -> Bool, action: @Sendable () -> Void)] = []
    }

    private let state = Locked(State())
    private let timers: Timers

    init(_ timers: Timers) { self.timers = timers }

    var sink: ProviderSink {
        { id, message in
            let actions = self.state.withLock { state in
                state.heard.append(Heard(id: id, message: message))
                let heard = state.heard
                defer { state.waiting.removeAll { $0.fits(heard) } }
                return state.waiting.filter { $0.fits(heard) }.map(\.action)
            }
            for action in actions { action() }
        }
    }

    var heard: [Heard] { state.withLock { $0.heard } }
    func messages(_ id: RequestID) -> [ProviderMessage] { heard.filter { $0.id == id }.map(\.message) }

    /// The tokens of a request as one text.
    func text(_ id: RequestID) -> String {
        messages(id).map { if case .token(let text) = $0 { text } else { "" } }.joined()
    }

    func wait(
        _ what: Comment, _ location: SourceLocation = #_sourceLocation,
        until fits: @escaping @Sendable ([Heard]) -> Bool
    ) async {
        let happened = await timers.expect(within: .seconds(20)) { action in
            let now = state.withLock { state in
                if fits(state.heard) { return true }
                state.waiting.append((fits, action))
                return false
            }
            if now { action() }
        }
        if !happened { Issue.record(what, sourceLocation: location) }
    }

    func wait(for message: ProviderMessage, on id: RequestID, _ location: SourceLocation = #_sourceLocation) async {
        await wait("\(message) on \(id) did not come", location) { $0.contains(Heard(id: id, message: message)) }
    }

    func waitForEnd(of id: RequestID, _ location: SourceLocation = #_sourceLocation) async {
        await wait("\(id) did not end", location) { heard in
            heard.contains { entry in
                switch entry.message {
                case .done, .failed: entry.id == id
                default: false
                }
            }
        }
    }
}

extension ProviderInstance {
    /// Waits for everything it was told to be over.
    func rest(_ timers: Timers, _ location: SourceLocation = #_sourceLocation) async {
        let rests = await timers.expect(within: .seconds(20)) { whenAtRest($0) }
        #expect(rests, "the plugin did not return", sourceLocation: location)
    }

    /// Ends it and waits for that.
    func end(_ timers: Timers, _ location: SourceLocation = #_sourceLocation) async {
        let ended = await timers.expect(within: .seconds(20)) { destroy($0) }
        #expect(ended, "destroy did not return", sourceLocation: location)
    }

    /// What the caller says last decides what the echo does.
    func ask(_ text: String, id: RequestID) {
        send(.generate(turn: 1, messages: [ChatMessage(.system, "hidden"), ChatMessage(.user, text)]), id: id)
    }
}

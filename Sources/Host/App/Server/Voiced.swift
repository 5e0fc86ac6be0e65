// The server, put together: everything is built here once and handed to whoever needs it.
internal import Conversation
internal import Glibc
internal import JSON
internal import Network
internal import Observation
internal import Providers
internal import Support

/// A running server.
struct Voiced {
    /// What `voiced serve` was told.
    struct Options: Sendable {
        var manifest: String
        var host: String
        var port: Int
        var eventFile: String?
    }

    /// Why it could not start: a line for the person who typed the command.
    struct StartError: Error, CustomStringConvertible {
        let description: String
    }

    let bus: EventBus
    let clock: ServerClock
    let directory: SessionDirectory
    /// Where the web client is.
    let address: String
    private let server: WebSocketServer
    private let door: FrontDoor
    private let log: EventLog?

    /// Reads the manifest, loads the plugins, and opens the port. Throws `StartError`.
    static func start(_ options: Options) async throws(StartError) -> Voiced {
        guard isLoopback(options.host) else {
            throw StartError(
                description: "voiced has no access control yet, so it listens on loopback only, and \(options.host) "
                    + "is not. Leave --host out, or put a proxy that asks for credentials in front.")
        }
        let clock = ServerClock()
        let timers = Timers()
        let bus = EventBus()
        let plan = try Plan(manifest: options.manifest)
        var log: EventLog?
        if let path = options.eventFile {
            do throws(EventLogError) {
                log = try EventLog(path: path, bus: bus)
            } catch {
                throw StartError(description: error.description)
            }
        }
        let registry = await ProviderRegistry(plan.manifest, plan.setup(timers: timers))
        if let missing = registry.missingSlots.first { throw StartError(description: missing.sentence) }

        let lines = ServerLines()
        let directory = SessionDirectory(
            CallCentre(
                registry: registry, settings: plan.settings, persona: plan.persona, clock: clock, timers: timers,
                bus: bus, lines: lines, maxSessions: 500))
        let door = FrontDoor(directory: directory, bus: bus, clock: clock)
        let server = WebSocketServer(
            configuration: ServerConfiguration(host: options.host, port: options.port), delegate: door)
        let port: Int
        do throws(ServerError) {
            port = try await server.start()
        } catch {
            throw StartError(description: error.description)
        }
        let voiced = Voiced(
            bus: bus, clock: clock, directory: directory,
            address: "http://\(options.host.contains(":") ? "[\(options.host)]" : options.host):\(port)/",
            server: server, door: door, log: log)
        voiced.announce(registry)
        Task { await lines.prepare(with: registry.chain(for: .tts), settings: plan.settings, timers: timers) }
        return voiced
    }

    /// Lets nobody in any more, ends the calls, and returns when everything is written.
    func stop(reason: String) async {
        bus.emit(Event(.serverStopping, at: clock.now(), ["reason": .text(reason)]))
        door.close()
        await server.stop()
        await directory.waitUntilEmpty()
        log?.close()
    }

    private func announce(_ registry: ProviderRegistry) {
        for status in registry.statuses {
            if let event = status.event(at: clock.now()) { bus.emit(event) }
        }
        bus.emit(Event(.serverStarted, at: clock.now(), ["address": .text(address)]))
    }

    private static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1" || host.hasPrefix("127.")
    }
}

// The dashboard at work in the server: on a thread of its own, reading the event stream like everybody else.
internal import Conversation
internal import Dashboard
internal import Glibc
internal import Observation
internal import Support

/// The operator's place at the terminal.
struct DashboardDesk {
    private let terminal: DashboardTerminal

    /// Shows the dashboard until it is left. `ending` hears the wish to stop the server.
    init(of voiced: Voiced, options: DashboardOptions, eventFile: String?, ending: Ending) {
        let reader = voiced.bus.subscribe(capacity: 20_000)
        let dropped = Locked(0)
        let clock = voiced.clock
        let feed = DashboardFeed(
            drain: {
                let (events, lost) = reader.drain()
                dropped.withLock { $0 += lost }
                return events
            }, now: { clock.now() }, dropped: { dropped.withLock { $0 } })
        let directory = voiced.directory
        let address = voiced.address
        let actions = DashboardActions(
            endSession: { directory.tell($0, .endReceived) }, interrupt: { directory.tell($0, .interruptReceived) },
            stopServer: { ending.ask("asked in the dashboard") },
            left: {
                print("voiced goes on at \(address); Ctrl-C stops it.")
                narrate(voiced)
            })
        let terminal = DashboardTerminal(
            options: options, feed: feed, actions: actions,
            files: DashboardTerminal.Files(
                log: nil, farewell: eventFile.map { "voiced crashed. Its events are in \($0)." }))
        self.terminal = terminal
        startThread("dashboard") {
            do throws(DashboardError) {
                try terminal.run()
            } catch {
                print("There is no dashboard: \(error.description)")
                narrate(voiced)
            }
            voiced.bus.unsubscribe(reader)
        }
    }

    /// Gives the terminal back.
    func close() { terminal.stop() }
}

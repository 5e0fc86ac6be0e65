// The dashboard on a real terminal: one thread that owns ncurses, folds what the feed holds, and draws at most ten times a
// second and only what has changed. It decides nothing about calls: keys become `DashboardActions`.
package import Conversation
internal import Support

/// Where the dashboard's events come from. All three are called on the dashboard's thread and must not block.
package struct DashboardFeed: Sendable {
    /// The events since the last call, in order.
    package var drain: @Sendable () -> [Event]
    /// The server's clock, on which the events' times are.
    package var now: @Sendable () -> Moment
    /// How many events this reader has lost so far, because it was slow.
    package var dropped: @Sendable () -> Int

    package init(
        drain: @escaping @Sendable () -> [Event], now: @escaping @Sendable () -> Moment,
        dropped: @escaping @Sendable () -> Int = { 0 }
    ) {
        self.drain = drain
        self.now = now
        self.dropped = dropped
    }
}

/// What the operator's keys do to the server. Called on the dashboard's thread, after the operator has confirmed where that
/// is asked for; they must hand over and return at once.
package struct DashboardActions: Sendable {
    package var endSession: @Sendable (SessionID) -> Void
    package var interrupt: @Sendable (SessionID) -> Void
    package var stopServer: @Sendable () -> Void
    /// The operator has left, or the terminal has hung up: it is as it was, and the server goes on.
    package var left: @Sendable () -> Void

    package init(
        endSession: @escaping @Sendable (SessionID) -> Void, interrupt: @escaping @Sendable (SessionID) -> Void,
        stopServer: @escaping @Sendable () -> Void, left: @escaping @Sendable () -> Void
    ) {
        self.endSession = endSession
        self.interrupt = interrupt
        self.stopServer = stopServer
        self.left = left
    }
}

/// The dashboard, running on the terminal of the process.
package final class DashboardTerminal: Sendable {
    private let options: DashboardOptions
    private let feed: DashboardFeed
    private let actions: DashboardActions
    private let files: Files
    private let state = Locked(State())
    private let closed = Gate()

    /// What goes elsewhere while the terminal shows the dashboard.
    package struct Files: Sendable {
        /// Takes what the process writes to its standard output and error: library logs, runtime errors. Nil discards it.
        package var log: String?
        /// A line for a crash, printed once the terminal is restored, such as where the event file is.
        package var farewell: String?

        package init(log: String? = nil, farewell: String? = nil) {
            self.log = log
            self.farewell = farewell
        }
    }

    private struct State {
        var isRunning = false
        var mustStop = false
    }

    package init(
        options: DashboardOptions, feed: DashboardFeed, actions: DashboardActions, files: Files = Files()
    ) {
        self.options = options
        self.feed = feed
        self.actions = actions
        self.files = files
    }

    /// Runs, once, until the operator leaves, `stop` is called or the terminal hangs up; the terminal is restored when it returns.
    /// Blocks its thread, which should be one of its own: INT, TERM, HUP and the like are blocked in it.
    package func run() throws(DashboardError) {
        let mayStart = state.withLock { state in
            defer { state.isRunning = !state.mustStop }
            return !state.mustStop && !state.isRunning
        }
        guard mayStart else { return }
        defer {
            state.withLock { $0.isRunning = false }
            closed.open()
        }
        let terminal = try Terminal(log: files.log, farewell: files.farewell)
        var loop = Loop(terminal, options: options, feed: feed)
        let hasLeft = loop.run(until: { self.state.withLock { $0.mustStop } }, act: perform)
        terminal.close()
        if hasLeft { actions.left() }
    }

    /// Ends `run` and returns when the terminal is restored, at the latest after a second. From any thread but the
    /// dashboard's own; may be called more than once, and before `run`.
    package func stop() {
        let isRunning = state.withLock { state in
            state.mustStop = true
            return state.isRunning
        }
        guard isRunning else { return }
        Terminal.wake()
        closed.wait(seconds: 1)
    }

    private func perform(_ request: Dashboard.Request) {
        switch request {
        case .endSession(let id): actions.endSession(id)
        case .interrupt(let id): actions.interrupt(id)
        case .stopServer: actions.stopServer()
        case .leave: break
        }
    }
}

// All that is known, as a fold over the events: which calls there are, what each is doing, how long callers wait. A value:
// the same events make the same ledger, live, attached or from a file. It draws nothing and reads no clock.
package import Conversation

/// The state of the server, folded from its events. One event costs about a microsecond; memory is bounded by `Limits`.
package struct Ledger: Sendable {
    /// How much is kept.
    package struct Limits: Sendable {
        /// Ended sessions.
        package var ended = 1000
        /// Live sessions: only reached when the ends of calls were lost on the way here.
        package var live = 4000
        /// Events.
        package var events = 20_000

        package init() {}
    }

    package let limits: Limits
    /// Every session that is kept, live and ended.
    package private(set) var sessions: [SessionID: Session] = [:]
    /// The live ones, in the order of their beginnings.
    package private(set) var live: [SessionID] = []
    /// The ended ones, in the order of their ends.
    package private(set) var ended: [SessionID] = []
    package private(set) var history: History
    package private(set) var totals = Totals()
    /// When the newest event happened.
    package private(set) var now = Moment.zero

    /// Nothing has happened.
    package init(limits: Limits = Limits()) {
        self.limits = limits
        history = History(capacity: limits.events)
    }

    /// The sums over all sessions.
    package struct Totals: Sendable {
        /// Of the last 1 000 timed turns, in ms.
        package internal(set) var latency = Percentiles()
        package internal(set) var turns = 0
        package internal(set) var retries = HourCount()
        package internal(set) var failures = HourCount()
        package internal(set) var bargeIns = HourCount()
        /// The server is going down.
        package internal(set) var isStopping = false
    }

    /// How many calls are in a state. Walks all live sessions.
    package func count(_ state: Session.State, at now: Moment) -> Int {
        live.count { sessions[$0]?.state(at: now) == state }
    }

    /// Takes in the next event of the stream.
    package mutating func apply(_ event: Event) {
        now = max(now, event.at)
        history.append(event)
        totals.apply(event)
        guard let id = event.session else { return }
        if sessions[id] == nil {
            guard event.showsSession else { return }
            makeRoom()
            sessions[id] = Session(id, at: event.at)
            live.append(id)
        }
        sessions[id]?.apply(event)
        if event.kind == .sessionEnded { retire(id) }
    }

    private mutating func retire(_ id: SessionID) {
        guard let index = live.firstIndex(of: id) else { return }
        live.remove(at: index)
        ended.append(id)
        guard ended.count > limits.ended else { return }
        sessions[ended.removeFirst()] = nil
    }

    private mutating func makeRoom() {
        guard live.count >= limits.live else { return }
        let times = live.map { sessions[$0]?.lastEventAt ?? .zero }
        guard let stalest = times.indices.min(by: { times[$0] < times[$1] }) else { return }
        sessions[live.remove(at: stalest)] = nil
    }
}

extension Ledger.Totals {
    fileprivate mutating func apply(_ event: Event) {
        switch event.kind {
        case .turnTimed:
            turns += 1
            if let total = event.number("total_ms") { latency.add(total) }
        case .requestRetrying: retries.add(at: event.at)
        case .requestFailed: failures.add(at: event.at)
        case .bargeInConfirmed: bargeIns.add(at: event.at)
        case .serverStopping: isStopping = true
        case .serverStarted: isStopping = false
        default: break
        }
    }
}

extension Event {
    /// It proves that a session is alive. Others come late, for sessions that are gone, and must not revive them.
    fileprivate var showsSession: Bool {
        switch kind {
        case .sessionStarted, .speechStarted, .transcriptInterim, .transcriptFinal, .turnStarted, .replyStarted: true
        default: false
        }
    }
}

// The way from the host to a plugin's instance: one call at a time, in order. Nobody waits here: who finds the lane
// busy leaves the call to whoever is busy with it.
internal import Support

/// The calls of one instance. Those of a plugin that may block run on its workers, all others on the thread that adds
/// the first of them.
final class CallLane: Sendable {
    private struct State {
        var queue = CallQueue()
        /// From `create` until `destroy`.
        var handle: PluginHandle?
        /// Somebody is in the plugin, or on the way there.
        var isBusy = false
        /// No more calls but `destroy`.
        var isClosed = false
        /// `destroy` is being called.
        var isEnding = false
        /// `destroy` has returned.
        var isGone = false
        var afterwards: [@Sendable () -> Void] = []
        /// Wait for the lane to be free.
        var onRest: [@Sendable () -> Void] = []
        /// In ns.
        var longestCall: Int64 = 0

        /// True for the one who has to start the work.
        mutating func becomeBusy() -> Bool {
            defer { isBusy = true }
            return !isBusy
        }

        mutating func next() -> Step {
            if isClosed, !isEnding {
                isEnding = true
                defer { handle = nil }
                return .destroy(handle)
            }
            if let handle, let call = queue.next() { return .call(handle, call) }
            isBusy = false
            defer { onRest = [] }
            return .rest(onRest)
        }
    }

    private enum Step {
        case call(PluginHandle, PluginCall)
        /// Without a handle where `create` has failed.
        case destroy(PluginHandle?)
        case rest([@Sendable () -> Void])
    }

    let requests: Locked<RequestTable>
    private let workers: WorkerPool?
    private let state = Locked(State())

    init(workers: WorkerPool?) {
        self.workers = workers
        requests = Locked(RequestTable())
    }

    /// The instance is there: calls may come.
    func open(_ handle: PluginHandle) { state.withLock { $0.handle = handle } }

    /// How much audio may wait.
    func bound(samples: Int) { state.withLock { $0.queue.sampleLimit = samples } }

    /// Makes the call now or, in order, later. False where too much waits already.
    @discardableResult
    func add(_ call: PluginCall) -> Bool {
        let (isTaken, isFree) = state.withLock { state in
            guard !state.isClosed else { return (true, false) }
            let isTaken = state.queue.add(call)
            return (isTaken, isTaken && state.becomeBusy())
        }
        if isFree { start() }
        return isTaken
    }

    /// What still waits for the id is dropped, and the plugin told.
    func cancel(_ id: RequestID) {
        let isFree = state.withLock { state in
            guard !state.isClosed else { return false }
            state.queue.remove(id)
            _ = state.queue.add(.cancel(id))
            return state.becomeBusy()
        }
        if isFree { start() }
    }

    /// Ends the instance after the call that is under way, without those that wait, and calls `afterwards`: on the
    /// thread that did it, or at once where it is done.
    func close(_ afterwards: @escaping @Sendable () -> Void) {
        let (isGone, isFree) = state.withLock { state in
            if state.isGone { return (true, false) }
            state.afterwards.append(afterwards)
            guard !state.isClosed else { return (false, false) }
            state.isClosed = true
            state.queue.removeAll()
            return (false, state.becomeBusy())
        }
        if isGone { afterwards() }
        if isFree { start() }
    }

    /// Calls `action` as soon as every call that was added has returned.
    func whenAtRest(_ action: @escaping @Sendable () -> Void) {
        let isAtRest = state.withLock { state in
            if state.isBusy { state.onRest.append(action) }
            return !state.isBusy
        }
        if isAtRest { action() }
    }

    /// What was dropped, and the longest call.
    func count(into counters: inout ProviderCounters) {
        let (samples, calls, longest) = state.withLock {
            ($0.queue.droppedSamples, $0.queue.droppedCalls, $0.longestCall)
        }
        counters.droppedSamples = samples
        counters.droppedEvents = calls
        counters.longestCall = Int(longest / 1000)
    }

    // MARK: Running

    private func start() {
        guard let workers else {
            while step() {}
            return
        }
        workers.submit { self.runAwhile() }
    }

    /// A worker leaves after some calls, so that one instance cannot keep it from the others.
    private func runAwhile() {
        for _ in 0..<32 {
            guard step() else { return }
        }
        workers?.submit { self.runAwhile() }
    }

    /// One call. False when there is none left; the lane is free then.
    private func step() -> Bool {
        switch state.withLock({ $0.next() }) {
        case .rest(let actions):
            for action in actions { action() }
            return false
        case .call(let handle, let call):
            guard isDue(call) else { return true }
            let start = MonotonicClock.nanoseconds()
            handle.handle(call)
            let length = MonotonicClock.nanoseconds() - start
            state.withLock { $0.longestCall = max($0.longestCall, length) }
        case .destroy(let handle):
            handle?.destroy()
            requests.withLock { $0.destroyed() }
            let afterwards = state.withLock { state in
                state.isGone = true
                defer { state.afterwards = [] }
                return state.afterwards
            }
            for action in afterwards { action() }
        }
        return true
    }

    /// Looked at when the call's turn comes: its request may have ended while it waited.
    private func isDue(_ call: PluginCall) -> Bool {
        switch call.condition {
        case .none: true
        case .live: requests.withLock { $0.isLive(call.id) }
        case .timer(let serial): requests.withLock { $0.takeTimer(call.id, serial: serial) }
        }
    }
}

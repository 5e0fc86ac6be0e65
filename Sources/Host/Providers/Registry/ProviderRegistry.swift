// Which providers there are: what the manifest asks for, loaded and tried. A value that never changes; a new manifest
// makes a new one, and whoever is in the middle of something goes on with the old.
package import Conversation
internal import Glibc
package import Support

/// What a registry is built with.
package struct ProviderSetup: Sendable {
    package var paths: PluginPaths
    /// Holds the secrets: see `Manifest.environment()`.
    package var environment: [String: String]
    /// Shared by the registries that follow each other, so that an unchanged library is not loaded again.
    package var shelf: PluginShelf
    package var timers: Timers
    /// Gets what plugins log while they are tried: the entry, the level and the line.
    package var log: @Sendable (String, String, String) -> Void

    package init(
        paths: PluginPaths, environment: [String: String], shelf: PluginShelf = PluginShelf(), timers: Timers
    ) {
        self.paths = paths
        self.environment = environment
        self.shelf = shelf
        self.timers = timers
        log = { _, _, _ in }
    }
}

/// The providers of one manifest.
package struct ProviderRegistry: Sendable {
    /// A slot that nothing can serve.
    package struct MissingSlot: Sendable, Equatable {
        package var slot: Slot
        /// Says why, entry by entry.
        package var sentence: String
    }

    /// Of every entry, chain by chain; those in no chain come last.
    package let statuses: [ProviderStatus]
    /// Without all slots there is no conversation: the server does not start.
    package let missingSlots: [MissingSlot]
    private let chains: [Slot: [Provider]]

    /// The providers that can serve a slot, the preferred one first.
    package func chain(for slot: Slot) -> [Provider] { chains[slot] ?? [] }

    /// Loads the libraries of every chain and tries each entry once: a wrong setting shows here and not in a call, and
    /// what instances share, such as a model, is warm.
    package init(_ manifest: Manifest, _ setup: ProviderSetup) async {
        let chained = Slot.allCases.flatMap { slot in (manifest.chains[slot] ?? []).compactMap(manifest.entry) }
        let tried = await Self.tryAll(chained, setup)
        var chains: [Slot: [Provider]] = [:]
        var statuses: [ProviderStatus] = []
        for (entry, trial) in zip(chained, tried) {
            var status = ProviderStatus(entry, version: trial.version, state: trial.refusal ?? .standby)
            if let provider = trial.provider {
                if chains[entry.slot] == nil { status.state = .serving }
                chains[entry.slot, default: []].append(provider)
            }
            statuses.append(status)
        }
        missingSlots = Slot.allCases.filter { chains[$0] == nil }.map { slot in
            let reasons = statuses.filter { $0.slot == slot }.map { "\($0.entry): \($0.state.reason ?? "")" }
            let detail = reasons.isEmpty ? "" : " (\(reasons.joined(separator: "; ")))"
            return MissingSlot(slot: slot, sentence: "no provider can serve \(slot)\(detail)")
        }
        let rest = manifest.entries.filter { entry in !chained.contains { $0.name == entry.name } }
        self.statuses = statuses + rest.map { ProviderStatus($0, version: nil, state: .unused) }
        self.chains = chains
    }

    // MARK: Trying

    /// What came of one entry: a provider, or why not.
    private struct Trial: Sendable {
        var provider: Provider?
        var version: String?
        var refusal: ProviderStatus.State?
    }

    /// At the same time: one may be reading a model from disk.
    private static func tryAll(_ entries: [Manifest.Entry], _ setup: ProviderSetup) async -> [Trial] {
        // For plugins that promise not to block, which is not known yet to be true.
        let workers = WorkerPool("try plugins", threads: max(entries.count, 1))
        defer { workers.stop() }
        return await withTaskGroup(of: (Int, Trial).self) { group in
            for (index, entry) in entries.enumerated() {
                group.addTask { (index, await trial(of: entry, setup, workers)) }
            }
            var trials = [Trial](repeating: Trial(), count: entries.count)
            for await (index, trial) in group { trials[index] = trial }
            return trials
        }
    }

    private static func trial(
        of entry: Manifest.Entry, _ setup: ProviderSetup, _ workers: WorkerPool
    ) async -> Trial {
        let unset = entry.secrets.values.sorted().filter { (setup.environment[$0] ?? "").isEmpty }
        guard unset.isEmpty else {
            return Trial(refusal: .skipped("\(sentence(unset)) \(unset.count == 1 ? "is" : "are") not set"))
        }
        let library: PluginLibrary
        do throws(LoadError) {
            library = try setup.shelf.load(setup.paths.resolve(entry.library))
        } catch {
            return Trial(refusal: .rejected(error.description))
        }
        guard library.slots.contains(entry.slot) else {
            let slots = sentence(Slot.allCases.filter(library.slots.contains).map(\.rawValue))
            let reason = "the library \(library.path) serves \(slots), not \(entry.slot)"
            return Trial(version: library.version, refusal: .rejected(reason))
        }
        let provider = Provider(
            name: entry.name, slot: entry.slot, plugin: library, settings: entry.settings,
            secrets: entry.secrets.compactMapValues { setup.environment[$0].map(Secret.init) }, timers: setup.timers)
        do throws(Failure) {
            let log = setup.log
            let pool = library.mayBlock ? library.workers : workers
            let instance = try await provider.makeInstance(on: pool) { _, message in
                if case .log(let level, let line) = message { log(entry.name, level, line) }
            }
            guard await setup.timers.expect(within: .seconds(20), { instance.destroy($0) }) else {
                throw Failure(.late, "\(entry.name) did not end within 20 s of being told to")
            }
        } catch {
            return Trial(version: library.version, refusal: .rejected(error.message))
        }
        return Trial(provider: provider, version: library.version)
    }
}

extension ProviderStatus {
    fileprivate init(_ entry: Manifest.Entry, version: String?, state: State) {
        self.init(slot: entry.slot, entry: entry.name, library: entry.library, version: version, state: state)
    }
}

extension Manifest {
    /// The environment variables that entries name, as this process has them: no others are looked at.
    package func environment() -> [String: String] {
        var environment: [String: String] = [:]
        for variable in entries.flatMap(\.secrets.values) {
            environment[variable] = unsafe getenv(variable).map { unsafe String(cString: $0) }
        }
        return environment
    }
}

// Whether a plugin keeps the contract of `voice_plugin.h`: `voiced check`. The cases themselves: `ConformanceCase`.
package import Conversation
package import JSON
internal import Support

/// Runs every case against a library, in this process: one that crashes takes the check with it, so `onStart` says what
/// is being tried.
package struct ConformanceCheck: Sendable {
    /// Only this slot; nil for all that the library serves.
    package var slot: Slot?
    /// The entry's secrets by the plugin's names for them.
    package var secrets: [String: Secret] = [:]
    /// No single step waits longer than this for the plugin.
    package var patience = TimeSpan.seconds(30)
    /// Called with the name of each case before it runs.
    package var onStart: @Sendable (Slot?, String) -> Void = { _, _ in }
    /// Called with each result as it comes.
    package var onResult: @Sendable (CaseResult) -> Void = { _ in }

    package init() {}

    /// Tries the library at `path` with an entry's `settings`. Takes a few seconds, at most about two minutes a case
    /// for a plugin that hangs.
    package func run(library path: String, settings: JSON.Object = [:]) async -> [CaseResult] {
        let timers = Timers()
        var results: [CaseResult] = []
        var library: PluginLibrary?
        results.append(
            await judge(nil, "the library loads and describes itself") { () throws(Violation) in
                library = try Self.load(path, for: slot)
            })
        guard let library else { return results }
        for served in Slot.allCases where library.slots.contains(served) && (slot ?? served) == served {
            let provider = Provider(
                name: "check", slot: served, plugin: library, settings: settings, secrets: secrets, timers: timers,
                startLimit: patience)
            results += await run(ConformanceBench(provider, patience: patience))
        }
        return results
    }

    private static func load(_ path: String, for slot: Slot?) throws(Violation) -> PluginLibrary {
        let library: PluginLibrary
        do throws(LoadError) {
            library = try PluginLibrary(path: path)
        } catch {
            throw Violation(error.description)
        }
        if let slot, !library.slots.contains(slot) { throw Violation("it does not serve \(slot)") }
        return library
    }

    private func run(_ bench: ConformanceBench) async -> [CaseResult] {
        let slot = bench.provider.slot
        var results: [CaseResult] = []
        for (index, test) in ConformanceCase.all.enumerated() {
            // Without an instance there is nothing to try.
            if index > 0, let first = results.first, first.isFailed {
                let reason = "it could not be created"
                results.append(CaseResult(slot: slot, name: test.name, outcome: .skipped(reason), milliseconds: 0))
                onResult(results[index])
                continue
            }
            results.append(await judge(slot, test.name) { () async throws(Violation) in try await test.run(bench) })
        }
        return results
    }

    private func judge(
        _ slot: Slot?, _ name: String, _ body: () async throws(Violation) -> Void
    ) async -> CaseResult {
        onStart(slot, name)
        let start = MonotonicClock.nanoseconds()
        var outcome = CaseResult.Outcome.passed
        do throws(Violation) {
            try await body()
        } catch {
            outcome = .failed(error.reason)
        }
        let length = Int((MonotonicClock.nanoseconds() - start) / 1_000_000)
        let result = CaseResult(slot: slot, name: name, outcome: outcome, milliseconds: length)
        onResult(result)
        return result
    }
}

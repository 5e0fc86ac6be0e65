// `voiced plugins`: what serves, what stands by, and what does not, with the reason.
internal import ArgumentParser
internal import Conversation
internal import Providers
internal import Support

struct Plugins: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the manifest's plugins: what serves, stands by, is skipped or rejected, and why.")

    @OptionGroup var manifest: ManifestOption

    func run() async throws {
        Signals.endProcess()
        let plan: Plan
        do throws(Voiced.StartError) {
            plan = try Plan(manifest: manifest.manifest)
        } catch {
            printError("voiced: \(error.description)")
            throw ExitCode.failure
        }
        let registry = await ProviderRegistry(plan.manifest, plan.setup(timers: Timers()))
        print(PluginTable(registry.statuses).text)
        for missing in registry.missingSlots { printError("voiced: \(missing.sentence)") }
        if !registry.missingSlots.isEmpty { throw ExitCode.failure }
    }
}

/// The statuses as an aligned table.
struct PluginTable {
    private let rows: [[String]]

    init(_ statuses: [ProviderStatus]) {
        rows =
            [["SLOT", "ENTRY", "LIBRARY", "VERSION", "STATE"]]
            + statuses.map { [$0.slot.rawValue, $0.entry, $0.library, $0.version ?? "-", $0.state.sentence] }
    }

    /// One line a row, without trailing space.
    var text: String {
        let widths = (0..<5).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = zip(row, widths).map { cell, width in
                cell + String(repeating: " ", count: max(0, width - cell.count))
            }
            let line = cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }.joined(separator: "\n")
    }
}

extension ProviderStatus.State {
    /// "serving", or "skipped: GROK_API_KEY is not set".
    fileprivate var sentence: String { reason.map { "\(name): \($0)" } ?? name }
}

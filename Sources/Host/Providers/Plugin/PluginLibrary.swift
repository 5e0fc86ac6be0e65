internal import CVoicePlugin
// A loaded plugin library: who it says it is, checked, and its three functions. What runs of it: `ProviderInstance`.
package import Conversation
internal import Glibc
internal import Support

/// A library in this process, there for good.
package final class PluginLibrary: Sendable {
    /// Where it was found.
    package let path: String
    /// By its descriptor.
    package let name: String
    package let version: String
    /// Tells two builds of one version apart; may be empty.
    package let buildID: String
    package let slots: Set<Slot>
    /// Its calls may take long, and are made on threads of its own.
    package let mayBlock: Bool
    /// stt: wants audio only where the host hears speech.
    package let cutsSpeech: Bool

    let code: PluginCode
    /// The threads for calls that may block; none is started before the first such call.
    let workers: WorkerPool

    /// Loads the file. Nothing of it but its entry function has run before its ABI number is known to fit.
    convenience init(path: String) throws(LoadError) { try self.init(try LibraryFile(path)) }

    init(_ file: LibraryFile) throws(LoadError) {
        let symbol = unsafe try file.map(symbol: VOICE_PLUGIN_ENTRY)
        let entry = unsafe unsafeBitCast(symbol, to: (@convention(c) (UInt32) -> UnsafePointer<UInt32>?).self)
        // The first member alone: of another ABI nothing else is known.
        guard let first = unsafe entry(VOICE_PLUGIN_ABI) else {
            throw LoadError("the library \(file.path) describes nothing for the plugin ABI \(VOICE_PLUGIN_ABI)")
        }
        let abi = unsafe first.pointee
        guard abi == VOICE_PLUGIN_ABI else {
            throw LoadError(
                "the library \(file.path) was built for the plugin ABI \(abi), this voiced speaks \(VOICE_PLUGIN_ABI); "
                    + "build it against this version's voice_plugin.h")
        }
        let descriptor = unsafe UnsafeRawPointer(first).assumingMemoryBound(to: voice_plugin_descriptor.self).pointee
        do throws(LoadError) {
            name = unsafe try Self.text(descriptor.name, "name", from: 1)
            version = unsafe try Self.text(descriptor.version, "version", from: 1)
            buildID = unsafe try Self.text(descriptor.build_id, "build id", from: 0)
            slots = try Self.slots(unsafe descriptor.slots)
            code = try unsafe PluginCode(descriptor)
        } catch {
            throw LoadError("the library \(file.path) \(error)")
        }
        path = file.path
        mayBlock = unsafe descriptor.flags & VOICE_PLUGIN_MAY_BLOCK != 0
        cutsSpeech = unsafe descriptor.flags & VOICE_PLUGIN_CUT_SPEECH != 0
        workers = WorkerPool(name, threads: sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    }

    private static func slots(_ bits: UInt32) throws(LoadError) -> Set<Slot> {
        let slots = Set(Slot.allCases.filter { bits & $0.bit != 0 })
        guard !slots.isEmpty else { throw LoadError("serves no slot this voiced knows") }
        return slots
    }

    private static func text(
        _ pointer: UnsafePointer<CChar>?, _ what: String, from least: Int
    ) throws(LoadError) -> String {
        let longest = 64
        let length = unsafe pointer.map { unsafe strnlen($0, longest + 1) } ?? 0
        let bytes = unsafe UnsafeRawBufferPointer(start: pointer, count: length)
        guard (least...longest).contains(length), let text = unsafe String(validating: bytes, as: UTF8.self),
            text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
        else { throw LoadError("has no sound \(what): \(least) to \(longest) bytes of UTF-8 text") }
        return text
    }
}

extension Slot {
    /// Of the descriptor's `slots`.
    fileprivate var bit: UInt32 {
        switch self {
        case .stt: VOICE_SLOT_STT
        case .llm: VOICE_SLOT_LLM
        case .tts: VOICE_SLOT_TTS
        case .memory: VOICE_SLOT_MEMORY
        }
    }
}

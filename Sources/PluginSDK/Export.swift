// What a library exports, and the three functions behind its descriptor: the only file of the SDK with raw pointers.
public import CVoicePlugin
internal import JSON

/// What a library exports. Make one as a global constant and return its `descriptor` from the entry function:
///
///     private let export = PluginExport(name: "Echo", version: "1.0.0", languageModel: Echo.self)
///     @c(voice_plugin_entry)
///     public func entry(_ hostABI: UInt32) -> UnsafePointer<voice_plugin_descriptor>? { unsafe export.descriptor }
///
/// One library makes one export.
@safe
public struct PluginExport: @unchecked Sendable {
    // @unchecked: the pointee is written once, before anybody else sees it, and lives as long as the library.
    /// The descriptor for the host.
    public let descriptor: UnsafePointer<voice_plugin_descriptor>

    /// - Parameters:
    ///   - mayBlock: calls may take long; the host then uses threads of its own for them.
    ///   - cutSpeech: stt only: give audio only between `speechStarted` and `speechEnded`.
    public init(
        name: StaticString, version: StaticString, buildID: StaticString = "", mayBlock: Bool = false,
        cutSpeech: Bool = false, speechToText: (any SpeechToText.Type)? = nil,
        languageModel: (any LanguageModel.Type)? = nil, textToSpeech: (any TextToSpeech.Type)? = nil,
        memory: (any Memory.Type)? = nil
    ) {
        unsafe exported = ExportedTypes(
            speechToText: speechToText, languageModel: languageModel, textToSpeech: textToSpeech, memory: memory)
        let slots =
            (speechToText == nil ? 0 : VOICE_SLOT_STT) | (languageModel == nil ? 0 : VOICE_SLOT_LLM)
            | (textToSpeech == nil ? 0 : VOICE_SLOT_TTS) | (memory == nil ? 0 : VOICE_SLOT_MEMORY)
        let flags = (mayBlock ? VOICE_PLUGIN_MAY_BLOCK : 0) | (cutSpeech ? VOICE_PLUGIN_CUT_SPEECH : 0)
        let pointer = UnsafeMutablePointer<voice_plugin_descriptor>.allocate(capacity: 1)
        unsafe pointer.initialize(
            to: voice_plugin_descriptor(
                abi: VOICE_PLUGIN_ABI, slots: slots, flags: flags, reserved: 0, name: cString(name),
                version: cString(version), build_id: cString(buildID), create: createInstance, handle: handleEvent,
                destroy: destroyInstance))
        unsafe descriptor = UnsafePointer(pointer)
    }
}

/// The plugin types of this library.
private struct ExportedTypes {
    var speechToText: (any SpeechToText.Type)?
    var languageModel: (any LanguageModel.Type)?
    var textToSpeech: (any TextToSpeech.Type)?
    var memory: (any Memory.Type)?

    func make(_ configuration: Configuration, _ outbox: Outbox) throws(Failure) -> InstanceBox {
        switch configuration.slot {
        case "stt": if let speechToText { return try speechToText.makeBox(configuration, outbox) }
        case "llm": if let languageModel { return try languageModel.makeBox(configuration, outbox) }
        case "tts": if let textToSpeech { return try textToSpeech.makeBox(configuration, outbox) }
        case "memory": if let memory { return try memory.makeBox(configuration, outbox) }
        default: break
        }
        throw Failure(.invalid, "this plugin does not serve the slot \(configuration.slot)")
    }
}

/// What this library can make. The C functions below get no context before an instance exists, so this has to be
/// global; it is written once by `PluginExport.init`, before the host has a descriptor to call anything through.
nonisolated(unsafe) private var exported = ExportedTypes()

/// A literal with a terminator lives in the image for ever.
private func cString(_ text: StaticString) -> UnsafePointer<CChar> {
    unsafe UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
}

extension SpeechToText {
    fileprivate static func makeBox(_ configuration: Configuration, _ outbox: Outbox) throws(Failure) -> InstanceBox {
        SpeechToTextBox(try Self(configuration, outbox: outbox))
    }
}

extension LanguageModel {
    fileprivate static func makeBox(_ configuration: Configuration, _ outbox: Outbox) throws(Failure) -> InstanceBox {
        LanguageModelBox(try Self(configuration, outbox: outbox))
    }
}

extension TextToSpeech {
    fileprivate static func makeBox(_ configuration: Configuration, _ outbox: Outbox) throws(Failure) -> InstanceBox {
        TextToSpeechBox(try Self(configuration, outbox: outbox))
    }
}

extension Memory {
    fileprivate static func makeBox(_ configuration: Configuration, _ outbox: Outbox) throws(Failure) -> InstanceBox {
        MemoryBox(try Self(configuration, outbox: outbox))
    }
}

private func createInstance(
    _ settings: UnsafeRawPointer?, _ length: Int, _ host: UnsafePointer<voice_plugin_host>?
) -> OpaquePointer? {
    guard let host = unsafe host else { return nil }
    let outbox = unsafe Outbox(host: host.pointee)
    let bytes = unsafe UnsafeRawBufferPointer(start: settings, count: length)
    do throws(Failure) {
        let configuration = try unsafe Configuration(wire: bytes)
        let box = try unsafe exported.make(configuration, outbox)
        return unsafe OpaquePointer(Unmanaged.passRetained(box).toOpaque())
    } catch {
        outbox.send(.failed(error), 0)
        return nil
    }
}

private func handleEvent(
    _ instance: OpaquePointer?, _ event: UInt32, _ id: RequestID, _ bytes: UnsafeRawPointer?, _ length: Int
) {
    guard let instance = unsafe instance else { return }
    let box = unsafe Unmanaged<InstanceBox>.fromOpaque(UnsafeRawPointer(instance)).takeUnretainedValue()
    unsafe box.handle(event, id, UnsafeRawBufferPointer(start: bytes, count: length))
}

private func destroyInstance(_ instance: OpaquePointer?) {
    guard let instance = unsafe instance else { return }
    unsafe Unmanaged<InstanceBox>.fromOpaque(UnsafeRawPointer(instance)).release()
}

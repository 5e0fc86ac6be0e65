// The exported function of libRehearsal.so; everything else is in Core.
public import CVoicePlugin
internal import PluginSDK
internal import RehearsalCore

private let export = PluginExport(name: "Rehearsal", version: "1.0.0", languageModel: Rehearsal.self)

/// What the host looks for in the library.
@c(voice_plugin_entry)
public func entry(_ hostABI: UInt32) -> UnsafePointer<voice_plugin_descriptor>? { unsafe export.descriptor }

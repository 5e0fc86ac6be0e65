// The exported function of libWindowMemory.so; everything else is in Core.
public import CVoicePlugin
internal import PluginSDK
internal import WindowMemoryCore

private let export = PluginExport(name: "WindowMemory", version: "1.0.0", memory: WindowMemory.self)

/// What the host looks for in the library.
@c(voice_plugin_entry)
public func entry(_ hostABI: UInt32) -> UnsafePointer<voice_plugin_descriptor>? { unsafe export.descriptor }

// The one symbol of libFlite.so.
public import CVoicePlugin
internal import FliteCore
internal import PluginSDK

private let export = PluginExport(name: "Flite", version: "1.0.0", mayBlock: true, textToSpeech: Flite.self)

/// What the host looks up.
@c(voice_plugin_entry)
public func entry(_ hostABI: UInt32) -> UnsafePointer<voice_plugin_descriptor>? { unsafe export.descriptor }

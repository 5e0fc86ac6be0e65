// The one symbol of libPocketSphinx.so.
public import CVoicePlugin
internal import PluginSDK
internal import PocketSphinxCore

private let export = PluginExport(
    name: "PocketSphinx", version: "1.0.0", mayBlock: true, cutSpeech: true, speechToText: PocketSphinx.self)

/// What the host looks up.
@c(voice_plugin_entry)
public func entry(_ hostABI: UInt32) -> UnsafePointer<voice_plugin_descriptor>? { unsafe export.descriptor }

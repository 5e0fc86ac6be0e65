// One instance behind the C boundary: turns events into the calls of its slot's protocol. Calls never overlap (the host
// promises it), so the boxes need no lock.
internal import CVoicePlugin
internal import JSON

class InstanceBox {
    /// One event from the host. The bytes are borrowed for this call. What is unknown or malformed is ignored.
    func handle(_ event: UInt32, _ id: RequestID, _ bytes: UnsafeRawBufferPointer) {}

    /// The bytes as a JSON object.
    final func object(_ bytes: UnsafeRawBufferPointer) -> JSON.Object {
        unsafe (try? JSON(parsing: bytes, limits: .own))?.object ?? [:]
    }

    /// Cancel and timer are the same for every slot. True: taken.
    final func handleCommon(_ plugin: inout some VoicePlugin, _ event: UInt32, _ id: RequestID) -> Bool {
        switch Int(event) {
        case VOICE_EVENT_CANCEL: plugin.cancel(id)
        case VOICE_EVENT_TIMER: plugin.timerFired(id)
        default: return false
        }
        return true
    }
}

final class SpeechToTextBox<Plugin: SpeechToText>: InstanceBox {
    private var plugin: Plugin
    init(_ plugin: Plugin) { self.plugin = plugin }

    override func handle(_ event: UInt32, _ id: RequestID, _ bytes: UnsafeRawBufferPointer) {
        switch Int(event) {
        case VOICE_EVENT_AUDIO:
            // The host aligns PCM to its samples; a stray odd byte would be dropped here.
            unsafe plugin.audio(id, bytes.bindMemory(to: Int16.self))
        case VOICE_EVENT_LISTEN:
            unsafe plugin.listen(id, sampleRate: object(bytes)["sample_rate"]?.int ?? 16_000)
        case VOICE_EVENT_SPEECH_STARTED:
            unsafe plugin.speechStarted(id, at: object(bytes)["at_ms"]?.int ?? 0)
        case VOICE_EVENT_SPEECH_ENDED:
            unsafe plugin.speechEnded(id, at: object(bytes)["at_ms"]?.int ?? 0)
        default: _ = handleCommon(&plugin, event, id)
        }
    }
}

final class LanguageModelBox<Plugin: LanguageModel>: InstanceBox {
    private var plugin: Plugin
    init(_ plugin: Plugin) { self.plugin = plugin }

    override func handle(_ event: UInt32, _ id: RequestID, _ bytes: UnsafeRawBufferPointer) {
        if handleCommon(&plugin, event, id) { return }
        guard Int(event) == VOICE_EVENT_GENERATE else { return }
        let request = unsafe object(bytes)
        let messages = (request["messages"]?.array ?? []).compactMap(ChatMessage.init(json:))
        plugin.generate(ChatRequest(turn: request["turn"]?.int ?? 0, messages: messages), id: id)
    }
}

final class TextToSpeechBox<Plugin: TextToSpeech>: InstanceBox {
    private var plugin: Plugin
    init(_ plugin: Plugin) { self.plugin = plugin }

    override func handle(_ event: UInt32, _ id: RequestID, _ bytes: UnsafeRawBufferPointer) {
        if handleCommon(&plugin, event, id) { return }
        guard Int(event) == VOICE_EVENT_SPEAK else { return }
        unsafe plugin.speak(object(bytes)["text"]?.string ?? "", id: id)
    }
}

final class MemoryBox<Plugin: Memory>: InstanceBox {
    private var plugin: Plugin
    init(_ plugin: Plugin) { self.plugin = plugin }

    override func handle(_ event: UInt32, _ id: RequestID, _ bytes: UnsafeRawBufferPointer) {
        if handleCommon(&plugin, event, id) { return }
        let body = unsafe object(bytes)
        switch Int(event) {
        case VOICE_EVENT_REMEMBER:
            guard let role = ChatMessage.Role(rawValue: body["role"]?.string ?? ""), let text = body["text"]?.string
            else { return }
            plugin.remember(
                HeardMessage(
                    turn: body["turn"]?.int ?? 0, role: role, text: text, isCut: body["cut"]?.bool ?? false))
        case VOICE_EVENT_RECALL: plugin.recall(turn: body["turn"]?.int ?? 0, id: id)
        case VOICE_EVENT_FORGET: plugin.forget()
        default: break
        }
    }
}

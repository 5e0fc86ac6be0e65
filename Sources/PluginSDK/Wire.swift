// How typed values look on the wire of `voice_plugin.h`.
internal import CVoicePlugin
internal import JSON

extension Outbox {
    /// An outbox that leads to the host. The struct is copied; it stays valid until the instance is destroyed.
    init(host: voice_plugin_host) {
        let door = unsafe HostDoor(host: host)
        self.init { action, id in door.act(action, id) }
    }
}

/// The host's `act`, callable from any thread.
@safe
private struct HostDoor: @unchecked Sendable {
    // @unchecked: the pointer is never followed here, only handed back, and `act` takes calls from any thread.
    let host: voice_plugin_host

    func act(_ action: Action, _ id: RequestID) -> Bool {
        switch action {
        case .pcm(let samples): unsafe samples.withUnsafeBytes { unsafe send(VOICE_ACTION_PCM, id, $0) }
        case .token(let text): send(VOICE_ACTION_TOKEN, id, text)
        case .done: send(VOICE_ACTION_DONE, id, "")
        case .isWanted: send(VOICE_ACTION_IS_WANTED, id, "")
        case .setTimer(let milliseconds): send(VOICE_ACTION_SET_TIMER, id, String(milliseconds))
        case .failed(let failure): send(VOICE_ACTION_FAIL, id, failure.json.text)
        case .log(let level, let message):
            send(VOICE_ACTION_LOG, id, JSON(["level": .string(level.rawValue), "message": .string(message)]).text)
        case .interim(let text): send(VOICE_ACTION_INTERIM, id, JSON(["text": .string(text)]).text)
        case .final(let transcript): send(VOICE_ACTION_FINAL, id, transcript.json.text)
        case .format(let sampleRate): send(VOICE_ACTION_FORMAT, id, JSON(["sample_rate": JSON(sampleRate)]).text)
        case .context(let messages):
            send(VOICE_ACTION_CONTEXT, id, JSON(["messages": .array(messages.map(\.json))]).text)
        }
    }

    private func send(_ action: Int, _ id: RequestID, _ text: String) -> Bool {
        var text = text
        return text.withUTF8 { unsafe send(action, id, UnsafeRawBufferPointer($0)) }
    }

    private func send(_ action: Int, _ id: RequestID, _ bytes: UnsafeRawBufferPointer) -> Bool {
        unsafe host.act(host.context, UInt32(action), id, bytes.baseAddress, bytes.count) != VOICE_ACT_STOP
    }
}

extension JSON {
    fileprivate init(_ members: Object) { self = .object(members) }
}

extension Failure {
    fileprivate var json: JSON {
        var members: JSON.Object = ["class": .string(kind.rawValue), "message": .string(message)]
        members["retry_after_ms"] = retryAfter.map { JSON($0) }
        return JSON(members)
    }
}

extension Transcript {
    fileprivate var json: JSON {
        var members: JSON.Object = ["text": .string(text), "finalized": .bool(isFinalized)]
        if !words.isEmpty { members["words"] = .array(words.map(\.json)) }
        return JSON(members)
    }
}

extension Transcript.Word {
    fileprivate var json: JSON { ["word": .string(text), "start_ms": JSON(start), "end_ms": JSON(end)] }
}

extension ChatMessage {
    fileprivate var json: JSON { ["role": .string(role.rawValue), "content": .string(content)] }

    init?(json: JSON) {
        guard let role = Role(rawValue: json["role"]?.string ?? ""), let content = json["content"]?.string else {
            return nil
        }
        self.init(role, content)
    }
}

extension Configuration {
    /// Reads the `settings` argument of `create`.
    init(wire bytes: UnsafeRawBufferPointer) throws(Failure) {
        guard let body = unsafe (try? JSON(parsing: bytes, limits: .own))?.object else {
            throw Failure(.invalid, "the host's settings are not a JSON object")
        }
        var secrets: [String: String] = [:]
        for (name, value) in body["secrets"]?.object?.members ?? [] { secrets[name] = value.string }
        self.init(
            slot: body["slot"]?.string ?? "", entry: body["entry"]?.string ?? "",
            settings: body["settings"]?.object ?? [:], secrets: secrets)
    }
}

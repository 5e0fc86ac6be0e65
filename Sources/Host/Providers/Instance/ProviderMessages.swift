// What passes between a session and a provider, in the words of the conversation. The bytes of it: `PluginCall` and
// `PluginAction`.
package import Conversation

/// The id of one request to an instance, given by its user: never 0, never used twice with one instance.
package typealias RequestID = UInt64

/// What an instance can be told. Which slot takes what is in `voice_plugin.h`.
package enum ProviderEvent: Sendable, Equatable {
    /// stt: a call begins, in Hz. Starts a request, which lives until it is cancelled or fails.
    case listen(sampleRate: Int)
    /// stt: the next samples of the stream.
    case audio([Int16])
    /// stt: position in ms of the call's audio.
    case speechStarted(milliseconds: Int)
    /// stt: the same.
    case speechEnded(milliseconds: Int)
    /// llm: starts a request.
    case generate(turn: Int, messages: [ChatMessage])
    /// tts: starts a request.
    case speak(String)
    /// memory: no request, its id is not looked at.
    case remember(HeardMessage)
    /// memory: starts a request.
    case recall(turn: Int)
    /// memory: no request, its id is not looked at.
    case forget

    /// It opens the id it carries.
    var startsRequest: Bool {
        switch self {
        case .listen, .generate, .speak, .recall: true
        case .audio, .speechStarted, .speechEnded, .remember, .forget: false
        }
    }

    /// It belongs to no request.
    var standsAlone: Bool {
        switch self {
        case .remember, .forget: true
        default: false
        }
    }
}

/// What an instance says. On id 0 only `log`, and `failed`, which means that the instance has to be replaced.
package enum ProviderMessage: Sendable, Equatable {
    /// The last word on its id.
    case done
    /// The last word on its id.
    case failed(Failure)
    /// stt
    case interim(String)
    /// stt
    case final(Transcript)
    /// llm: never empty, always whole characters.
    case token(String)
    /// tts: in Hz, 8000 to 48000. Before the first `pcm`.
    case format(sampleRate: Int)
    /// tts: never empty.
    case pcm([Int16])
    /// memory: oldest first, without the persona.
    case context([ChatMessage])
    /// level: debug, info, warn or error. On id 0 where the request it is about is over.
    case log(level: String, String)
}

/// Where an instance's messages go. Called from any thread, the messages of one instance one at a time, under its lock:
/// hand on and return; do not call the instance from inside.
package typealias ProviderSink = @Sendable (RequestID, ProviderMessage) -> Void

/// What an instance has seen go wrong so far.
package struct ProviderCounters: Sendable, Equatable {
    /// Actions this host does not know.
    package var unknown = 0
    /// Actions whose bytes do not fit.
    package var invalid = 0
    /// Actions on an id that nobody waits for.
    package var stale = 0
    /// Actions after the plugin's `destroy` has returned, which its contract forbids.
    package var afterDestroy = 0
    /// Samples of the caller that were dropped because the plugin does not keep up.
    package var droppedSamples = 0
    /// Other events that were dropped for the same reason.
    package var droppedEvents = 0
    /// The longest call into the plugin, in µs.
    package var longestCall = 0
}

/*
 * voice_plugin.h: the whole contract between voiced and a plugin.
 *
 * A plugin is a shared object that exports one function, `voice_plugin_entry`. The host calls `create`, `handle` and
 * `destroy`; the plugin calls `act`. Everything else is a message: a number, a request id, and bytes.
 *
 *   settings ──► create ──► instance          one instance serves one session and one slot
 *   host     ──► handle(instance, event, id, bytes, length)
 *   plugin   ──► act(context, action, id, bytes, length)
 *
 * This file needs nothing but <stdint.h> and <stddef.h>: a plugin may be written in C, C++, Rust, Swift, Zig ...
 *
 * GROWTH. The structs below are frozen for ever: never reordered, never extended, never renamed (Swift makes the
 * metadata of imported C structs unique by name across a process, so two layouts under one name corrupt memory).
 * What is new becomes a new message number. Both sides ignore numbers they do not know.
 *
 * THREADS. Calls into one instance never overlap, but may come from different threads. Different instances are called
 * at the same time: what they share (a loaded model, a pool) is for the library to guard. `act` may be called from any
 * thread, inside `handle` or outside of it, until `destroy` returns. A plugin without VOICE_PLUGIN_MAY_BLOCK returns
 * from every call within a millisecond or so; one with it is called on threads of its own and may take its time.
 *
 * MEMORY. Buffers are borrowed: valid until the call they were passed to returns. Copy what you keep. `bytes` may be
 * NULL when `length` is 0.
 *
 * BYTES. Messages marked PCM are signed 16-bit little-endian mono samples, always whole ones. Messages marked TEXT are
 * UTF-8, which may be cut anywhere between two messages. Everything else is one UTF-8 JSON value. Members that are not
 * listed here are ignored by both sides.
 */
#ifndef VOICE_PLUGIN_H
#define VOICE_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The number both sides must agree on. Another number is refused before anything else of the plugin runs. */
#define VOICE_PLUGIN_ABI 1u

/* The exported function's name, for dlsym. */
#define VOICE_PLUGIN_ENTRY "voice_plugin_entry"

/* voice_plugin_descriptor.slots: what the library can serve. One library may serve several slots. */
#define VOICE_SLOT_STT 1u
#define VOICE_SLOT_LLM 2u
#define VOICE_SLOT_TTS 4u
#define VOICE_SLOT_MEMORY 8u

/* voice_plugin_descriptor.flags */
/* `create`, `handle` and `destroy` may block (a local engine). The host calls them on a bounded set of threads that
 * belongs to this library, and never on its own. */
#define VOICE_PLUGIN_MAY_BLOCK 1u
/* stt only: the host's voice activity cuts the audio. Such a plugin gets AUDIO only between SPEECH_STARTED and
 * SPEECH_ENDED, beginning with about 300 ms from before the onset. Without it, audio flows all the time. */
#define VOICE_PLUGIN_CUT_SPEECH 2u

/* What `act` returns. */
#define VOICE_ACT_OK 0      /* taken */
#define VOICE_ACT_STOP 1    /* nobody waits for this id any more: stop working on it. Not an error. */
#define VOICE_ACT_UNKNOWN 2 /* this host does not know the action; it was counted and ignored */
#define VOICE_ACT_INVALID 3 /* the bytes do not fit the action; they were counted and ignored */

/* One session's view of a plugin. Opaque to the host. */
typedef struct voice_plugin_instance voice_plugin_instance;

/* What the host lends to an instance: valid from `create` until `destroy` has returned. */
typedef struct voice_plugin_host {
    /* Passed back in `act`. Means nothing to the plugin. */
    void *context;
    /* Any thread. Never blocks, never calls back into the plugin. Copies `bytes` before it returns. */
    int32_t (*act)(void *context, uint32_t action, uint64_t id, const void *bytes, size_t length);
} voice_plugin_host;

/* What a library says about itself. Static: valid as long as the library is loaded, which is for ever. */
typedef struct voice_plugin_descriptor {
    uint32_t abi;         /* VOICE_PLUGIN_ABI of the header the plugin was built with */
    uint32_t slots;       /* VOICE_SLOT_*, at least one */
    uint32_t flags;       /* VOICE_PLUGIN_* */
    uint32_t reserved;    /* 0 */
    const char *name;     /* UTF-8, 1 to 64 bytes, e.g. "Flite" */
    const char *version;  /* e.g. "1.0.0" */
    const char *build_id; /* what tells two builds of one version apart; may be "" */

    /*
     * Makes an instance. `settings` is JSON:
     *   {"slot": "tts", "entry": "flite", "settings": {...}, "secrets": {"api_key": "..."}}
     * `settings` and `secrets` are the manifest entry's; both are always there, possibly empty.
     * Returns NULL when it cannot serve, after saying why with ACTION_FAIL on id 0.
     * `host` is borrowed for this call: copy the struct.
     */
    voice_plugin_instance *(*create)(const void *settings, size_t length, const voice_plugin_host *host);

    /* Takes one event. Never called after `destroy`, never concurrently with itself for one instance. */
    void (*handle)(voice_plugin_instance *instance, uint32_t event, uint64_t id, const void *bytes, size_t length);

    /* Ends the instance, whatever is under way. After it returns the plugin does not call `act` any more. */
    void (*destroy)(voice_plugin_instance *instance);
} voice_plugin_descriptor;

/* The exported function. `host_abi` is the host's VOICE_PLUGIN_ABI. Returns the descriptor, always the same one; its
 * `abi` is the plugin's own number, so that the host can name both when they differ. */
typedef const voice_plugin_descriptor *(*voice_plugin_entry_function)(uint32_t host_abi);

/*
 * REQUESTS. The host starts a request with an event that carries a new id (never 0). The plugin answers on that id and
 * ends it with exactly one DONE or FAIL, which is its last word on the id. CANCEL also ends it: nothing is to be sent
 * on it afterwards. A plugin that is busy inside `handle` cannot be handed the CANCEL, but every `act` on the
 * id then returns VOICE_ACT_STOP: check the result, and ask with ACTION_IS_WANTED in long silent work.
 * Requests may interleave: a plugin must tell them apart by id.
 */

/* ---- events: host to plugin ------------------------------------------------------------------------------------ */

enum {
    /* any slot: the request is over, without an answer. No bytes. */
    VOICE_EVENT_CANCEL = 1,
    /* any slot: a timer set with ACTION_SET_TIMER has run out. No bytes. Never delivered for an ended request. */
    VOICE_EVENT_TIMER = 2,

    /* stt: opens the stream of a call. Audio, marks and results carry its id until CANCEL. There is one stream at a
     * time. {"sample_rate": 16000} (Hz) */
    VOICE_EVENT_LISTEN = 0x101,
    /* stt: PCM of the caller, in order, without gaps except those cut out by VOICE_PLUGIN_CUT_SPEECH. */
    VOICE_EVENT_AUDIO = 0x102,
    /* stt: the host's voice activity heard speech begin. {"at_ms": 5120}: position in the call's audio of the next AUDIO
     * for a plugin with VOICE_PLUGIN_CUT_SPEECH, else of the onset. */
    VOICE_EVENT_SPEECH_STARTED = 0x103,
    /* stt: the caller has stopped. Answer with exactly one ACTION_FINAL whose "finalized" is true, even when its text is
     * empty. {"at_ms": 7300} */
    VOICE_EVENT_SPEECH_ENDED = 0x104,

    /* llm: answer this conversation with TOKENs, then DONE.
     * {"turn": 7, "messages": [{"role": "system" | "user" | "assistant", "content": "..."}]} */
    VOICE_EVENT_GENERATE = 0x201,

    /* tts: say this with FORMAT, then PCM, then DONE. Requests come one sentence each, in the order of playing; the next
     * may come before this one is done. {"text": "..."} */
    VOICE_EVENT_SPEAK = 0x301,

    /* memory: keep this. {"turn": 7, "role": "user" | "assistant", "text": "...", "cut": false}; for the assistant
     * `text` is what the caller heard, and `cut` tells that there was more. Not a request: id 0, no answer. */
    VOICE_EVENT_REMEMBER = 0x401,
    /* memory: what should the model be shown? Answer with CONTEXT, then DONE. {"turn": 7} */
    VOICE_EVENT_RECALL = 0x402,
    /* memory: forget everything of this session. Not a request: id 0, no answer, no bytes. */
    VOICE_EVENT_FORGET = 0x403
};

/* ---- actions: plugin to host ----------------------------------------------------------------------------------- */

enum {
    /* any slot: the request ended well. Nothing, or {} */
    VOICE_ACTION_DONE = 1,
    /* any slot: the request failed; on id 0: the instance cannot serve (in `create`) or has to be replaced.
     * {"class": "unreachable" | "throttled" | "unauthorised" | "exhausted" | "invalid" | "vendor" | "late",
     *  "message": "a sentence for the operator", "retry_after_ms": 1500}
     * throttled: too busy now, try later or elsewhere. exhausted: no credit left. invalid: the request or a setting is
     * wrong, trying again cannot help. vendor: the provider's own trouble. `retry_after_ms` is optional. */
    VOICE_ACTION_FAIL = 2,
    /* any slot: deliver EVENT_TIMER on this id after so many milliseconds: a JSON number, 0 to 3600000. Setting it again
     * replaces it. Ends with its request. */
    VOICE_ACTION_SET_TIMER = 3,
    /* any slot: a line for the operator's log. {"level": "debug" | "info" | "warn" | "error", "message": "..."} */
    VOICE_ACTION_LOG = 4,
    /* any slot: no effect; the result says whether somebody still waits for this id. No bytes. */
    VOICE_ACTION_IS_WANTED = 5,

    /* stt: what is heard so far of the current utterance; replaces the last interim. {"text": "half past"} */
    VOICE_ACTION_INTERIM = 0x101,
    /* stt: a piece of the utterance that will not change any more.
     * {"text": "half past ten", "finalized": false,
     *  "words": [{"word": "half", "start_ms": 5120, "end_ms": 5340}]}
     * `words` is optional, positions count from the start of the call's audio. `finalized` answers SPEECH_ENDED. */
    VOICE_ACTION_FINAL = 0x102,

    /* llm: the next piece of the answer. TEXT */
    VOICE_ACTION_TOKEN = 0x201,

    /* tts: what follows on this id. Before the first PCM. {"sample_rate": 16000} (Hz, 8000 to 48000) */
    VOICE_ACTION_FORMAT = 0x301,
    /* tts: the next piece of speech. PCM, at most 64 KiB a message. */
    VOICE_ACTION_PCM = 0x302,

    /* memory: the answer to RECALL, oldest first, without the persona (the host puts it in front).
     * {"messages": [{"role": "user" | "assistant" | "system", "content": "..."}]} */
    VOICE_ACTION_CONTEXT = 0x401
};

#ifdef __cplusplus
}
#endif

#endif

// What happened, as one small value. The dashboard, the timelines, the event file, the tests and replay are all folds
// over a stream of these and nothing else.

/// One thing that happened.
package struct Event: Sendable, Equatable {
    /// Position in the stream, from 1. Given by the bus; 0 before.
    package var sequence: Int
    /// When.
    package var at: Moment
    /// Whose call; nil for the server's own.
    package var session: SessionID?
    /// The turn, from 1; nil outside turns.
    package var turn: Int?
    /// The sequence of the event this one follows from.
    package var cause: Int?
    package var kind: Kind
    /// The kind's details: see `Kind` for which there are.
    package var fields: Fields
    /// The words of a caller, a model or a vendor, if the event carries any: the only place for them, so that redaction is
    /// one rule.
    package var words: String?

    /// An event, not yet on the stream.
    package init(
        _ kind: Kind, at: Moment, session: SessionID? = nil, turn: Int? = nil, cause: Int? = nil,
        words: String? = nil, _ fields: Fields = [:]
    ) {
        sequence = 0
        self.at = at
        self.session = session
        self.turn = turn
        self.cause = cause
        self.kind = kind
        self.fields = fields
        self.words = words
    }

    /// The kinds, and the fields of each. Times are in ms, the raw value is the name on the wire.
    package enum Kind: String, Sendable, CaseIterable {
        /// address, port, plugins
        case serverStarted = "server.started"
        /// reason
        case serverStopping = "server.stopping"
        /// level (debug, info, warn, error), source; words: the line
        case log = "log"

        /// slot, entry, library, version, state (serving, standby)
        case providerReady = "provider.ready"
        /// slot, entry, reason
        case providerSkipped = "provider.skipped"
        /// slot, entry, reason
        case providerRejected = "provider.rejected"
        /// slot, from, to, reason: this session's next requests go to another provider
        case providerFailover = "provider.failover"
        /// slot, provider: a connection that was lost is back; ms, replayed_ms
        case providerReconnected = "provider.reconnected"

        /// peer, stt, llm, tts, memory: the providers that serve it
        case sessionStarted = "session.started"
        /// reason (ended, left, dead, abuse, slow, stopping), turns, age_ms
        case sessionEnded = "session.ended"
        /// what: a message that was not understood, or too large
        case clientError = "client.error"
        /// memory was emptied on the caller's wish
        case memoryCleared = "memory.cleared"

        /// position_ms: in the call's audio. The caller begins to speak
        case speechStarted = "speech.started"
        /// position_ms, length_ms: the caller has stopped
        case speechStopped = "speech.stopped"
        /// words: what is heard so far
        case transcriptInterim = "transcript.interim"
        /// words: a piece that will not change
        case transcriptFinal = "transcript.final"

        /// words: the whole utterance of the caller. The turn begins: the model is about to be asked
        case turnStarted = "turn.started"
        /// The timeline: total_ms, endpointing_ms, transcription_ms, inference_ms, segmentation_ms, synthesis_ms,
        /// playout_ms (they sum to total_ms), and their owners: endpointing_owner, …; the first audio has left
        case turnTimed = "turn.timed"
        /// outcome (completed, interrupted, failed, cancelled), sentences, generated (characters), heard (characters),
        /// audio_ms; words: what was heard of the reply
        case turnEnded = "turn.ended"

        /// slot, provider, request: one request to a provider
        case requestStarted = "request.started"
        /// slot, provider, request, ms: the first byte of its answer
        case requestAnswered = "request.answered"
        /// slot, provider, request, ms
        case requestFinished = "request.finished"
        /// slot, provider, request, attempt, of, delay_ms, reason
        case requestRetrying = "request.retrying"
        /// slot, provider, request, ms, class; words: the vendor's message
        case requestFailed = "request.failed"
        /// slot, provider, request, ms: stopped because nobody waits for it any more
        case requestCancelled = "request.cancelled"

        /// sentence (from 1); words: the sentence, which goes to synthesis now
        case sentenceReady = "sentence.ready"
        /// sample_rate: the first audio of a reply leaves
        case replyStarted = "reply.started"
        /// audio_ms: all of the reply has been sent
        case replySent = "reply.sent"

        /// rule, position_ms: the caller may be interrupting
        case bargeInSuspected = "bargein.suspected"
        /// rule (voice, words, client), heard_ms, audio_ms, onset_ms (since the onset of speech), heard_words, of_words;
        /// words: what was heard of the reply. Nothing of the old turn leaves from here on
        case bargeInConfirmed = "bargein.confirmed"
        /// rule: it was nothing; ms
        case bargeInDismissed = "bargein.dismissed"

        /// what: something late for an older turn was dropped
        case staleDropped = "stale.dropped"
    }

    /// The details of an event, a handful, in order.
    package struct Fields: Sendable, Equatable, ExpressibleByDictionaryLiteral {
        package var pairs: [(name: String, value: Value)]

        package init(dictionaryLiteral elements: (String, Value)...) { pairs = elements.map { ($0.0, $0.1) } }

        /// The value of a field. Setting nil removes it.
        package subscript(name: String) -> Value? {
            get { pairs.first { $0.name == name }?.value }
            set {
                pairs.removeAll { $0.name == name }
                if let newValue { pairs.append((name, newValue)) }
            }
        }

        package static func == (left: Fields, right: Fields) -> Bool {
            left.pairs.count == right.pairs.count && left.pairs.allSatisfy { right[$0.name] == $0.value }
        }
    }

    /// A field's value.
    package enum Value: Sendable, Equatable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
        case text(String)
        case number(Double)

        package init(stringLiteral value: String) { self = .text(value) }
        package init(integerLiteral value: Int) { self = .number(Double(value)) }
        /// A whole number.
        package static func int(_ value: Int) -> Value { .number(Double(value)) }
        /// A span in ms, to a tenth.
        package static func ms(_ span: TimeSpan) -> Value { .number((span.milliseconds * 10).rounded() / 10) }

        package var text: String? { if case .text(let value) = self { value } else { nil } }
        package var number: Double? { if case .number(let value) = self { value } else { nil } }
    }
}

/// One caller's conversation. A UUID in lower case; people see its first six characters.
package struct SessionID: Sendable, Hashable {
    package let text: String
    package init(_ text: String) { self.text = text }
    package var short: String { String(text.prefix(6)) }
}

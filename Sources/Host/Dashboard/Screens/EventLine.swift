// An event as a row: how much it matters, its mark and name, and what it says, in words for a person.
internal import Conversation
internal import Observation

struct EventLine {
    /// How much an event matters.
    enum Level: Int, Comparable {
        case debug, info, notice, warn, error
        static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
        var style: Style {
            switch self {
            case .debug, .info: .faint
            case .notice: .normal
            case .warn: .retry
            case .error: .failure
            }
        }
    }

    var level: Level
    var mark: String
    var name: String
    var detail: String
    var style: Style

    /// What it says, after the columns of time, session and turn.
    var text: String { "\(mark) \(Columns.left(name, 10)) \(detail)" }

    init(_ event: Event, _ scene: Scene) {
        level = Self.level(of: event, budget: scene.budget)
        (mark, name, style) = Self.head(of: event, level)
        detail = Self.detail(of: event, scene)
    }

    /// Of the kind, and of how it went.
    static func level(of event: Event, budget: Double) -> Level {
        switch event.kind {
        case .log:
            switch event.text("level") {
            case "error": .error
            case "warn": .warn
            case "info": .info
            default: .debug
            }
        case .requestFailed, .providerRejected: .error
        case .requestRetrying, .providerFailover, .clientError, .serverStopping: .warn
        case .bargeInSuspected, .bargeInConfirmed, .bargeInDismissed, .providerReconnected, .providerReady,
            .providerSkipped, .sessionStarted, .sessionEnded, .memoryCleared, .serverStarted:
            .notice
        case .turnTimed: (event.number("total_ms") ?? 0) > budget ? .warn : .info
        case .turnEnded: event.text("outcome") == "failed" ? .error : .info
        case .turnStarted, .speechStarted, .speechStopped, .transcriptFinal, .staleDropped: .info
        case .transcriptInterim, .requestStarted, .requestAnswered, .requestFinished, .requestCancelled, .sentenceReady,
            .replyStarted, .replySent:
            .debug
        }
    }

    private static func head(of event: Event, _ level: Level) -> (String, String, Style) {
        switch event.kind {
        case .serverStarted: (" ", "server", .normal)
        case .serverStopping: ("!", "stopping", .retry)
        case .log: (level >= .warn ? "!" : " ", "log", level.style)
        case .providerReady: (" ", "provider", .normal)
        case .providerSkipped: (" ", "skipped", .normal)
        case .providerRejected: ("✗", "rejected", .failure)
        case .providerFailover: ("⇄", "failover", .retry)
        case .providerReconnected: ("⇄", "reconnect", .retry)
        case .sessionStarted: (" ", "call", .normal)
        case .sessionEnded: ("×", "call", .normal)
        case .clientError: ("!", "client", .retry)
        case .memoryCleared: (" ", "memory", .normal)
        case .speechStarted, .speechStopped: ("«", "speech", .faint)
        case .transcriptInterim, .transcriptFinal: ("«", "heard", .user)
        case .turnStarted: (" ", "turn", .normal)
        case .turnTimed: level == .warn ? ("!", "timed", .overBudget) : (" ", "timed", .normal)
        case .turnEnded: level == .error ? ("✗", "turn", .failure) : (" ", "turn", .normal)
        case .requestStarted, .requestAnswered, .requestFinished, .requestCancelled: (" ", "request", .faint)
        case .requestRetrying: ("↻", "retry", .retry)
        case .requestFailed: ("✗", "failed", .failure)
        case .sentenceReady: ("»", "sentence", .agent)
        case .replyStarted, .replySent: ("»", "reply", .agent)
        case .bargeInSuspected: ("✂", "barge-in?", .bargeIn)
        case .bargeInConfirmed: ("✂", "barge-in", .bargeIn)
        case .bargeInDismissed: ("✂", "dismissed", .faint)
        case .staleDropped: (" ", "late", .faint)
        }
    }

    private static func detail(of event: Event, _ scene: Scene) -> String {
        let note = Ledger.Note(event).map(\.what)
        let words = scene.words(event.safeWords)
        switch (event.kind, note) {
        case (_, .bargeIn(let rule, let heard, let total, let onset)):
            return "by \(rule), heard \(heard) of \(total) words"
                + (onset.map { ", quiet in \(Format.ms($0)) ms" } ?? "")
        case (_, .dismissed(let rule, let after)): return "\(rule), resumed after \(Format.ms(after)) ms"
        case (_, .retrying(let retry)): return "\(retry.slot) \(retry.provider) \(retry.summary)"
        case (_, .failed(let slot, let provider, let reason)): return "\(slot) \(provider) \(scene.words(reason))"
        case (_, .failover(let slot, let from, let to, let reason)): return "\(slot) \(from) → \(to), \(reason)"
        case (_, .reconnected(let provider, let after)): return "\(provider) back in \(Format.ms(after)) ms"
        case (.log, _): return "\(event.text("source")): \(words)"
        case (.turnTimed, _):
            return "\(Format.seconds(ms: event.number("total_ms") ?? 0)) s from the caller's end to the agent's voice"
        case (.sessionStarted, _):
            let providers = Slot.allCases.map { event.text($0.rawValue) }.filter { !$0.isEmpty }
            return "from \(event.text("peer")), \(providers.joined(separator: " · "))"
        case (.sessionEnded, _):
            let age = Format.age(event.span("age_ms") ?? .zero)
            return
                "\(SessionList.ending(event.text("reason"))), \(Format.count(event.int("turns") ?? 0, "turn")), \(age)"
        case (.bargeInSuspected, _): return "by \(event.text("rule"))"
        case (.serverStarted, _):
            return "listens on \(event.text("address")):\(event.int("port") ?? 0), \(event.int("plugins") ?? 0) plugins"
        case (.providerSkipped, _), (.providerRejected, _):
            return "\(event.text("slot")) \(event.text("entry")): \(event.text("reason"))"
        case (.speechStarted, _): return "begins"
        case (.speechStopped, _): return "ends, \(Format.ms(event.number("length_ms") ?? 0)) ms"
        case (.memoryCleared, _): return "emptied on the caller's wish"
        default: return plain(event, words)
        }
    }

    /// The fields in their order, the words last.
    private static func plain(_ event: Event, _ words: String) -> String {
        let fields = event.fields.pairs.map { name, value in
            switch value {
            case .text: event.text(name)
            case .number(let number):
                "\(name.hasSuffix("_ms") ? String(name.dropLast(3)) : name) \(Self.number(number))"
            }
        }
        return (fields + [words]).filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// A field's number: whole where it is whole.
    static func number(_ value: Double) -> String {
        Int(exactly: value).map { Format.grouped(Double($0)) } ?? Format.decimal(value, places: 1)
    }
}

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
    var text: String { head + detail }
    var head: String { "\(mark) \(Columns.left(name, 10)) " }

    init(_ event: Event, _ scene: Scene) {
        level = Self.level(of: event, budget: scene.budget)
        (mark, name, style) = Self.head(of: event, level)
        detail = EventWords.detail(of: event, scene)
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
}

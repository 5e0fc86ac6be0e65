// A question to several threads, of which only the first answer counts.
internal import Conversation
internal import JSON
internal import Support

/// Waits for the first of several answers. To be awaited once.
final class FirstAnswer<Value: Sendable>: Sendable {
    private enum State {
        case open
        case awaited(CheckedContinuation<Value, Never>)
        case given(Value)
        case over
    }

    private let state = Locked(State.open)

    /// False for all but the first.
    @discardableResult
    func give(_ value: Value) -> Bool {
        let (isFirst, continuation) = state.withLock { state -> (Bool, CheckedContinuation<Value, Never>?) in
            switch state {
            case .open:
                state = .given(value)
                return (true, nil)
            case .awaited(let continuation):
                state = .over
                return (true, continuation)
            case .given, .over: return (false, nil)
            }
        }
        continuation?.resume(returning: value)
        return isFirst
    }

    var value: Value {
        get async {
            await withCheckedContinuation { continuation in
                let value = state.withLock { state -> Value? in
                    guard case .given(let value) = state else {
                        state = .awaited(continuation)
                        return nil
                    }
                    state = .over
                    return value
                }
                if let value { continuation.resume(returning: value) }
            }
        }
    }
}

extension Timers {
    /// Starts something that calls back when it has happened; false where it has not within `span`.
    func expect(within span: TimeSpan, _ start: (@escaping @Sendable () -> Void) -> Void) async -> Bool {
        let first = FirstAnswer<Bool>()
        let limit = schedule(after: span.nanoseconds) { first.give(false) }
        start { first.give(true) }
        let happened = await first.value
        cancel(limit)
        return happened
    }
}

extension TimeSpan {
    var nanoseconds: Int64 { microseconds &* 1000 }

    /// In s, for people.
    var seconds: String { JSON.number(milliseconds / 1000).text }
}

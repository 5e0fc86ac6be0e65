// One answer on its way: which tokens are left, when the next one is due, and how it ends. It knows no clock; it says
// how long to wait and is told when that time is over.
internal import PluginSDK

/// How fast a model speaks.
package struct Pace: Sendable, Equatable {
    /// From the request to the first token, in ms.
    package var firstToken: Int
    /// After the first one.
    package var tokensPerSecond: Double

    /// From the request to token `index`, in ms. Rounded from the start, so that rounding does not add up.
    func due(_ index: Int) -> Int { firstToken + Int((Double(index) * 1000 / tokensPerSecond).rounded()) }
}

/// The state of one running request.
struct Delivery: Sendable {
    /// How it ends.
    enum Ending: Sendable {
        case done
        case failed(Failure)
        /// It does not: nothing more comes, as with a vendor that hangs.
        case silence
    }

    /// What is to be done now.
    struct Step {
        var actions: [Action] = []
        /// No more steps follow; the request may still be open when it has fallen silent.
        var isLast = false
    }

    private let tokens: [String]
    private let pace: Pace
    private let ending: Ending
    private var sent = 0

    /// `limit`: end after so many tokens, however many there are.
    init(_ text: String, pace: Pace, ending: Ending, limit: Int?) {
        let all = Tokens.cut(text)
        tokens = limit.map { Array(all.prefix($0)) } ?? all
        self.pace = pace
        self.ending = ending
    }

    /// What to do when the request arrives.
    func begin() -> Step {
        if tokens.isEmpty, case .silence = ending { return Step(isLast: true) }
        return Step(actions: [.setTimer(pace.firstToken)])
    }

    /// What to do when the timer has run out.
    mutating func advance() -> Step {
        var step = Step()
        if sent < tokens.count {
            step.actions.append(.token(tokens[sent]))
            sent += 1
        }
        if sent < tokens.count {
            step.actions.append(.setTimer(pace.due(sent) - pace.due(sent - 1)))
            return step
        }
        step.isLast = true
        switch ending {
        case .done: step.actions.append(.done)
        case .failed(let failure): step.actions.append(.failed(failure))
        case .silence: break
        }
        return step
    }
}

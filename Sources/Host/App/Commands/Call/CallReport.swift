// What came of a call: figures for the last line, and whether it was what it should have been.
internal import Conversation

struct CallReport {
    /// From the end of the caller's speech; nil where it did not come, or came before.
    var finalTranscript: TimeSpan?
    var firstAudio: TimeSpan?
    /// Replies that could be heard, apologies not counted.
    var answers = 0
    /// What the server said was wrong.
    var errors: [String] = []
    var violations: [String] = []
    private var failure: String?

    /// The call did not come to its end. The first reason counts.
    mutating func fail(_ sentence: String) { failure = failure ?? sentence }

    /// Why the call is not to be called a success; nil when it is one.
    var problem: String? {
        if let violation = violations.first {
            let more = violations.count > 1 ? " (and \(violations.count - 1) more)" : ""
            return "the server broke the protocol: \(violation)\(more)"
        }
        let failure = failure ?? (answers == 0 ? "there was no answer" : nil)
        guard let failure else { return nil }
        return failure + (errors.last.map { "; the server said: \($0)" } ?? "")
    }

    /// The last line of a call in which so much was heard.
    func summary(heard: TimeSpan) -> String {
        let transcript = finalTranscript?.inSeconds ?? "-"
        let audio = firstAudio?.inSeconds ?? "-"
        return "after the last word: final transcript \(transcript), first audio \(audio); heard: \(heard.inSeconds)"
    }
}

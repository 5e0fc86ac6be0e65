// An event as one line of JSON, both ways: what --events writes, replay reads and a bug report is made of. It says nothing
// about files, and nothing about who may see the words.
package import Conversation
internal import JSON

/// Why a line is not an event: a phrase that goes after the file's name and the line's number.
package struct EventLineError: Error, Equatable, CustomStringConvertible {
    /// Such as "there is no \"kind\"".
    package let description: String
}

extension Event {
    /// The event on one line, without the line break:
    /// `{"seq":7,"at":1234.5,"kind":"turn.started","session":"…","turn":1,"cause":5,"fields":{…},"words":"…"}`.
    /// `at` is in ms since the server started, exact to the microsecond. What is not there is left out.
    package var line: String {
        var output = "{\"seq\":\(sequence),\"at\":"
        Self.write(at, to: &output)
        Self.write("kind", kind.rawValue, to: &output)
        if let session { Self.write("session", session.text, to: &output) }
        if let turn { output += ",\"turn\":\(turn)" }
        if let cause { output += ",\"cause\":\(cause)" }
        if !fields.pairs.isEmpty {
            output += ",\"fields\":{"
            for (index, field) in fields.pairs.enumerated() {
                if index > 0 { output += "," }
                Self.write(field.name, to: &output)
                output += ":"
                switch field.value {
                case .text(let text): Self.write(text, to: &output)
                case .number(let number): output += JSON.number(number).text
                }
            }
            output += "}"
        }
        if let words { Self.write("words", words, to: &output) }
        return output + "}"
    }

    // Written by hand, and not by way of a JSON value: every event of every call goes through here.

    private static func write(_ name: StaticString, _ text: String, to output: inout String) {
        output += ",\"\(name)\":"
        write(text, to: &output)
    }

    private static func write(_ text: String, to output: inout String) {
        let isPlain = text.utf8.allSatisfy {
            $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
        }
        if isPlain {
            output += "\""
            output += text
            output += "\""
        } else {
            output += JSON.string(text).text
        }
    }

    /// In ms, with what there is of microseconds behind the point.
    private static func write(_ moment: Moment, to output: inout String) {
        let microseconds = moment.microseconds.magnitude
        if moment.microseconds < 0 { output += "-" }
        output += String(microseconds / 1000)
        var rest = microseconds % 1000
        guard rest > 0 else { return }
        output += rest < 10 ? ".00" : rest < 100 ? ".0" : "."
        while rest % 10 == 0 { rest /= 10 }
        output += String(rest)
    }

    /// The event that `line` holds.
    package init(line: some StringProtocol) throws(EventLineError) {
        let json: JSON
        do { json = try JSON(parsing: line.utf8, limits: .own) } catch {
            throw EventLineError(description: "not JSON: \(error)")
        }
        guard let name = json["kind"]?.string else { throw EventLineError(description: "there is no \"kind\"") }
        guard let kind = Kind(rawValue: name) else {
            throw EventLineError(description: "the kind \"\(name.sanitised(limit: 40))\" is not known to this version")
        }
        let limit = 9e15
        guard let at = json["at"]?.number, abs(at * 1000) < limit else {
            throw EventLineError(description: "\"at\" is not a time in ms")
        }
        self.init(kind, at: Moment(microseconds: Int64((at * 1000).rounded())))
        sequence = json["seq"]?.int ?? 0
        session = json["session"]?.string.map(SessionID.init)
        turn = json["turn"]?.int
        cause = json["cause"]?.int
        words = json["words"]?.string
        for (name, value) in json["fields"]?.object?.members ?? [] {
            guard let value = Value(value) else {
                throw EventLineError(description: "the field \"\(name.sanitised(limit: 40))\" is \(value.kind)")
            }
            fields[name] = value
        }
    }

    /// The events of a whole file, in its order; empty lines are skipped. The error names the line.
    package static func events(inLines text: String) throws(EventLineError) -> [Event] {
        var events: [Event] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.allSatisfy(\.isWhitespace) { continue }
            do { events.append(try Event(line: line)) } catch {
                throw EventLineError(description: "line \(index + 1): \(error)")
            }
        }
        return events
    }
}

extension Event.Value {
    fileprivate init?(_ json: JSON) {
        switch json {
        case .string(let text): self = .text(text)
        case .number(let number): self = .number(number)
        default: return nil
        }
    }
}

// The stream of events as a file: one JSON object a line, written by a thread of its own so that no call waits for a disk.
internal import Glibc
internal import Support

/// Why the event file cannot be written.
package struct EventLogError: Error, CustomStringConvertible {
    package let description: String
}

/// Writes every event to a file until closed.
package final class EventLog: Sendable {
    /// At 500 busy calls this is about ten seconds of events: more than a disk that works ever holds back.
    private static let capacity = 200_000

    private let reader: EventReader
    private let bus: EventBus
    private let isClosing = Locked(false)
    private let isDone = Signal()

    /// Opens `path` for appending, readable by its owner only: events carry the words of callers.
    package init(path: String, bus: EventBus) throws(EventLogError) {
        let file = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            let reason = unsafe String(cString: strerror(errno))
            throw EventLogError(description: "cannot write the event file \(path): \(reason)")
        }
        self.bus = bus
        reader = bus.subscribe(capacity: Self.capacity)
        startThread("event log") { [self] in
            write(to: file)
            _ = Glibc.close(file)
            isDone.raise()
        }
    }

    /// Writes what is left and closes the file. Waits for the disk, two seconds at most.
    package func close() {
        bus.unsubscribe(reader)
        isClosing.withLock { $0 = true }
        isDone.wait(milliseconds: 2_000)
    }

    private func write(to file: Int32) {
        while true {
            let isLast = isClosing.withLock { $0 }
            let (events, dropped) = reader.drain()
            var text = ""
            if dropped > 0 { text += "{\"dropped\":\(dropped)}\n" }
            for event in events { text += event.line + "\n" }
            append(text, to: file)
            if isLast { return }
            reader.wait(milliseconds: 100)
        }
    }

    /// A disk that is full loses events, not calls.
    private func append(_ text: String, to file: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { return }
            bytes = bytes.dropFirst(written)
        }
    }
}

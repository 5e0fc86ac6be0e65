// Where the library's own lines go. Its log function is one per process and gets no context, so it looks for the sink
// of the thread that it is called on; a thread without one (a library elsewhere in the process) is silent.
internal import CWebSockets
internal import Glibc
internal import Support

/// The log of one loop's thread: at most five lines a second.
final class LibraryLog {
    private static let linesPerSecond = 5

    private let write: @Sendable (String) -> Void
    private var second: Int64 = 0
    private var lines = 0
    private var suppressed = 0

    init(_ write: @escaping @Sendable (String) -> Void) {
        self.write = write
    }

    /// Makes `log` the sink of the calling thread. It must stay until it is replaced; nil for silence.
    static func install(_ log: LibraryLog?) {
        unsafe pthread_setspecific(key, log.map { unsafe UnsafeRawPointer(Unmanaged.passUnretained($0).toOpaque()) })
        unsafe lws_set_log_level(LLL_ERR | LLL_WARN, emit)
    }

    fileprivate static func ofThisThread() -> LibraryLog? {
        guard let pointer = unsafe pthread_getspecific(key) else { return nil }
        return unsafe Unmanaged<LibraryLog>.fromOpaque(pointer).takeUnretainedValue()
    }

    private static let key = {
        var key = pthread_key_t()
        unsafe pthread_key_create(&key, nil)
        return key
    }()

    fileprivate func add(_ line: String) {
        let now = MonotonicClock.nanoseconds() / 1_000_000_000
        if now != second {
            if suppressed > 0 { write("libwebsockets: \(suppressed) more lines left out") }
            second = now
            lines = 0
            suppressed = 0
        }
        lines += 1
        if lines <= Self.linesPerSecond { write("libwebsockets: \(line)") } else { suppressed += 1 }
    }
}

private func emit(_ level: Int32, _ line: UnsafePointer<CChar>?) {
    guard let log = LibraryLog.ofThisThread(), let line = unsafe line else { return }
    var text = unsafe String(cString: line)
    while text.last?.isWhitespace == true { text.removeLast() }
    // 4.1.6 reports each socket that is adopted with bytes already read, and its own stopping, as errors.
    guard !text.hasSuffix("calling service"), !text.hasSuffix("lws_libuv_stop") else { return }
    log.add(text)
}

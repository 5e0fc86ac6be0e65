// ncurses behind its shim: the only file of the dashboard that touches C. What it offers belongs to the thread that made it.
internal import CTerminal
internal import Conversation
internal import Glibc
internal import Observation

/// Why there is no dashboard; the server can go on without.
package enum DashboardError: Error, Equatable, CustomStringConvertible {
    case noTerminal
    case unknownTerminal(String)
    case simpleTerminal(String)
    case alreadyOpen
    case failed(String)

    package var description: String {
        switch self {
        case .noTerminal: "there is no terminal for the dashboard; the server runs without it"
        case .unknownTerminal(let name):
            name.isEmpty
                ? "TERM is not set, so there is no dashboard; set it, for example to xterm-256color"
                : "nothing is known about the terminal TERM=\(name), so there is no dashboard; install ncurses-term, or "
                    + "try TERM=xterm-256color"
        case .simpleTerminal(let name):
            "the terminal TERM=\(name) cannot place its cursor, so there is no dashboard; the server runs without it"
        case .alreadyOpen: "another dashboard of this process has the terminal"
        case .failed(let reason): "the dashboard could not take the terminal over: \(reason)"
        }
    }
}

/// The terminal of the process, taken over.
struct Terminal {
    /// In columns and rows.
    struct Size: Equatable {
        var columns: Int
        var rows: Int
    }

    /// What waiting for a key came to.
    enum Input: Equatable {
        case key(Key)
        case nothing
        /// The terminal has hung up.
        case gone
    }

    /// Takes it over, and blocks in this thread the signals that are another's to take.
    init(log: String?, farewell: String?) throws(DashboardError) {
        voiced_terminal_block_signals()
        let result = unsafe voiced_terminal_open(log, farewell)
        let name = Self.environment("TERM") ?? ""
        switch Int(result) {
        case Int(VOICED_TERMINAL_OK): return
        case Int(VOICED_TERMINAL_NO_TTY): throw .noTerminal
        case Int(VOICED_TERMINAL_UNKNOWN): throw .unknownTerminal(name.sanitised(limit: 40))
        case Int(VOICED_TERMINAL_TOO_SIMPLE): throw .simpleTerminal(name.sanitised(limit: 40))
        case Int(VOICED_TERMINAL_BUSY): throw .alreadyOpen
        default: throw .failed(unsafe String(cString: strerror(errno)))
        }
    }

    /// Gives it back.
    func close() { voiced_terminal_close() }

    /// Ends a wait for a key. From any thread.
    static func wake() { voiced_terminal_wake() }

    var isUTF8: Bool { voiced_terminal_is_utf8() }

    /// It has colours, and nobody said not to use them (https://no-color.org).
    var wantsColours: Bool {
        voiced_terminal_colours() >= 8 && (Self.environment("NO_COLOR") ?? "").isEmpty
    }

    var size: Size? {
        var columns: Int32 = 0
        var rows: Int32 = 0
        guard unsafe voiced_terminal_size(&columns, &rows) else { return nil }
        // More than anybody has would only be a mistake that costs memory.
        return Size(columns: min(Int(columns), 500), rows: min(Int(rows), 300))
    }

    func resize(_ size: Size) { voiced_terminal_resize(Int32(size.columns), Int32(size.rows)) }

    func put(_ text: String, _ row: Int, _ column: Int, _ attributes: Attributes) {
        var looks: Int32 = 0
        if attributes.isBold { looks |= Int32(VOICED_BOLD) }
        if attributes.isDim { looks |= Int32(VOICED_DIM) }
        if attributes.isReverse { looks |= Int32(VOICED_REVERSE) }
        let foreground = Int32(attributes.foreground?.rawValue ?? -1)
        let background = Int32(attributes.background?.rawValue ?? -1)
        unsafe voiced_terminal_put(Int32(row), Int32(column), text, looks, foreground, background)
    }

    func flush() { voiced_terminal_flush() }

    // MARK: Keys

    /// The next key, waited for up to so many ms.
    func key(within milliseconds: Int) -> Input {
        let code = Int(voiced_terminal_key(Int32(milliseconds)))
        if code == Int(VOICED_KEY_GONE) { return .gone }
        return Self.key(code).map(Input.key) ?? .nothing
    }

    /// More is waiting to be read.
    var hasMoreKeys: Bool { voiced_terminal_has_key() }

    static func key(_ code: Int) -> Key? {
        switch code {
        case Int(VOICED_KEY_UP): .up
        case Int(VOICED_KEY_DOWN): .down
        case Int(VOICED_KEY_LEFT): .left
        case Int(VOICED_KEY_RIGHT): .right
        case Int(VOICED_KEY_PAGE_UP): .pageUp
        case Int(VOICED_KEY_PAGE_DOWN): .pageDown
        case Int(VOICED_KEY_HOME): .home
        case Int(VOICED_KEY_END): .end
        case Int(VOICED_KEY_ENTER), 10, 13: .enter
        case Int(VOICED_KEY_BACKSPACE), 8, 127: .backspace
        case 9: .tab
        case 27: .escape
        case 1...26: Unicode.Scalar(UInt8(96 + code)).properties.lowercaseMapping.first.map { .control($0) }
        case 32...: Unicode.Scalar(UInt32(code)).map { .character(Character($0)) }
        default: nil
        }
    }

    // MARK: Surroundings

    /// The local time of day.
    func timeOfDay() -> TimeSpan {
        var now = timespec()
        var local = unsafe tm()
        unsafe clock_gettime(CLOCK_REALTIME, &now)
        unsafe localtime_r(&now.tv_sec, &local)
        let seconds = unsafe Int64(now.tv_sec) + Int64(local.tm_gmtoff)
        return TimeSpan(microseconds: seconds % 86_400 * 1_000_000 + Int64(now.tv_nsec) / 1000)
    }

    private static func environment(_ name: String) -> String? {
        unsafe getenv(name).map { unsafe String(cString: $0) }
    }
}

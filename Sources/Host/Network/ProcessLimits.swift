// Two things of the whole process that the library would otherwise spoil or suffer from.
internal import Glibc

enum ProcessLimits {
    /// libwebsockets sizes tables by the limit of open files, which in containers is a million (16 MB of tables). No
    /// more are needed here. Returns the limit that now holds.
    static func lowerOpenFiles(to most: UInt = 65_536) -> Int {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
        if limit.rlim_cur > most {
            limit.rlim_cur = most
            _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        }
        return Int(clamping: limit.rlim_cur)
    }
}

/// The process's answers to SIGINT and SIGTERM, to put back after libwebsockets' libuv loop has replaced them: how the
/// program ends is not the network's business.
struct SignalHandlers {
    private let saved: [(signal: Int32, action: sigaction)]

    init() {
        saved = [SIGINT, SIGTERM].map { signal in
            var action = sigaction()
            unsafe sigaction(signal, nil, &action)
            return (signal, action)
        }
    }

    func restore() {
        for (signal, action) in saved {
            var action = action
            unsafe sigaction(signal, &action, nil)
        }
    }
}

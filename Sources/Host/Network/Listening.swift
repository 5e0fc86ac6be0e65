// The listening socket, opened here and not by libwebsockets: so that an error can say what is wrong, and so that no
// child process inherits a socket.
internal import Glibc

enum Listening {
    /// Opens, binds and listens; returns the descriptor and the port it has.
    static func open(host: String, port: Int) throws(ServerError) -> (descriptor: Int32, port: Int) {
        guard let port = UInt16(exactly: port) else {
            throw ServerError(kind: .addressUnavailable, description: "port \(port) does not exist: choose 1 to 65535")
        }
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        unsafe hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        // "localhost" may mean ::1 first, and then the printed 127.0.0.1 would not answer.
        let name = host == "localhost" ? "127.0.0.1" : host
        let failure = unsafe getaddrinfo(name, String(port), &hints, &found)
        guard failure == 0, let address = unsafe found else {
            throw ServerError(
                kind: .addressUnavailable,
                description: "cannot listen on \(host): this machine knows no such address; 127.0.0.1 always works")
        }
        defer { unsafe freeaddrinfo(found) }
        let descriptor = unsafe socket(address.pointee.ai_family, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw problem(errno, host: host, port: port) }
        keepFromChildren(descriptor)
        // So that a restart does not wait for the last run's closed connections. Two listeners still exclude each other.
        var yes: Int32 = 1
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard unsafe bind(descriptor, address.pointee.ai_addr, address.pointee.ai_addrlen) == 0,
            listen(descriptor, 1024) == 0
        else {
            let code = errno
            close(descriptor)
            throw problem(code, host: host, port: port)
        }
        return (descriptor, localPort(descriptor))
    }

    enum Accepted {
        /// Its socket, ready for use, and its address.
        case client(descriptor: Int32, peer: String)
        case nobody
        /// The process or the system has no descriptor left; the client still waits.
        case exhausted
    }

    /// Takes one waiting client.
    static func accept(_ listener: Int32) -> Accepted {
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let descriptor = unsafe withUnsafeMutablePointer(to: &address) { storage in
            unsafe storage.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe Glibc.accept(listener, $0, &length)
            }
        }
        guard descriptor >= 0 else { return [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(errno) ? .exhausted : .nobody }
        keepFromChildren(descriptor)
        // Frames of 20 ms must not wait for the acknowledgement of the one before.
        var yes: Int32 = 1
        unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        // The kernel takes no more than this ahead of the network: what it has taken no barge-in can take back, and
        // only what is left here can be measured. 32 KiB are 0.7 s of speech at 24 kHz.
        var ahead: Int32 = 32 * 1024
        unsafe setsockopt(
            descriptor, Int32(IPPROTO_TCP), TCP_NOTSENT_LOWAT, &ahead, socklen_t(MemoryLayout<Int32>.size))
        return .client(descriptor: descriptor, peer: text(of: &address, length))
    }

    static func keepFromChildren(_ descriptor: Int32) {
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    private static func text(of address: inout sockaddr_storage, _ length: socklen_t) -> String {
        var buffer = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let failure = unsafe withUnsafePointer(to: &address) { storage in
            unsafe storage.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe getnameinfo($0, length, &buffer, socklen_t(buffer.count), nil, 0, NI_NUMERICHOST)
            }
        }
        guard failure == 0 else { return "unknown" }
        let text = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // A listener on "::" sees callers by IPv4 in disguise.
        return text.hasPrefix("::ffff:") ? String(text.dropFirst(7)) : text
    }

    private static func localPort(_ descriptor: Int32) -> Int {
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return unsafe withUnsafeMutablePointer(to: &address) { storage in
            unsafe storage.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = unsafe getsockname(descriptor, $0, &length)
            }
            // The port is in the same place in both families.
            return unsafe storage.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                unsafe Int(UInt16(bigEndian: $0.pointee.sin_port))
            }
        }
    }

    private static func problem(_ code: Int32, host: String, port: UInt16) -> ServerError {
        switch code {
        case EADDRINUSE:
            ServerError(
                kind: .portInUse,
                description: "port \(port) on \(host) is already in use: stop the other program or choose another port")
        case EACCES:
            ServerError(
                kind: .notPermitted,
                description: "may not listen on port \(port) of \(host): those below 1024 need privileges"
            )
        case EADDRNOTAVAIL:
            ServerError(
                kind: .addressUnavailable,
                description: "cannot listen on \(host): this machine does not have that address")
        default:
            ServerError(
                kind: .addressUnavailable,
                description: "cannot listen on port \(port) of \(host): \(unsafe String(cString: strerror(code)))")
        }
    }
}

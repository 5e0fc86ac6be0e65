// From names to addresses, away from the event loop: the system's resolver blocks, for many seconds if need be.
internal import Glibc
internal import Support

enum Resolver {
    /// The numeric addresses of a host, in the order in which they are to be tried; empty when there are none. Takes as
    /// long as the system's resolver does, on a thread of its own.
    static func addresses(of host: String) async -> [String] {
        await withCheckedContinuation { continuation in
            let hasThread = startThread("resolver") { continuation.resume(returning: lookUp(host)) }
            if !hasThread { continuation.resume(returning: []) }
        }
    }

    private static func lookUp(_ host: String) -> [String] {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(host, nil, &hints, &found) == 0 else { return [] }
        defer { unsafe freeaddrinfo(found) }
        var addresses: [String] = []
        var next = unsafe found
        while let entry = unsafe next {
            var buffer = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let failure = unsafe getnameinfo(
                entry.pointee.ai_addr, entry.pointee.ai_addrlen, &buffer, socklen_t(buffer.count), nil, 0,
                NI_NUMERICHOST)
            let address = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            if failure == 0, !addresses.contains(address) { addresses.append(address) }
            unsafe next = unsafe entry.pointee.ai_next
        }
        return addresses
    }
}

// What libwebsockets keeps pointers to: it must outlive the context, so it is allocated once and freed after it.
internal import CWebSockets
internal import Glibc

/// The protocols of the vhost: first the WebSocket ones, last the raw one that plain sockets begin as.
@safe
final class LibraryMemory {
    /// Name under which accepted sockets are adopted. No client can ask for it: the library only sees our own request.
    static let rawProtocol = "raw"

    /// Bytes the library reads at once and hands over as one piece; each WebSocket has a buffer of this size.
    private static let readBytes = 8 * 1024

    let protocols: UnsafeMutablePointer<lws_protocols>
    /// The library writes the context here and nil once it has freed it.
    let context: UnsafeMutablePointer<OpaquePointer?>
    let rawName: UnsafeMutablePointer<CChar>?
    /// What the context's user pointer points to: the loop, once there is one.
    let loop: UnsafeMutablePointer<Unmanaged<ServiceLoop>?>
    /// The loop's clock; its owner is the cell above.
    let timer: UnsafeMutablePointer<voiced_timer>
    private let count: Int

    init(subprotocols: [String]) {
        let names = ["classic"] + subprotocols + [Self.rawProtocol]
        count = names.count
        unsafe context = .allocate(capacity: 1)
        unsafe context.initialize(to: nil)
        unsafe loop = .allocate(capacity: 1)
        unsafe loop.initialize(to: nil)
        unsafe timer = .allocate(capacity: 1)
        unsafe timer.initialize(to: voiced_timer())
        unsafe timer.pointee.owner = unsafe UnsafeMutableRawPointer(loop)
        unsafe protocols = .allocate(capacity: names.count + 1)
        for (index, name) in names.enumerated() {
            var entry = unsafe lws_protocols()
            unsafe entry.name = UnsafePointer(strdup(name))
            unsafe entry.callback = libraryCallback
            unsafe entry.rx_buffer_size = Self.readBytes
            unsafe (protocols + index).initialize(to: entry)
        }
        unsafe (protocols + names.count).initialize(to: lws_protocols())  // The end mark.
        unsafe rawName = strdup(Self.rawProtocol)
    }

    deinit {
        for index in 0..<count {
            unsafe free(UnsafeMutableRawPointer(mutating: protocols[index].name))
        }
        unsafe free(rawName)
        unsafe protocols.deallocate()
        unsafe context.deallocate()
        unsafe loop.deallocate()
        unsafe timer.deallocate()
    }
}

// Calls to libwebsockets that take structs and flags: making the context and its vhost, and giving it sockets.
internal import CWebSockets
internal import Glibc

enum LibraryContext {
    /// Creates the context into `memory.context`, with libuv's loop if its plugin is there, else with poll. Returns
    /// whether it is libuv's. No extensions (no permessage-deflate), no listening of its own, UTF-8 checked.
    static func create(_ memory: LibraryMemory) -> Bool {
        let common =
            UInt64(LWS_SERVER_OPTION_EXPLICIT_VHOSTS) | UInt64(LWS_SERVER_OPTION_VALIDATE_UTF8)
            | UInt64(LWS_SERVER_OPTION_DISABLE_OS_CA_CERTS)
        // Without the second the library would answer SIGSEGV, SIGFPE and SIGHUP.
        let libuv = UInt64(LWS_SERVER_OPTION_LIBUV) | UInt64(LWS_SERVER_OPTION_UV_NO_SIGSEGV_SIGFPE_SPIN)
        for (options, isLibUV) in [(common | libuv, true), (common, false)] {
            var info = unsafe lws_context_creation_info()
            unsafe info.options = options
            unsafe info.pcontext = unsafe memory.context
            unsafe info.user = unsafe UnsafeMutableRawPointer(memory.loop)
            unsafe info.pt_serv_buf_size = 16 * 1024
            if let context = unsafe lws_create_context(&info) {
                unsafe memory.context.pointee = unsafe context
                return isLibUV
            }
        }
        return false
    }

    /// The one vhost, with all protocols. It does not listen: sockets are given to it.
    static func vhost(_ context: OpaquePointer, _ memory: LibraryMemory) -> OpaquePointer? {
        var info = unsafe lws_context_creation_info()
        unsafe info.port = CONTEXT_PORT_NO_LISTEN_SERVER
        unsafe info.protocols = unsafe UnsafePointer(memory.protocols)
        return unsafe lws_create_vhost(context, &info)
    }

    /// The loop that a context belongs to; nil while the context is being made.
    static func loop(of context: OpaquePointer) -> ServiceLoop? {
        guard let cell = unsafe lws_context_user(context) else { return nil }
        return unsafe cell.assumingMemoryBound(to: Unmanaged<ServiceLoop>?.self).pointee?.takeUnretainedValue()
    }

    /// Gives a descriptor to the loop: a socket whose bytes the library passes on as they are, or (the listener) one
    /// that it only watches. The library closes it, also when it cannot take it.
    static func adoptRaw(_ descriptor: Int32, isSocket: Bool, _ vhost: OpaquePointer?, _ memory: LibraryMemory) {
        var descriptors = lws_sock_file_fd_type()
        unsafe descriptors.sockfd = descriptor
        let type = isSocket ? LWS_ADOPT_SOCKET : LWS_ADOPT_RAW_FILE_DESC
        _ = unsafe lws_adopt_descriptor_vhost(vhost, type, descriptors, memory.rawName, nil)
    }

    /// Gives a socket to the loop from which `bytes` have already been read.
    static func adoptWebSocket(_ descriptor: Int32, _ bytes: [UInt8], _ vhost: OpaquePointer?) {
        unsafe bytes.withUnsafeBytes { buffer in
            let start = unsafe buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            _ = unsafe lws_adopt_socket_vhost_readbuf(vhost, descriptor, start, buffer.count)
        }
    }
}

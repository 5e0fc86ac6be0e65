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
        // No proxy for what we open: without this the library would take it from the environment, and knows no exceptions.
        return unsafe ":0".withCString { proxy in
            unsafe info.http_proxy_address = unsafe proxy
            return unsafe lws_create_vhost(context, &info)
        }
    }

    /// Where a client's socket goes.
    struct Target {
        /// Numeric: for a name the library would block the loop.
        var address: String
        var port: Int
        var path: String
        /// For the Host header.
        var host: String
        /// As the header has them; nil for none.
        var subprotocols: String?
    }

    /// Has the library connect and shake hands; `owner` becomes the wsi's user data. Callbacks come within this call, too. Nil: there is no such socket, or no longer.
    static func connect(
        to target: Target, _ vhost: OpaquePointer, _ memory: LibraryMemory, owner: UnsafeMutableRawPointer
    ) -> OpaquePointer? {
        var info = unsafe lws_client_connect_info()
        unsafe info.context = unsafe memory.context.pointee
        unsafe info.vhost = unsafe vhost
        unsafe info.port = Int32(clamping: target.port)
        // A redirection is an answer that is no WebSocket, not a wish to be fulfilled.
        unsafe info.ssl_connection = Int32(LCCSCF_HTTP_NO_FOLLOW_REDIRECT.rawValue)
        unsafe info.opaque_user_data = unsafe owner
        return unsafe target.address.withCString { address in
            unsafe target.path.withCString { path in
                unsafe target.host.withCString { host in
                    unsafe info.address = unsafe address
                    unsafe info.path = unsafe path
                    unsafe info.host = unsafe host
                    unsafe info.local_protocol_name = unsafe memory.protocols.pointee.name
                    guard let subprotocols = target.subprotocols else {
                        return unsafe lws_client_connect_via_info(&info)
                    }
                    return unsafe subprotocols.withCString { names in
                        unsafe info.protocol = unsafe names
                        return unsafe lws_client_connect_via_info(&info)
                    }
                }
            }
        }
    }

    /// A header of the answer to our handshake, while the library still has it.
    static func header(_ token: lws_token_indexes, of wsi: OpaquePointer) -> String? {
        let length = unsafe lws_hdr_total_length(wsi, token)
        guard length > 0 else { return nil }
        var buffer = [CChar](repeating: 0, count: Int(length) + 1)
        guard unsafe lws_hdr_copy(wsi, &buffer, length + 1, token) > 0 else { return nil }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The loop that a socket belongs to; nil while the context is being made.
    static func loop(of wsi: OpaquePointer) -> ServiceLoop? {
        guard let context = unsafe lws_get_context(wsi), let cell = unsafe lws_context_user(context) else { return nil }
        return unsafe loop(in: cell)
    }

    /// Has the loop tick once, so many microseconds from now.
    static func setTimer(_ memory: LibraryMemory, after microseconds: Int64) {
        guard let context = unsafe memory.context.pointee else { return }
        // The timer's first member is the library's own: one address.
        let timer = unsafe UnsafeMutableRawPointer(memory.timer).assumingMemoryBound(to: lws_sorted_usec_list_t.self)
        unsafe lws_sul_schedule(context, 0, timer, timerFired, microseconds)
    }

    /// No tick comes any more.
    static func cancelTimer(_ memory: LibraryMemory) {
        setTimer(memory, after: Int64(LWS_SET_TIMER_USEC_CANCEL))
    }

    fileprivate static func loop(in cell: UnsafeMutableRawPointer) -> ServiceLoop? {
        unsafe cell.assumingMemoryBound(to: Unmanaged<ServiceLoop>?.self).pointee?.takeUnretainedValue()
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

private func timerFired(_ timer: UnsafeMutablePointer<lws_sorted_usec_list_t>?) {
    guard let timer = unsafe timer else { return }
    let owned = unsafe UnsafeMutableRawPointer(timer).assumingMemoryBound(to: voiced_timer.self)
    guard let cell = unsafe owned.pointee.owner else { return }
    unsafe LibraryContext.loop(in: cell)?.tick()
}

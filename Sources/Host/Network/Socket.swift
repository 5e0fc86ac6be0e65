// One libwebsockets connection (a `wsi`), as an object: the listener, a plain HTTP connection, a WebSocket.
internal import CWebSockets

/// What a callback says to libwebsockets.
enum Verdict: Int32 {
    case keep = 0
    case close = -1
}

/// The base of all sockets of one loop. Lives on the loop's thread only; the library holds it from the socket's adoption
/// until it has destroyed the wsi.
@safe
class Socket {
    unowned let loop: ServiceLoop
    /// The library's side of it; nil before the adoption and after the end.
    private(set) var wsi: OpaquePointer?

    init(loop: ServiceLoop) {
        self.loop = loop
    }

    /// Bytes have come; for the listener: clients wait.
    func received(_ bytes: UnsafeRawBufferPointer) -> Verdict { .keep }
    /// The socket takes bytes again.
    func writable() -> Verdict { .keep }
    /// The time set with `lws_set_timer_usecs` has passed.
    func timer() -> Verdict { .keep }
    /// A WebSocket's handshake is answered.
    func established() -> Verdict { .keep }
    /// A pong has come.
    func ponged() {}
    /// The peer has sent a close frame with this payload.
    func peerCloses(_ payload: UnsafeRawBufferPointer) {}
    /// The connection is over. Not called for one that was never established.
    func closed() {}
    /// The wsi is no more. Last, always.
    func destroyed() {}

    /// Asks for `writable`.
    func callWhenWritable() {
        if let wsi = unsafe wsi { unsafe lws_callback_on_writable(wsi) }
    }

    /// Ends it without ceremony, soon; legal anywhere, as nothing is freed within the call.
    func kill() {
        guard let wsi = unsafe wsi else { return }
        unsafe lws_set_timeout(wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_ASYNC)
    }

    func bind(_ wsi: OpaquePointer) {
        unsafe self.wsi = unsafe wsi
        unsafe lws_set_opaque_user_data(wsi, Unmanaged.passRetained(self).toOpaque())
    }

    func unbind() {
        guard let wsi = unsafe wsi else { return }
        unsafe lws_set_opaque_user_data(wsi, nil)
        unsafe self.wsi = nil
        destroyed()
        unsafe Unmanaged.passUnretained(self).release()
    }

    static func of(_ wsi: OpaquePointer) -> Socket? {
        guard let pointer = unsafe lws_get_opaque_user_data(wsi) else { return nil }
        return unsafe Unmanaged<Socket>.fromOpaque(pointer).takeUnretainedValue()
    }
}

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

    /// Whether the library holds this object.
    private var isHeld = false

    /// Bytes have come; for the listener: clients wait.
    func received(_ bytes: UnsafeRawBufferPointer) -> Verdict { .keep }
    /// The socket takes bytes again.
    func writable() -> Verdict { .keep }
    /// The time set with `lws_set_timer_usecs` has passed.
    func timer() -> Verdict { .keep }
    /// The handshake of a WebSocket that we open is being written: puts header lines into `buffer` and returns their
    /// length; nil when they have no room.
    func appendHeaders(to buffer: UnsafeMutableRawBufferPointer) -> Int? { 0 }
    /// A WebSocket that we open will not be: what the library says about it. `destroyed` follows.
    func failed(_ why: String) {}
    /// The peer has accepted the handshake of a WebSocket that we open; its headers can be read now.
    func answered() -> Verdict { .keep }
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

    /// Makes this the object of a wsi.
    func bind(_ wsi: OpaquePointer) {
        unsafe self.wsi = unsafe wsi
        unsafe lws_set_opaque_user_data(wsi, bindUnmade())
    }

    /// Makes this the object of a wsi that the library is yet to make: what to give it as user data. `made` has
    /// to follow.
    func bindUnmade() -> UnsafeMutableRawPointer {
        isHeld = true
        return unsafe Unmanaged.passRetained(self).toOpaque()
    }

    /// The library has returned from making the wsi. If it has made none this is the end, unless it has already told so.
    func made(_ wsi: OpaquePointer?) {
        guard isHeld else { return }
        if let wsi = unsafe wsi { unsafe self.wsi = unsafe wsi } else { unbind() }
    }

    func unbind() {
        guard isHeld else { return }
        isHeld = false
        if let wsi = unsafe wsi { unsafe lws_set_opaque_user_data(wsi, nil) }
        unsafe wsi = nil
        destroyed()
        unsafe Unmanaged.passUnretained(self).release()
    }

    static func of(_ wsi: OpaquePointer) -> Socket? {
        guard let pointer = unsafe lws_get_opaque_user_data(wsi) else { return nil }
        let socket = unsafe Unmanaged<Socket>.fromOpaque(pointer).takeUnretainedValue()
        unsafe socket.wsi = unsafe wsi
        return socket
    }
}

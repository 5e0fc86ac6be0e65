// The one function that libwebsockets calls, and the translation of its reasons into methods.
//
// LWS_CALLBACK_HTTP_CONFIRM_UPGRADE must never get a case here: in 4.1.6 the library may hand it freed memory
// (CVE-2025-11677). Who may connect is decided before the library sees a request, in `HTTPConnection`.
internal import CWebSockets

func libraryCallback(
    _ wsi: OpaquePointer?, _ reason: lws_callback_reasons, _ user: UnsafeMutableRawPointer?,
    _ input: UnsafeMutableRawPointer?, _ length: Int
) -> Int32 {
    guard let wsi = unsafe wsi, let loop = unsafe LibraryContext.loop(of: wsi) else { return 0 }
    switch reason {
    case LWS_CALLBACK_EVENT_WAIT_CANCELLED:
        loop.turn()
        return 0
    case LWS_CALLBACK_RAW_ADOPT_FILE, LWS_CALLBACK_RAW_ADOPT, LWS_CALLBACK_SERVER_NEW_CLIENT_INSTANTIATED:
        unsafe loop.adopted(wsi)
        return 0
    default:
        // The listener's wsi and the sockets' carry an object; what has none is the library's own affair.
        guard let socket = unsafe Socket.of(wsi) else { return 0 }
        let bytes = unsafe UnsafeRawBufferPointer(start: input, count: input == nil ? 0 : length)
        if reason == LWS_CALLBACK_CLIENT_CONNECTION_ERROR {
            socket.failed(unsafe String(decoding: bytes, as: UTF8.self))
            return 0
        }
        return unsafe dispatch(reason, to: socket, bytes)
    }
}

private func dispatch(_ reason: lws_callback_reasons, to socket: Socket, _ bytes: UnsafeRawBufferPointer) -> Int32 {
    switch reason {
    case LWS_CALLBACK_RAW_RX_FILE, LWS_CALLBACK_RAW_RX, LWS_CALLBACK_RECEIVE, LWS_CALLBACK_CLIENT_RECEIVE:
        return unsafe socket.received(bytes).rawValue
    case LWS_CALLBACK_RAW_WRITEABLE, LWS_CALLBACK_SERVER_WRITEABLE, LWS_CALLBACK_CLIENT_WRITEABLE:
        return socket.writable().rawValue
    case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION:
        // Only what `HTTPConnection` has let in gets this far.
        return (socket is WebSocketPeer ? Verdict.keep : .close).rawValue
    case LWS_CALLBACK_CLIENT_APPEND_HANDSHAKE_HEADER:
        return unsafe appendHeaders(of: socket, bytes)
    case LWS_CALLBACK_CLIENT_FILTER_PRE_ESTABLISH:
        return socket.answered().rawValue
    case LWS_CALLBACK_ESTABLISHED, LWS_CALLBACK_CLIENT_ESTABLISHED:
        return socket.established().rawValue
    case LWS_CALLBACK_RECEIVE_PONG, LWS_CALLBACK_CLIENT_RECEIVE_PONG:
        socket.ponged()
    case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
        unsafe socket.peerCloses(bytes)
    case LWS_CALLBACK_TIMER:
        return socket.timer().rawValue
    case LWS_CALLBACK_CLOSED, LWS_CALLBACK_CLIENT_CLOSED, LWS_CALLBACK_RAW_CLOSE:
        socket.closed()
    case LWS_CALLBACK_WSI_DESTROY:
        socket.unbind()
    default:
        break
    }
    return 0
}

/// `input` is where the library keeps its place in the handshake that it writes: the length is the room left.
private func appendHeaders(of socket: Socket, _ input: UnsafeRawBufferPointer) -> Int32 {
    guard
        let place = unsafe UnsafeMutableRawPointer(mutating: input.baseAddress)?
            .assumingMemoryBound(to: UnsafeMutablePointer<UInt8>.self)
    else { return Verdict.close.rawValue }
    let room = unsafe UnsafeMutableRawBufferPointer(start: place.pointee, count: input.count)
    guard let length = unsafe socket.appendHeaders(to: room) else { return Verdict.close.rawValue }
    unsafe place.pointee += length
    return Verdict.keep.rawValue
}

// The raw functions of a plugin, and the one place where they are called.
internal import CVoicePlugin

/// A library's three functions.
@safe
struct PluginCode: @unchecked Sendable {
    // @unchecked: the functions are code in a library that is never unloaded. That calls into one instance do not
    // overlap is for `CallLane` to see to.
    private let create: @convention(c) (UnsafeRawPointer?, Int, UnsafePointer<voice_plugin_host>?) -> OpaquePointer?
    fileprivate let handle: @convention(c) (OpaquePointer?, UInt32, UInt64, UnsafeRawPointer?, Int) -> Void
    fileprivate let destroy: @convention(c) (OpaquePointer?) -> Void

    init(_ descriptor: voice_plugin_descriptor) throws(LoadError) {
        guard let create = unsafe descriptor.create, let handle = unsafe descriptor.handle,
            let destroy = unsafe descriptor.destroy
        else { throw LoadError("leaves out one of create, handle and destroy") }
        unsafe self.create = create
        unsafe self.handle = handle
        unsafe self.destroy = destroy
    }

    /// Makes an instance whose `act` leads to `door`; nil where the plugin refuses. The door has to outlive it.
    func create(settings: String, door: Unmanaged<ActDoor>) -> PluginHandle? {
        var settings = settings
        let instance = settings.withUTF8 { bytes in
            var host = unsafe voice_plugin_host(context: door.toOpaque(), act: actFromPlugin)
            return unsafe create(bytes.baseAddress, bytes.count, &host)
        }
        return unsafe instance.map { unsafe PluginHandle(code: self, instance: $0) }
    }
}

/// One instance of a plugin.
@safe
struct PluginHandle: @unchecked Sendable {
    // @unchecked: the pointer means something to the plugin alone; `CallLane` makes its calls one at a time.
    private let code: PluginCode
    private let instance: OpaquePointer

    fileprivate init(code: PluginCode, instance: OpaquePointer) {
        self.code = code
        unsafe self.instance = unsafe instance
    }

    func handle(_ call: PluginCall) {
        switch call.payload {
        case .none: unsafe code.handle(instance, call.event, call.id, nil, 0)
        case .bytes(let bytes):
            unsafe bytes.withUnsafeBytes { unsafe code.handle(instance, call.event, call.id, $0.baseAddress, $0.count) }
        case .samples(let samples):
            unsafe samples.withUnsafeBytes {
                unsafe code.handle(instance, call.event, call.id, $0.baseAddress, $0.count)
            }
        }
    }

    func destroy() { unsafe code.destroy(instance) }
}

/// `voice_plugin_host.act` of every instance: the context says which.
private func actFromPlugin(
    _ context: UnsafeMutableRawPointer?, _ action: UInt32, _ id: UInt64, _ bytes: UnsafeRawPointer?, _ length: Int
) -> Int32 {
    guard let context = unsafe context else { return VOICE_ACT_STOP }
    let door = unsafe Unmanaged<ActDoor>.fromOpaque(context).takeUnretainedValue()
    guard unsafe bytes != nil || length == 0 else { return door.refuse() }
    return unsafe door.act(action, id, UnsafeRawBufferPointer(start: bytes, count: length))
}

// Brings a library's code into the process, by a private copy of its file: a rebuild under our feet cannot change what
// is mapped, and two builds of one path can be live at once. Never unloaded: Swift cannot survive `dlclose`.
internal import Glibc
internal import Support

/// The bytes of a library's file, checked as far as that goes without running any of it.
struct LibraryFile {
    /// As found.
    let path: String
    /// Of the content.
    let hash: UInt64
    private let bytes: [UInt8]

    init(_ path: String) throws(LoadError) {
        self.path = path
        do throws(FileError) {
            // Non-blocking for the sake of a pipe in its place, which is refused on the next line.
            let file = try OpenFile(path, O_RDONLY | O_NONBLOCK)
            // On the open file, so that nobody can put another one in its place.
            try Self.refuseUntrusted(try file.status())
            bytes = try file.readAll(limit: 256 << 20)
        } catch {
            throw LoadError(error.isMissing ? "there is no library at \(path)" : "the library \(path): \(error.reason)")
        }
        do throws(LoadError) {
            _ = try ELFHeader(checking: bytes)
        } catch {
            throw LoadError("the library \(path) \(error)")
        }
        hash = Self.hash(bytes)
    }

    private static func refuseUntrusted(_ status: stat) throws(FileError) {
        guard status.st_mode & S_IFMT == S_IFREG else { throw FileError("it is not a regular file") }
        guard status.st_mode & (S_IWGRP | S_IWOTH) == 0 else {
            throw FileError("others than its owner may write to it; take that away with chmod go-w")
        }
    }

    /// FNV-1a's scheme over 8 bytes at a time: to tell builds apart, not to resist an attacker.
    private static func hash(_ bytes: [UInt8]) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        unsafe bytes.withUnsafeBytes { buffer in
            for offset in stride(from: 0, to: buffer.count & ~7, by: 8) {
                let word = unsafe buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                hash = (hash ^ word) &* 0x100_0000_01B3
                hash ^= hash >> 29
            }
        }
        for byte in bytes[(bytes.count & ~7)...] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return hash ^ UInt64(bytes.count)
    }

    /// The file's name without what every library's has: "Flite".
    var stem: String {
        var name = path.split(separator: "/").last.map(String.init) ?? path
        if name.hasSuffix(".so") { name.removeLast(3) }
        if name.hasPrefix("lib") { name.removeFirst(3) }
        return name
    }

    /// Maps a copy and gives the address of `symbol` in it. The copy is gone from the disk afterwards.
    func map(symbol: String) throws(LoadError) -> UnsafeMutableRawPointer {
        let copy = try copy()
        guard let image = unsafe copy.map() else {
            throw LoadError("the library \(path) cannot be loaded: \(Self.linkerError(instead: copy.path))")
        }
        guard let address = unsafe dlsym(image, symbol) else {
            throw LoadError("the library \(path) is no voiced plugin: it has no function \(symbol)")
        }
        return unsafe address
    }

    private func copy() throws(LoadError) -> PrivateCopy {
        do throws(FileError) {
            let copy = try PrivateCopy("lib\(stem)-\(String(hash, radix: 16)).so")
            try copy.write(bytes)
            return copy
        } catch {
            throw LoadError("the library \(path) cannot be copied for loading: \(error.reason)")
        }
    }

    /// What the dynamic linker says, without the name of a copy that nobody knows.
    private static func linkerError(instead copy: String) -> String {
        guard let text = unsafe dlerror() else { return "no reason given" }
        let reason = unsafe String(cString: text)
        return reason.hasPrefix("\(copy): ") ? String(reason.dropFirst(copy.utf8.count + 2)) : reason
    }
}

/// A file in a folder of its own that only we may enter; both end with the scope.
private struct PrivateCopy: ~Copyable {
    let path: String
    private let folder: String

    init(_ name: String) throws(FileError) {
        let temporary = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? ""
        var template = Array("\(temporary.isEmpty ? "/tmp" : temporary)/voiced-XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else { throw .last() }
        folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        path = "\(folder)/\(name)"
    }

    func write(_ bytes: [UInt8]) throws(FileError) {
        try OpenFile(path, O_WRONLY | O_CREAT | O_EXCL).writeAll(bytes)
    }

    /// A method, so that the file is there for as long as the linker reads it.
    func map() -> UnsafeMutableRawPointer? { unsafe dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE) }

    deinit {
        unsafe unlink(path)
        unsafe rmdir(folder)
    }
}

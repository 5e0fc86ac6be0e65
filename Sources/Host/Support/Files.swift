// The little that is needed of the file system: whole files, and their folders.
package import Glibc

/// Why a file could not be used.
package struct FileError: Error {
    /// It is not there, or a folder on the way to it is not.
    package let isMissing: Bool
    /// A phrase.
    package let reason: String

    package init(_ reason: String, isMissing: Bool = false) {
        self.reason = reason
        self.isMissing = isMissing
    }

    /// Of the call that has just failed.
    package static func last() -> FileError { FileError(lastError(), isMissing: errno == ENOENT || errno == ENOTDIR) }
}

/// The system's phrase for `errno`.
package func lastError() -> String { unsafe String(cString: strerror(errno)) }

/// An open file, closed at the end of its scope.
package struct OpenFile: ~Copyable {
    package let descriptor: Int32

    /// Opens `path`; what it creates is readable by its owner only.
    package init(_ path: String, _ flags: Int32 = O_RDONLY) throws(FileError) {
        let descriptor = unsafe open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .last() }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// What the system knows about it.
    package func status() throws(FileError) -> stat {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw .last() }
        return status
    }

    /// Reads on to the end; more than `limit` bytes are refused.
    package func readAll(limit: Int) throws(FileError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = unsafe read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .last() }
            guard count > 0 else { return bytes }
            bytes.append(contentsOf: chunk[..<count])
            guard bytes.count <= limit else { throw FileError("it is larger than \(limit) bytes") }
        }
    }

    /// Writes on from where it is.
    package func writeAll(_ bytes: [UInt8]) throws(FileError) {
        var done = 0
        while done < bytes.count {
            let count = unsafe bytes[done...].withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .last() }
            done += count
        }
    }
}

/// All of a file of at most `limit` bytes.
package func readFile(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
    let file = try OpenFile(path)
    return try file.readAll(limit: limit)
}

/// `path`, seen from the root.
package func absolutePath(_ path: String) -> String {
    guard !path.hasPrefix("/"), let folder = unsafe getcwd(nil, 0) else { return path }
    defer { unsafe free(folder) }
    return unsafe "\(String(cString: folder))/\(path)"
}

/// The folder that holds `path`.
package func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
}

// The libraries in this process. One that serves many entries is loaded once.
internal import Support

/// Every library that was loaded, by path and content.
package final class PluginShelf: Sendable {
    private struct Key: Hashable {
        var path: String
        var hash: UInt64
    }

    private let loaded = Locked<[Key: PluginLibrary]>([:])

    package init() {}

    /// The library at `path` as it is now: the one already here if the file has not changed, else a new one beside it.
    package func load(_ path: String) throws(LoadError) -> PluginLibrary {
        let file = try LibraryFile(path)
        let key = Key(path: path, hash: file.hash)
        // Under the lock: two entries of one library may be tried at the same time, and it is mapped only once.
        return try loaded.withLock { loaded throws(LoadError) in
            if let library = loaded[key] { return library }
            let library = try PluginLibrary(file)
            loaded[key] = library
            return library
        }
    }
}

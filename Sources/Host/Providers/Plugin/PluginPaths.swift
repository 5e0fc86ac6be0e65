// Where a library named in the manifest lies.
internal import Glibc
internal import Support

/// The folders that names of libraries are relative to.
package struct PluginPaths: Sendable {
    /// For a name with a slash in it: the manifest's folder.
    package var manifestFolder: String
    /// For a bare name: where the shipped plugins are, beside the executable.
    package var pluginFolder: String

    /// - Parameter manifest: the manifest's path.
    package init(manifest: String, pluginFolder: String = PluginPaths.executableFolder()) {
        manifestFolder = folder(of: absolutePath(manifest))
        self.pluginFolder = pluginFolder
    }

    /// `/a/b.so` as it is, `./b.so` from the manifest's folder, `Flite` as `libFlite.so` among the shipped ones.
    package func resolve(_ library: String) -> String {
        if library.hasPrefix("/") { return library }
        if library.contains("/") { return "\(manifestFolder)/\(library)" }
        return "\(pluginFolder)/lib\(library).so"
    }

    /// The folder of the running executable; the current one where the system does not tell.
    package static func executableFolder() -> String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count)
        guard count > 0 else { return "." }
        return folder(of: String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self))
    }
}

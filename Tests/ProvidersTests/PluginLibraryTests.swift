// Which libraries are taken, and what is said of the others.
import Foundation
import Testing

@testable import Conversation
@testable import Providers

@Suite struct PluginLibraryTests {
    @Test func aPluginInPlainCIsLoadedAndDescribed() throws {
        let workshop = try Workshop()
        let library = try PluginLibrary(path: workshop.build("echo", "-DECHO_FLAGS=VOICE_PLUGIN_MAY_BLOCK"))
        #expect(library.name == "Echo" && library.version == "1.2.3" && library.buildID == "test")
        #expect(library.slots == [.llm] && library.mayBlock && !library.cutsSpeech)
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        var flags: [String]
        var reason: String
        var testDescription: String { reason }
    }

    static let refusals: [Refusal] = [
        .init(
            flags: ["-DECHO_ABI=2"],
            reason:
                "was built for the plugin ABI 2, this voiced speaks 1; build it against this version's voice_plugin.h"),
        .init(
            flags: ["-DECHO_ENTRY=other_entry"], reason: "is no voiced plugin: it has no function voice_plugin_entry"),
        .init(flags: ["-DECHO_SPEECHLESS"], reason: "describes nothing for the plugin ABI 1"),
        .init(flags: ["-DECHO_SLOTS=0"], reason: "serves no slot this voiced knows"),
        .init(flags: ["-DECHO_SLOTS=64"], reason: "serves no slot this voiced knows"),
        .init(flags: ["-DECHO_DESTROY=NULL"], reason: "leaves out one of create, handle and destroy"),
        .init(flags: ["-DECHO_NAME=NULL"], reason: "has no sound name: 1 to 64 bytes of UTF-8 text"),
        .init(flags: ["-DECHO_NAME=\"\""], reason: "has no sound name: 1 to 64 bytes of UTF-8 text"),
        .init(flags: ["-DECHO_NAME=\"\\xff\""], reason: "has no sound name: 1 to 64 bytes of UTF-8 text"),
        .init(flags: ["-DECHO_NAME=\"a\\033b\""], reason: "has no sound name: 1 to 64 bytes of UTF-8 text"),
        .init(
            flags: ["-DECHO_NAME=\"\(String(repeating: "n", count: 65))\""],
            reason: "has no sound name: 1 to 64 bytes of UTF-8 text"),
    ]

    @Test(arguments: refusals) func aWrongPluginIsRefusedWithASentence(_ refusal: Refusal) throws {
        let workshop = try Workshop()
        let path = try workshop.build("echo", flags: refusal.flags)
        let error = #expect(throws: LoadError.self) { try PluginLibrary(path: path) }
        #expect(error?.description == "the library \(path) \(refusal.reason)")
    }

    @Test func aLibraryWhoseOwnSymbolsAreMissingSaysWhich() throws {
        let workshop = try Workshop()
        let path = try workshop.build("echo", "-DECHO_UNDEFINED", "-DECHO_DESTROY=nobody_has_this")
        let error = try #require(#expect(throws: LoadError.self) { try PluginLibrary(path: path) })
        #expect(error.description.hasPrefix("the library \(path) cannot be loaded: undefined symbol"))
    }

    /// Any shorter file than the headers promise would kill the process in the dynamic linker.
    @Test func aTruncatedFileIsRefusedAtEveryLength() throws {
        let workshop = try Workshop()
        let whole = try Data(contentsOf: URL(filePath: workshop.build("echo")))
        for count in Array(stride(from: 4, to: whole.count, by: 499)) + [whole.count / 2, whole.count - 1] {
            let path = try workshop.write(whole.prefix(count), to: "short.so")
            let error = try #require(#expect(throws: LoadError.self) { try PluginLibrary(path: path) })
            #expect(error.description.hasPrefix("the library \(path) is cut short"), "at \(count) bytes")
        }
    }

    @Test func whatIsNoLibraryIsRefused() throws {
        let workshop = try Workshop()
        let cases: [(bytes: [UInt8], reason: String)] = [
            (Array("#!/bin/sh\necho hello\n".utf8), "is not a shared library"),
            ([], "is not a shared library"),
            ([0x7F, 0x45, 0x4C, 0x46, 1, 1] + [UInt8](repeating: 0, count: 100), "is not a 64-bit shared library"),
        ]
        for (bytes, reason) in cases {
            let path = try workshop.write(bytes, to: "wrong.so")
            let error = #expect(throws: LoadError.self) { try PluginLibrary(path: path) }
            #expect(error?.description == "the library \(path) \(reason)")
        }
        let garbage = try workshop.write(
            [0x7F, 0x45, 0x4C, 0x46, 2, 1] + [UInt8](repeating: 0xFF, count: 90), to: "g.so")
        #expect(throws: LoadError.self) { try PluginLibrary(path: garbage) }
    }

    @Test func whereItIsNotIsSaid() throws {
        let error = #expect(throws: LoadError.self) { try PluginLibrary(path: "/nowhere/libX.so") }
        #expect(error?.description == "there is no library at /nowhere/libX.so")
    }

    @Test(arguments: [0o775, 0o757, 0o777]) func whatOthersMayWriteToIsNotTrusted(_ mode: Int) throws {
        let workshop = try Workshop()
        let path = try workshop.build("echo")
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        let error = #expect(throws: LoadError.self) { try PluginLibrary(path: path) }
        #expect(
            error?.description
                == "the library \(path): others than its owner may write to it; take that away with chmod go-w")
    }

    @Test func aFolderOrAPipeIsNotALibrary() throws {
        let workshop = try Workshop()
        let folder = #expect(throws: LoadError.self) { try PluginLibrary(path: workshop.folder) }
        #expect(folder?.description == "the library \(workshop.folder): it is not a regular file")
        let pipe = "\(workshop.folder)/pipe.so"
        #expect(mkfifo(pipe, 0o600) == 0)
        let error = #expect(throws: LoadError.self) { try PluginLibrary(path: pipe) }
        #expect(error?.description == "the library \(pipe): it is not a regular file")
    }

    @Test func namesAreResolvedAsTheManifestMeansThem() {
        let paths = PluginPaths(manifest: "/etc/voiced/plugins.json", pluginFolder: "/usr/lib/voiced")
        #expect(paths.resolve("Flite") == "/usr/lib/voiced/libFlite.so")
        #expect(paths.resolve("/opt/mine.so") == "/opt/mine.so")
        #expect(paths.resolve("./libMine.so") == "/etc/voiced/./libMine.so")
        #expect(paths.resolve("mine/lib.so") == "/etc/voiced/mine/lib.so")
        #expect(PluginPaths.executableFolder().hasPrefix("/"))
    }

    @Test func oneLibraryIsLoadedOnceUntilItChanges() throws {
        let workshop = try Workshop()
        let shelf = PluginShelf()
        let path = try workshop.build("echo")
        let first = try shelf.load(path)
        #expect(try shelf.load(path) === first)
        try workshop.build("echo", "-DECHO_BUILD=\"new\"")
        let second = try shelf.load(path)
        #expect(second !== first && second.buildID == "new" && first.buildID == "test")
    }
}

// swift-tools-version: 6.2
import PackageDescription

// Every folder under Sources/Host is a target, so that an import in the wrong direction does not compile
// (docs/architecture.md draws the arrows). Plugins are two targets each: Core holds the logic and is linked into the
// unit tests, Entry is the one exported function and becomes the shared object.

let testing: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]
let strict = testing + [.strictMemorySafety()]

func library(_ name: String, _ path: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: path, swiftSettings: strict)
}

func host(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    library(name, "Sources/Host/\(name)", dependencies)
}

func system(_ name: String, pkgConfig: String? = nil) -> Target {
    .systemLibrary(name: name, path: "Sources/System/\(name)", pkgConfig: pkgConfig)
}

/// One provider plugin: `lib<name>.so` beside the executable.
struct Plugin {
    let name: String
    var libraries: [Target.Dependency] = []

    var product: Product { .library(name: name, type: .dynamic, targets: [name]) }

    var targets: [Target] {
        [
            library("\(name)Core", "Sources/Plugins/\(name)/Core", ["PluginSDK", "JSON"] + libraries),
            library(
                name, "Sources/Plugins/\(name)/Entry",
                ["PluginSDK", "CVoicePlugin", .target(name: "\(name)Core")]),
        ]
    }
}

let plugins = [
    Plugin(name: "PocketSphinx", libraries: ["CPocketSphinx"]),
    Plugin(name: "Flite", libraries: ["CFlite"]),
    Plugin(name: "Rehearsal"),
    Plugin(name: "WindowMemory"),
]

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: dependencies, path: "Tests/\(name)Tests", resources: resources,
        swiftSettings: testing)
}

let package = Package(
    name: "voiced",
    products: [.executable(name: "voiced", targets: ["voiced"])] + plugins.map(\.product),
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
    ],
    targets: [
        // The plugin boundary.
        .target(name: "CVoicePlugin", path: "Sources/PluginABI"),
        library("JSON", "Sources/JSON"),
        library("PluginSDK", "Sources/PluginSDK", ["CVoicePlugin", "JSON"]),

        // C libraries and the few lines Swift cannot import.
        system("CWebSockets"), system("CFlite"), system("CSpeexDSP"), system("CWebRTCVAD"),
        // Its headers include each other without their folders.
        system("CPocketSphinx", pkgConfig: "pocketsphinx"),
        .target(
            name: "CTerminal", path: "Sources/System/CTerminal",
            linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
        .target(name: "CSupport", path: "Sources/System/CSupport"),

        // The host, from the bottom up.
        host("Support", ["CSupport"]),
        host("Conversation"),
        host("Audio", ["Conversation", "CSpeexDSP", "CWebRTCVAD"]),
        host("Network", ["Support", "CWebSockets"]),
        host("Providers", ["Conversation", "Support", "JSON", "CVoicePlugin"]),
        host("Observation", ["Conversation", "Support", "JSON"]),
        host("Dashboard", ["Observation", "Conversation", "Support", "CTerminal"]),
        .executableTarget(
            name: "voiced",
            dependencies: [
                "Audio", "Conversation", "CPage", "Dashboard", "JSON", "Network", "Observation", "Providers", "Support",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Sources/Host/App", exclude: ["Page"], swiftSettings: strict),
        .target(name: "CPage", path: "Sources/Host/App/Page", exclude: ["index.html"]),
    ]
        + plugins.flatMap(\.targets)
        + [
            tests(
                "App", ["voiced", "Audio", "Conversation", "JSON", "Network", "Observation", "Providers", "Support"]),
            tests("Audio", ["Audio", "Conversation"]),
            tests("Conversation", ["Conversation"]),
            tests("JSON", ["JSON"]),
            tests(
                "Plugin",
                ["JSON", "PluginSDK", "Support", "FliteCore", "PocketSphinxCore", "RehearsalCore", "WindowMemoryCore"]),
            tests("Network", ["Network", "Support"]),
            tests("Providers", ["Providers", "Conversation", "Support", "JSON"], resources: [.copy("Plugins")]),
            tests("Support", ["Support"]),
            tests("Observation", ["Observation", "Conversation"]),
            tests(
                "Dashboard", ["Dashboard", "Observation", "Conversation"],
                resources: [.copy("Golden"), .copy("Fixtures")]),
        ]
)

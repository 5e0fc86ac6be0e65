// Who is let in, and what is served beside calls.
import Conversation
import Network
import Observation
import Support
import Testing

@testable import Providers
@testable import voiced

@Suite struct FrontDoorTests {
    /// A door behind which there is room for nobody: who may come in is told 503, who may not 403, and no session begins.
    private func door() async -> FrontDoor {
        let timers = Timers()
        let clock = ServerClock()
        let manifest = Manifest(path: "plugins.json", text: "{}", sections: ManifestReader.Sections())
        let setup = ProviderSetup(paths: PluginPaths(manifest: "plugins.json"), environment: [:], timers: timers)
        let bus = EventBus()
        let directory = SessionDirectory(
            SessionDirectory.Setting(
                registry: await ProviderRegistry(manifest, setup), settings: ConversationSettings(), persona: Persona(),
                clock: clock, timers: timers, bus: bus, lines: ServerLines(), maxSessions: 0))
        return FrontDoor(directory: directory, bus: bus, clock: clock)
    }

    private func request(_ path: String, _ headers: [String: String] = [:]) -> HTTPRequest {
        HTTPRequest(method: "GET", path: path, query: nil, headers: headers, peer: "127.0.0.1")
    }

    private func status(_ decision: UpgradeDecision) -> Int {
        if case .refuse(let response) = decision { response.status } else { 101 }
    }

    @Test(
        "pages of other sites stay outside",
        arguments: [
            (nil, "127.0.0.1:8080", true),
            ("http://127.0.0.1:8080", "127.0.0.1:8080", true),
            ("https://voiced.example", "voiced.example", true),
            ("HTTP://LocalHost:8080", "localhost:8080", true),
            ("http://[::1]:8080", "[::1]:8080", true),
            ("http://127.0.0.1:9090", "127.0.0.1:8080", false),
            ("http://127.0.0.1", "127.0.0.1:8080", false),
            ("http://evil.example", "127.0.0.1:8080", false),
            ("null", "127.0.0.1:8080", false),
            ("", "127.0.0.1:8080", false),
            ("http://localhost.:8080", "localhost:8080", false),
            ("http://localhost:8080.evil.example", "localhost:8080", false),
            ("http://evil.localhost:8080", "localhost:8080", false),
            ("http://localhost:8080@evil.example", "localhost:8080", false),
            ("http://evil.example@localhost:8080", "localhost:8080", false),
            ("http://localhost:8080/", "localhost:8080", false),
            ("file://localhost:8080", "localhost:8080", false),
            ("http://localhost:8080, http://evil.example", "localhost:8080", false),
            ("http://", nil, false),
        ] as [(String?, String?, Bool)])
    func origins(origin: String?, host: String?, isLetIn: Bool) async {
        var headers: [String: String] = [:]
        headers["origin"] = origin
        headers["host"] = host
        for path in ["/", "/ws"] {
            #expect(status(await door().decide(request(path, headers))) == (isLetIn ? 503 : 403))
        }
    }

    @Test(arguments: ["/ws/", "/WS", "/x", "//", "/%77s", "*"]) func callsAreTakenInTwoPlaces(path: String) async {
        #expect(status(await door().decide(request(path))) == 404)
    }

    @Test func theOtherPages() async {
        let door = await door()
        let page = door.respond(to: request("/"))
        #expect(page.status == 200 && page.contentType == "text/html; charset=utf-8" && page.body.count > 1_000)
        #expect(page.headers.contains { $0.0 == "Content-Security-Policy" })
        #expect(door.respond(to: request("/healthz")).status == 200)
        #expect(door.respond(to: request("/readyz")).status == 200)
        #expect(door.respond(to: request("/../etc/passwd")).status == 404)
        door.close()
        #expect(door.respond(to: request("/readyz")).status == 503)
        #expect(door.respond(to: request("/healthz")).status == 200)
        #expect(status(door.decide(request("/ws"))) == 503)
    }
}

// `voiced call`: a caller that speaks a recording and listens to the answer.
internal import ArgumentParser
internal import Audio
internal import Conversation
internal import Glibc
internal import Network
internal import Support

struct Call: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Call a server: speak a recording, print the conversation, keep the answer.",
        discussion: """
            Speaks at real time in the classic dialect (docs/protocol.md) and checks that the server keeps to it. Ends when \
            the answer to the last words has been heard. Times are those since the connection was opened.
            """)

    @Argument(help: ArgumentHelp("The recording: 16-bit PCM, any rate from 8 to 48 kHz.", valueName: "file.wav"))
    var recording: String
    @Option(help: "The server's WebSocket.")
    var url = "ws://127.0.0.1:8080/ws"
    @Option(help: "Where to write what was heard, as a WAV file.")
    var output = "answer.wav"
    @Option(help: "Seconds to wait while nothing happens.")
    var patience = 20.0
    @Option(help: "Send interrupt so many seconds after the connection was opened.")
    var interruptAt: Double?

    func validate() throws {
        guard patience > 0, patience <= 3_600 else {
            throw ValidationError("--patience is a number of seconds up to 3600")
        }
        if let interruptAt, !(0...86_400).contains(interruptAt) {
            throw ValidationError("--interrupt-at is a number of seconds, 0 or more")
        }
    }

    func run() async throws {
        let samples: [Int16]
        let address: WebSocketURL
        do {
            samples = try Self.read(recording)
            address = try WebSocketURL(url)
        } catch {
            throw refusal("\(error)")
        }
        let plan = Caller.Plan(
            recording: .samples(samples.count, rate: Microphone.rate),
            endOfSpeech: .samples(EndOfSpeech.sample(in: samples), rate: Microphone.rate),
            patience: .seconds(patience), interruptAt: interruptAt.map { .seconds($0) })
        let call = PhoneCall(samples, plan: plan)
        let breakOff = call.breakOff
        Signals.watch { _ in breakOff() }
        do throws(CallError) {
            try await call.run(to: address) { line in
                print(line)
                _ = fflush(nil)
            }
        } catch {
            throw refusal(error.description)
        }
        try finish(call.caller)
    }

    private func finish(_ caller: Caller) throws {
        print(caller.report.summary(heard: caller.audio.length))
        do {
            if let answer = try caller.audio.recording() {
                let file = try OpenFile(output, O_WRONLY | O_CREAT | O_TRUNC)
                try file.writeAll(answer.bytes)
                print("the answer is in \(output)")
            }
        } catch let error as FileError {
            throw refusal("\(output) cannot be written: \(error.reason)")
        }
        if let problem = caller.report.problem { throw refusal(problem) }
    }

    /// The recording at 16 kHz.
    private static func read(_ path: String) throws(CallError) -> [Int16] {
        do {
            let file = try WaveFile(readFile(path, limit: 512 * 1024 * 1024))
            guard !file.samples.isEmpty else { throw CallError("\(path): there is nothing in this recording") }
            let resampler = try Resampler(from: file.sampleRate, to: Microphone.rate)
            return resampler.process(file.samples) + resampler.flush()
        } catch let error as FileError {
            throw CallError("\(path) cannot be read: \(error.reason)")
        } catch let error as CallError {
            throw error
        } catch {
            throw CallError("\(path): \(error)")
        }
    }

    private func refusal(_ sentence: String) -> ExitCode {
        printError("voiced: \(sentence)")
        return .failure
    }
}

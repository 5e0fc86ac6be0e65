import Network
import Support
import Testing

extension NetworkTests {
    @Suite struct Queues {
        /// Sends until nothing is taken any more, which is when the kernel and the library are full as well: when the
        /// queue has been full without a break for so long that the loop must have had its turn. Returns how many.
        private func fill(_ connection: Connection, _ message: (Int) -> OutgoingMessage) async -> Int {
            var sent = 0
            var refusals = 0
            _ = await eventually {
                while connection.send(message(sent)), sent < 100_000 {
                    sent += 1
                    refusals = 0
                }
                refusals += 1
                return refusals > 100 ? true : nil
            }
            return sent
        }

        @Test func nothingOfADiscardedReplyFollowsTheMessageThatEndsIt() async throws {
            let recorder = Recorder()
            try await serving(recorder) { port in
                let client = try Client(port: port, receiveBuffer: 4096)
                try client.handshake()
                let connection = try #require(await eventually { recorder.connection })
                // More than the kernel takes, so that a part waits here.
                #expect(connection.send(.text("begin")))
                let sent = await fill(connection) { _ in .binary([UInt8](repeating: 7, count: 4000), tag: 7) } * 4000
                #expect(connection.send(.text("between")))
                let forgotten = connection.discard(tag: 7, then: .text("cut"))
                #expect(forgotten > 500_000)
                #expect(connection.send(.binary([8], tag: 8)))

                #expect(try client.frame().text == "begin")
                var received = 0
                var frame = try client.frame()
                while frame.opcode == 2 {
                    received += frame.payload.count
                    frame = try client.frame()
                }
                #expect(frame.text == "between")
                #expect(try client.frame().text == "cut")
                #expect(received + forgotten == sent)
                #expect(try client.frame() == .binary([8]))
                #expect(connection.discard(tag: 7, then: nil) == 0)
            }
        }

        @Test func aFullQueueSaysNoAndLosesNothing() async throws {
            let recorder = Recorder()
            try await serving(recorder, { $0.sockets.maxQueuedBytes = 100_000 }) { port in
                let client = try Client(port: port, receiveBuffer: 64 * 1024)
                try client.handshake()
                let connection = try #require(await eventually { recorder.connection })
                let sent = await fill(connection) { index in
                    .binary([UInt8](repeating: UInt8(index & 255), count: 1000), tag: 1)
                }
                #expect(sent > 100 && sent < 100_000)
                #expect(connection.queuedBytes <= 100_000)
                for index in 0..<sent {
                    let frame = try client.frame()
                    guard frame.payload.count == 1000, frame.payload[0] == UInt8(index & 255) else {
                        Issue.record("message \(index) is \(frame)")
                        break
                    }
                }
                #expect(await eventually { connection.queuedBytes == 0 ? true : nil } == true)
                #expect(connection.send(.text("more")))
                #expect(try client.frame().text == "more")
            }
        }

        @Test func aClientThatDoesNotReadIsLetGo() async throws {
            let recorder = Recorder()
            try await serving(recorder, { $0.sockets.slowTimeout = .milliseconds(300) }) { port in
                let client = try Client(port: port, receiveBuffer: 4096)
                try client.handshake()
                let connection = try #require(await eventually { recorder.connection })
                _ = await eventually {
                    while connection.send(.binary([UInt8](repeating: 1, count: 60_000), tag: 1)) {}
                    return recorder.closings.first
                }
                #expect(recorder.closings == [.tooSlow])
                #expect(connection.queuedBytes == 0)
            }
        }
    }
}

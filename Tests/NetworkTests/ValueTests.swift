import Testing

@testable import Network

@Suite struct OutgoingQueueTests {
    @Test func orderAndBoundsHold() {
        var queue = OutgoingQueue(limit: 10)
        let messages: [OutgoingMessage] = [.text("12345"), .binary([1, 2, 3, 4, 5], tag: 1), .text("6")]
        #expect(messages.map { queue.append($0) } == [true, true, false])
        #expect(queue.bytes == 10)
        #expect(drained(&queue) == Array(messages[..<2]))
        #expect(queue.bytes == 0)
        // One message larger than the limit is not stuck for ever, but nothing comes with it.
        let large = OutgoingMessage.text("123456789012")
        #expect([large, large].map { queue.append($0) } == [true, false])
        #expect(drained(&queue) == [large])
    }

    @Test func discardTakesOneTagAndAlwaysAppends() {
        var queue = OutgoingQueue(limit: 8)
        let messages: [OutgoingMessage] = [
            .binary([1], tag: 1), .text("a"), .binary([2, 2], tag: 2), .binary([3], tag: 1),
        ]
        #expect(messages.map { queue.append($0) } == [true, true, true, true])
        let first = queue.next()
        let forgotten = queue.discard(tag: 1, then: .text("longer than all"))
        #expect(first == messages[0] && forgotten == 1 && queue.bytes == 18)
        #expect(drained(&queue) == [messages[1], messages[2], .text("longer than all")])
        let again = queue.discard(tag: 1, then: nil)
        #expect(again == 0 && queue.isEmpty && queue.bytes == 0)
    }

    @Test func thousandsInAndOut() {
        var queue = OutgoingQueue(limit: 1_000_000)
        var expected = 0
        for number in 0..<10_000 {
            guard queue.append(.text("\(number)")) else {
                Issue.record("refused \(number)")
                return
            }
            // Taken more slowly than added, so that the cleared part and the rest both move.
            if number % 3 != 0, queue.next() == .text("\(expected)") { expected += 1 }
        }
        #expect(expected == 6666)
        #expect(drained(&queue) == (expected..<10_000).map { .text("\($0)") })
        #expect(queue.isEmpty && queue.bytes == 0)
    }

    private func drained(_ queue: inout OutgoingQueue) -> [OutgoingMessage] {
        var messages: [OutgoingMessage] = []
        while let message = queue.next() { messages.append(message) }
        return messages
    }
}

@Suite struct HTTPHeadTests {
    private func read(_ text: String) -> HTTPHead.Reading { HTTPHead.read(Array(text.utf8)) }

    @Test func aRequestIsRead() throws {
        let text = "GET /a%20b?c=d?e HTTP/1.1\r\nHost: x\r\nACCEPT:  y \r\nAccept: z\r\nConnection: Foo, close\r\n\r\n"
        guard case .complete(let head, let length) = read(text + "rest") else {
            Issue.record("not read")
            return
        }
        #expect(length == text.utf8.count)
        #expect(head.method == "GET" && head.path == "/a%20b" && head.query == "c=d?e")
        #expect(head.headers == ["host": "x", "accept": "y, z", "connection": "Foo, close"])
        #expect(!head.keepsAlive && !head.hasBody)
    }

    @Test func everyPrefixIsIncomplete() {
        let text = "GET / HTTP/1.1\r\nHost: x\r\nA:\r\n\r\n"
        for count in 0..<text.utf8.count { #expect(HTTPHead.read(Array(text.utf8.prefix(count))) == .incomplete) }
        if case .complete = read(text) {} else { Issue.record("not complete") }
    }

    @Test(arguments: [
        "\r\n\r\n", "GET /\r\n\r\n", "GET  / HTTP/1.1\r\nHost: x\r\n\r\n", "G@T / HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\nA: b\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\n: b\r\n\r\n",
    ])
    func whatIsUnclearIsRefused(text: String) {
        guard case .refused(let status, _) = read(text) else {
            Issue.record("read: \(text)")
            return
        }
        #expect(status == 400)
    }

    @Test func sizesAreBounded() {
        let long = "GET / HTTP/1.1\r\nHost: x\r\nA: \(String(repeating: "a", count: 17_000))"
        guard case .refused(431, _) = read(long) else {
            Issue.record("not refused")
            return
        }
        let many = String(repeating: "A: b\r\n", count: 101)
        guard case .refused(431, _) = read("GET / HTTP/1.1\r\nHost: x\r\n\(many)\r\n") else {
            Issue.record("not refused")
            return
        }
    }
}

import Testing

@testable import voiced

@Suite struct InboxTests {
    @Test func aBurstComesAsOne() async {
        let inbox = Inbox<Int>()
        for number in 0..<1_000 { inbox.put(number) }
        #expect(await inbox.next() == Array(0..<1_000))
        inbox.put(7)
        #expect(await inbox.next() == [7])
    }

    @Test func whatIsInItComesBeforeTheEnd() async {
        let inbox = Inbox<Int>()
        inbox.put(1)
        inbox.close()
        inbox.put(2)
        #expect(await inbox.next() == [1])
        #expect(await inbox.next() == [])
        #expect(await inbox.next() == [])
    }

    @Test func closingWakesTheOneWhoWaits() async {
        let inbox = Inbox<Int>()
        async let waiting = inbox.next()
        await Task.yield()
        inbox.close()
        #expect(await waiting == [])
    }

    @Test func nothingIsLostOrTurnedRoundBetweenThreads() async {
        let inbox = Inbox<(Int, Int)>()
        var last = [-1, -1, -1, -1]
        await withTaskGroup(of: Void.self) { group in
            for writer in last.indices {
                group.addTask { for number in 0..<5_000 { inbox.put((writer, number)) } }
            }
            var count = 0
            while count < 20_000 {
                for (writer, number) in await inbox.next() {
                    #expect(number == last[writer] + 1)
                    last[writer] = number
                    count += 1
                }
            }
        }
        #expect(last == [4_999, 4_999, 4_999, 4_999])
    }
}

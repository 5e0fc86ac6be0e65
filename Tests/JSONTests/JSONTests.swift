// The parser that reads what strangers send and what operators edit, and the writer that answers them.
import Testing

@testable import JSON

@Suite struct JSONTests {
    static let values: [(String, JSON)] = [
        ("null", .null), ("true", true), (" false ", false), ("0", 0), ("-12.5e1", -125), ("\"\"", ""),
        (#""a\"\\\/\b\f\n\r\té\ud83d\ude00""#, .string("a\"\\/\u{8}\u{C}\n\r\té😀")), ("[]", []), ("{}", [:]),
        (#"[1,[2,{"a":null}]]"#, [1, [2, ["a": .null]]]), (#"{"a":1,"b":{"c":"d"}}"#, ["a": 1, "b": ["c": "d"]]),
    ]

    @Test(arguments: values)
    func reads(text: String, value: JSON) throws {
        #expect(try JSON(parsing: text) == value)
        #expect(try JSON(parsing: value.text) == value, "and writes it so that it reads the same")
    }

    @Test(arguments: [
        ("", "line 1, column 1: the document ends where a value was expected"),
        ("{\n  \"a\" 1}", "line 2, column 7: expected ':' after the key \"a\""),
        ("{\"a\":1,\n\"a\":2}", "line 2, column 1: the key \"a\" is there twice"),
        ("[1 2]", "line 1, column 4: expected ',' or ']'"), ("{\"a\":1", "line 1, column 7: expected ',' or '}'"),
        ("{a:1}", "line 1, column 2: expected a key in double quotes"),
        ("[1,]", "line 1, column 4: expected a value"), ("nul", "line 1, column 1: expected a value"),
        ("NaN", "line 1, column 1: expected a value"),
        ("01", "line 1, column 2: something follows the end of the document"),
        ("1.", "line 1, column 3: expected a digit"), ("1e999", "line 1, column 1: the number is too large"),
        ("\"a", "line 1, column 1: the string is not closed"),
        ("\"a\nb\"", "line 1, column 3: a control character inside a string"),
        (#""\q""#, "line 1, column 3: an unknown escape"), (#""\ud83d""#, "line 1, column 4: half of a surrogate pair"),
        (#""\ud83d\u0041""#, "line 1, column 4: half of a surrogate pair"),
        (#""\u00g0""#, "line 1, column 6: expected four hexadecimal digits"),
        ("{} x", "line 1, column 4: something follows the end of the document"),
    ])
    func refuses(text: String, complaint: String) {
        #expect(throws: JSONError.self) { try JSON(parsing: text) }
        do { _ = try JSON(parsing: text) } catch { #expect(error.description == complaint) }
    }

    @Test func refusesBytesThatAreNotUTF8() {
        #expect(throws: JSONError.self) { try JSON(parsing: [0x22, 0xC3, 0x28, 0x22] as [UInt8]) }
        #expect(throws: JSONError.self) { try JSON(parsing: [0x22, 0xED, 0xA0, 0x80, 0x22] as [UInt8]) }
    }

    @Test func keepsToItsLimits() throws {
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: JSONError.self) { try JSON(parsing: deep, limits: JSONLimits(bytes: 1 << 20)) }
        let fits = String(repeating: "[", count: 32) + String(repeating: "]", count: 32)
        #expect(try JSON(parsing: fits).array?.count == 1)
        #expect(throws: JSONError.self) { try JSON(parsing: "[" + fits + "]") }
        let keys = (0..<65).map { "\"k\($0)\":0" }.joined(separator: ",")
        #expect(throws: JSONError.self) { try JSON(parsing: "{\(keys)}") }
        #expect(throws: JSONError.self) { try JSON(parsing: "\"" + String(repeating: "a", count: 16 * 1024) + "\"") }
    }

    @Test func survivesEveryTruncationAndEveryChangedByte() {
        let text = #"{"type":"interrupt","list":[1,-2.5e3,true,null,"\u00e9\n"],"o":{"k":"v"}}"#
        let bytes = Array(text.utf8)
        for length in 0..<bytes.count {
            #expect(throws: JSONError.self) { try JSON(parsing: bytes.prefix(length)) }
        }
        for index in bytes.indices {
            for byte: UInt8 in [0, 0x22, 0x5C, 0x7B, 0x7D, 0xFF] {
                var changed = bytes
                changed[index] = byte
                // Whatever comes of it, it comes back.
                _ = try? JSON(parsing: changed)
            }
        }
    }

    @Test func findsTheLineOfAValue() {
        let text = """
            {
              "pipeline": { "llm": ["grok"] },
              "plugins": {
                "grok": {
                  "slot": "llm",
                  "settings": { "model": "x",
                                "slot": 1 }
                },
                "other": { "slot": "stt" }
              }
            }
            """
        #expect(JSON.line(of: ["plugins", "grok", "slot"], in: text) == 5)
        #expect(JSON.line(of: ["plugins", "grok", "settings", "slot"], in: text) == 7)
        #expect(JSON.line(of: ["plugins", "other", "slot"], in: text) == 9)
        #expect(JSON.line(of: ["plugins", "grok", "library"], in: text) == 4, "the nearest value that is there")
        #expect(JSON.line(of: ["persona"], in: text) == 1)
    }

    @Test func writesOneLineWhateverTheWords() {
        let text = JSON.string("a\nb\u{2028}c\u{1B}[2J\u{9B}d\u{7F}").text
        #expect(text == #""a\nb\u2028c\u001b[2J\u009bd\u007f""#)
        #expect(JSON.number(.infinity).text == "null")
        #expect(JSON.number(0.1).text == "0.1")
        #expect((["b": 1, "a": [true, .null]] as JSON).text == #"{"b":1,"a":[true,null]}"#)
    }
}

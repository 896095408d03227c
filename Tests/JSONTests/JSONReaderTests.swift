import JSON
import Testing
import Values

@Suite struct JSONReaderTests {
  /// A type as SpecGen writes it.
  struct Note: JSONDecodable, Equatable {
    var title: String
    var count: Int?
    var tags: [String] = []
    var color: Presence<String> = .absent

    static func decode(from json: inout JSONReader) -> Note? {
      guard json.beginObject() else { return nil }
      var title: String?
      var count: Int??
      var tags: [String] = []
      var color = Presence<String>.absent
      while let key = json.nextMember() {
        switch key {
        case "title": title = json.string(minLength: 2, maxLength: 4)
        case "count": count = json.nullable { $0.integer(minimum: 0) }
        case "tags":
          tags =
            json.uniqueArray(maxItems: 2) { json in
              json.string(pattern: Pattern("^[a-z]+$"))
            } ?? []
        case "color": color = json.presence { $0.string() }
        default: json.refuseMember()
        }
      }
      guard let title, let count else { return json.missing("title", "count") }
      return Note(title: title, count: count, tags: tags, color: color)
    }
  }

  func read<Value: JSONDecodable>(_ text: String, as type: Value.Type = Value.self) throws(JSONReadError) -> Value {
    try JSONReader.read(type, from: Array(text.utf8))
  }

  func faults(_ text: String) -> [String] {
    do throws(JSONReadError) {
      _ = try read(text, as: Note.self)
      return []
    } catch {
      guard case .faults(let faults) = error else { return ["\(error)"] }
      return faults.map { "\($0.pointer) \($0.code)" }
    }
  }

  @Test("A valid object is read, in any order and with escapes in names")
  func reads() throws {
    let note = try read(
      #" { "count" : null , "t\u0069tle":"a\ud83d\ude00b", "tags":["x","y"], "color":null } "#, as: Note.self)
    #expect(note == Note(title: "a😀b", count: nil, tags: ["x", "y"], color: .null))
  }

  @Test(
    "Every fault is told with its pointer and code",
    arguments: [
      (#"{}"#, ["/title required", "/count required"]),
      (
        #"{"title":"a","count":-1,"x":[{"a":1}],"tags":["A","b","c"]}"#,
        ["/title min-length", "/count minimum", "/x unknown-member", "/tags/0 pattern", "/tags max-items"]
      ),
      (#"{"title":null,"count":1.5,"tags":["b","b"]}"#, ["/title null", "/count type", "/tags unique-items"]),
      (#"{"title":"ab","title":"abc","count":1}"#, ["/title duplicate-member"]),
      (#"{"title":"ab","t\u0069tle":"abc","count":1}"#, ["/title duplicate-member"]),
      (#"{"title":"abcde","count":1e2,"a/b~c":0}"#, ["/title max-length", "/a~1b~0c unknown-member"]),
      (#"{"title":"ééé","count":9223372036854775808}"#, ["/count maximum"]),
      (#"[]"#, [" type"]),
    ])
  func tellsFaults(text: String, expected: [String]) {
    #expect(faults(text) == expected)
  }

  @Test(
    "A syntax error has its line and column",
    arguments: [
      ("{\n  \"é\": x}", 2, 8), ("[1,]", 1, 4), ("[1 2]", 1, 4), ("{} {}", 1, 4), ("", 1, 1), ("[\"\\ud800\"]", 1, 3),
      ("[01]", 1, 3), ("[1.]", 1, 4), ("nul", 1, 1), ("[\"a\tb\"]", 1, 4),
    ])
  func tellsPlaces(text: String, line: Int, column: Int) {
    #expect {
      try read(text, as: JSONValue.self)
    } throws: {
      guard case .syntax(let error)? = $0 as? JSONReadError else { return false }
      return error.line == line && error.column == column
    }
  }

  @Test(
    "Bytes that are not UTF-8 are refused",
    arguments: [[0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80], [0xC3]])
  func refusesOtherEncodings(bytes: [UInt8]) {
    #expect(throws: JSONReadError.self) {
      try JSONReader.read(JSONValue.self, from: [0x22] + bytes + [0x22])
    }
  }

  /// Texts are looked at eight bytes at a time, and what a byte is must not depend on those beside it.
  @Test(
    "A quote, an escape and a control character are seen wherever they stand, whatever stands beside them",
    arguments: ["a", "!", "#", "[", "]", " ", "\u{7F}", "\u{A0}", "\u{A2}", "\u{DC}", "€", "😀"])
  func specialBytes(neighbour: Character) throws {
    for count in 0..<20 {
      let before = String(repeating: neighbour, count: count)
      for behind in ["", "\(neighbour)", String(repeating: neighbour, count: 17)] {
        #expect(try read("\"\(before)\"", as: String.self) == before)
        for (escape, meaning) in [("\\n", "\n"), ("\\\\", "\\"), ("\\\"", "\""), ("\\u00e9", "é")] {
          #expect(
            try read("\"\(before)\(escape)\(escape)\(behind)\"", as: String.self) == before + meaning + meaning + behind
          )
        }
        for control in ["\u{0}", "\u{1F}", "\n"] {
          #expect(throws: JSONReadError.self) { try read("\"\(before)\(control)\(behind)\"", as: String.self) }
        }
      }
    }
  }

  @Test("Arrays may stand in one another up to the limit")
  func depth() throws {
    let deep = { String(repeating: "[", count: $0) + String(repeating: "]", count: $0) }
    _ = try read(deep(128), as: JSONValue.self)
    #expect(throws: JSONReadError.self) { try read(deep(129), as: JSONValue.self) }
    #expect(throws: JSONReadError.self) { try read(deep(100_000), as: JSONValue.self) }
  }

  @Test(
    "A number with zero fraction is an integer",
    arguments: [
      ("0", 0), ("-0", 0), ("1.0", 1), ("1e2", 100), ("1.50e1", 15), ("-9223372036854775808", .min),
      ("9223372036854775807", .max), ("100000000000000000000e-2", 1_000_000_000_000_000_000),
      ("0.0000000000000000000000000e9", 0), ("1.00000000000000000000000000", 1),
    ])
  func integers(text: String, value: Int) throws {
    #expect(try read(text, as: Int.self) == value)
  }

  @Test(
    "Doubles are rounded correctly",
    arguments: [
      "0.1", "1e23", "8.5", "9007199254740993", "123456789012345678901234567890", "5e-324", "2.2250738585072011e-308",
      "1.7976931348623157e308", "0.000001", "-1e-5", "1e-400", "17976931348623157e292", "4.35", "1E22",
    ])
  func doubles(text: String) throws {
    #expect(try read(text, as: Double.self) == Double(text))
  }

  @Test("Numbers beyond a double are a fault, not infinity", arguments: ["1e400", "-1e400", "1e99999999999999999999"])
  func hugeNumbers(text: String) {
    #expect(throws: JSONReadError.self) { try read(text, as: Double.self) }
  }

  @Test("Thousands of members are checked for duplicates in reasonable time")
  func manyMembers() throws {
    let members = (0..<50_000).map { "\"k\($0)\":0" }.joined(separator: ",")
    #expect(try read("{\(members)}", as: JSONValue.self).object?.members.count == 50_000)
    #expect(throws: JSONReadError.self) { try read("{\(members),\"k49999\":0}", as: JSONValue.self) }
  }

  @Test("The number of faults is bounded")
  func boundedFaults() {
    let items = Array(repeating: "1", count: 100_000).joined(separator: ",")
    #expect {
      try read("[\(items)]", as: [String].self)
    } throws: {
      guard case .faults(let faults)? = $0 as? JSONReadError else { return false }
      return faults.count == FaultList.limit
    }
  }

  @Test(
    "A long name around thousands of faults costs an answer of bounded length",
    arguments: [
      Array(repeating: #""title":"ab""#, count: 4000), (0..<4000).map { #""x\#($0)":0"# },
      Array(repeating: #""x":{}"#, count: 4000),
    ])
  func boundedPointers(members: [String]) {
    let name = String(repeating: "é", count: 60_000)
    let text = "{\"\(name)\":{\(members.joined(separator: ","))}}"
    #expect {
      try JSONReader.read(from: Array(text.utf8)) { json in json.map { $0.value(Note.self) } }
    } throws: {
      guard case .faults(let faults)? = $0 as? JSONReadError else { return false }
      return faults.count == FaultList.limit && faults.allSatisfy { $0.pointer.unicodeScalars.count <= 1024 }
    }
  }
}

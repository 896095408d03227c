import Testing

@testable import SpecGenCore

@Suite struct YAMLParserTests {
  @Test("A node knows where it stands")
  func places() throws {
    let node = try YAMLParser.parse(Array("a: 1\nbé: [x, 'two words']\n".utf8))
    guard case .mapping(let entries) = node.content, case .sequence(let items) = entries[1].value.content else {
      Issue.record("a mapping is expected")
      return
    }
    #expect(entries.map(\.key.value) == ["a", "bé"])
    #expect(entries[1].key.place == Place(Position(line: 2, column: 1), Position(line: 2, column: 3)))
    #expect(items[1].place == Place(Position(line: 2, column: 9), Position(line: 2, column: 20)))
    #expect(items[1].content == .scalar(.init(text: "two words", style: .singleQuoted, value: .string("two words"))))
  }

  @Test(
    "A plain scalar means what YAML 1.2's core schema says",
    arguments: [
      ("null", .null), ("~", .null), ("", .null), ("true", .bool(true)), ("False", .bool(false)),
      ("yes", .string("yes")), ("12", .integer(12)), ("-0", .integer(0)), ("+7", .integer(7)), ("0o17", .integer(15)),
      ("0xff", .integer(255)), ("017", .integer(17)), ("1_000", .string("1_000")), ("1.5", .number(1.5)),
      (".5", .number(0.5)), ("1e3", .number(1000)), ("-.inf", .number(-.infinity)), ("3.1.0", .string("3.1.0")),
      ("2026-01-31", .string("2026-01-31")), ("1e", .string("1e")), (".", .string(".")), ("+", .string("+")),
      ("9223372036854775808", .number(9_223_372_036_854_775_808)), ("0x", .string("0x")), ("-0x1", .string("-0x1")),
    ] as [(String, YAMLScalar.Value)])
  func coreSchema(_ text: String, _ value: YAMLScalar.Value) {
    #expect(YAMLScalar.Value(plain: text) == value)
  }

  @Test("A quoted scalar is a string, whatever it looks like")
  func quoted() throws {
    let node = try YAMLParser.parse(Array("['1', \"true\", ! 2]".utf8))
    var loader = Loader()
    #expect(loader.value(node) == .array([.string("1"), .string("true"), .string("2")]))
  }

  @Test("A byte order mark is no part of the text")
  func byteOrderMark() throws {
    #expect(try YAMLParser.parse(Array("\u{FEFF}a: 1\nb: 2\n".utf8)).entries.map(\.key.value) == ["a", "b"])
  }

  @Test(
    "A merge key takes over members; the mapping's own come first, then those of the first that has them",
    arguments: [
      ("{<<: *a, y: 3}", ["y": 3, "x": 1]), ("{y: 3, <<: [*b, *a]}", ["y": 3, "x": 2]),
      ("{'<<': 1}", ["<<": 1]), ("{<<: {z: 4}}", ["z": 4]),
    ] as [(String, [String: Int])])
  func merge(_ text: String, _ members: [String: Int]) throws {
    let node = try YAMLParser.parse(Array("[&a {x: 1, y: 1}, &b {x: 2}, \(text)]".utf8))
    guard case .sequence(let items) = node.content else { return #expect(Bool(false)) }
    let found = items[2].entries.map { entry -> (String, Int) in
      guard case .scalar(let scalar) = entry.value.content, case .integer(let value) = scalar.value else {
        return ("", 0)
      }
      return (entry.key.value, value)
    }
    #expect(Dictionary(found, uniquingKeysWith: { $1 }) == members && found.count == members.count)
  }

  @Test("An alias is a copy of its anchor's value, at its own place")
  func aliases() throws {
    let node = try YAMLParser.parse(Array("a: &x {b: 1}\nc: *x\n".utf8))
    guard case .mapping(let entries) = node.content else {
      Issue.record("a mapping is expected")
      return
    }
    #expect(entries[1].value.content == entries[0].value.content)
    #expect(entries[1].value.place.start == Position(line: 2, column: 4))
  }

  @Test("Aliases of aliases cannot make a document explode")
  func bomb() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...20 {
      text += "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", "))]\n"
    }
    #expect(codes(text) == [.tooLarge])
  }

  @Test("Nesting is bounded", arguments: ["[", "{a: ", "- "])
  func depth(_ opening: String) {
    #expect(codes(String(repeating: opening, count: 100_000)) == [.tooDeep])
  }

  @Test("Bytes that are not UTF-8 are refused at their place")
  func encoding() {
    do throws(Diagnostics) {
      _ = try YAMLParser.parse(Array("a: 1\nb: ".utf8) + [0xFF])
      Issue.record("no error")
    } catch {
      #expect(error.list.map(\.place) == [Place(line: 2, column: 4)])
    }
  }

  @Test("Whatever the bytes are, the parser answers", arguments: 0..<200)
  func noise(_ seed: UInt64) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    let alphabet = Array("ab:-[]{},#&*!|>'\"%@`\n \t?~0.\\é".utf8)
    let bytes = (0..<300).map { _ -> UInt8 in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return alphabet[Int(state >> 33) % alphabet.count]
    }
    _ = codes(bytes)
  }

  private func codes(_ text: String) -> [DiagnosticCode] {
    codes(Array(text.utf8))
  }

  private func codes(_ bytes: [UInt8]) -> [DiagnosticCode] {
    do throws(Diagnostics) {
      _ = try YAMLParser.parse(bytes)
      return []
    } catch {
      return error.list.map(\.code)
    }
  }
}

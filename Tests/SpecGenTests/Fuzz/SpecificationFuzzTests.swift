import Foundation
import TestSupport
import Testing

@testable import SpecGenCore

/// Specifications that nobody would write, from seeds: whatever the text is, it is read to the end, every diagnostic has
/// a place in it, and what has no errors is written out.
///
/// `PARLEY_FUZZ_RUNS` says how many, 1,000 by default. `PARLEY_FUZZ_SEED` is the first seed.
@Suite struct SpecificationFuzzTests {
  private static let runs = ProcessInfo.processInfo.environment["PARLEY_FUZZ_RUNS"].flatMap { Int($0) } ?? 1000
  private static let first = ProcessInfo.processInfo.environment["PARLEY_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1

  @Test("Whatever a specification says, SpecGen answers")
  func random() throws {
    let mutator = try SpecificationMutator()
    for seed in Self.first..<Self.first + UInt64(Self.runs) {
      if let fault = Self.fault(in: mutator.text(seed: seed)) {
        Issue.record("seed \(seed): \(fault)")
        return
      }
    }
  }

  /// Seeds beyond the first ones that are always run; one that ever breaks something joins them.
  private static let seeds: [UInt64] = [77_777, 1_000_003]

  @Test("Kept seeds are answered", arguments: seeds)
  func kept(_ seed: UInt64) throws {
    #expect(Self.fault(in: try SpecificationMutator().text(seed: seed)) == nil)
  }

  /// What is wrong with the answer to a text; nil when all is well.
  private static func fault(in text: [UInt8]) -> String? {
    let reading = Pipeline.read(path: "api.yaml", source: text, .none)
    for diagnostic in reading.diagnostics {
      if diagnostic.message.isEmpty { return "a diagnostic says nothing" }
      for place in [diagnostic.place] + diagnostic.notes.map(\.place) {
        guard place.file == 0, place.start.line >= 1, place.start.column >= 1, place.start <= place.end else {
          return "the place \(place) is none"
        }
      }
    }
    if reading.specification == nil && !reading.diagnostics.hasErrors { return "it is refused without an error" }
    if reading.specification != nil && reading.diagnostics.hasErrors { return "it is accepted with errors" }
    if reading.text.isEmpty != reading.diagnostics.isEmpty { return "the text of the diagnostics is incomplete" }
    if let specification = reading.specification {
      for selection in Pipeline.Selection.allCases where specification.files(selection).isEmpty {
        return "nothing is written"
      }
    }
    _ = reading.linted()
    return nil
  }
}

/// Makes specifications out of good ones: by bytes, by lines, and by values.
struct SpecificationMutator {
  private let bases: [[UInt8]]
  private let values: [DocumentValue]

  init() throws {
    let goldens = Files.goldens.appending(path: "Diagnostics")
    var bases = [Array(Sample.text.utf8)]
    for name in try Files.folders(goldens) {
      let source = try Files.bytes(goldens.appending(path: "\(name)/api.yaml"))
      if source.count < 20_000 { bases.append(source) }
    }
    self.bases = bases
    values = bases.compactMap { source in
      var loader = Loader()
      return (try? YAMLParser.parse(source)).map { loader.value($0) }
    }
  }

  func text(seed: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    switch random.below(4) {
    case 0: return bytes(&random)
    case 1: return lines(&random)
    default: return value(&random)
    }
  }

  private func bytes(_ random: inout SplitMix64) -> [UInt8] {
    var text = random.element(bases)
    let alphabet = Array("ab01:-[]{},#&*!|>'\"%@`\n \t?~.\\é\u{2028}\0".utf8)
    for _ in 0...random.below(8) where !text.isEmpty {
      let index = random.below(text.count)
      switch random.below(4) {
      case 0: text[index] = random.element(alphabet)
      case 1: text.insert(random.element(alphabet), at: index)
      case 2: text.removeSubrange(index..<min(text.count, index + 1 + random.below(20)))
      default: text.insert(contentsOf: text[index..<min(text.count, index + 30)], at: random.below(text.count))
      }
    }
    return text
  }

  private func lines(_ random: inout SplitMix64) -> [UInt8] {
    var lines = random.element(bases).split(separator: 10, omittingEmptySubsequences: false).map { Array($0) }
    for _ in 0...random.below(5) where lines.count > 1 {
      let index = random.below(lines.count)
      switch random.below(5) {
      case 0: lines.remove(at: index)
      case 1: lines.insert(lines[index], at: random.below(lines.count))
      case 2: lines.swapAt(index, random.below(lines.count))
      case 3: lines[index] = Array("  ".utf8) + lines[index]
      default: lines[index] = Array(lines[index].dropFirst(2))
      }
    }
    return Array(lines.joined(separator: [10]))
  }

  private func value(_ random: inout SplitMix64) -> [UInt8] {
    var value = random.element(values)
    for _ in 0...random.below(4) { value = changed(value, &random, depth: 0) }
    return Array((random.below(4) == 0 ? value.prettyJSON : value.yaml).utf8)
  }

  /// The value with something within it replaced, removed, renamed, repeated or moved.
  private func changed(_ value: DocumentValue, _ random: inout SplitMix64, depth: Int) -> DocumentValue {
    switch value {
    case .object(var members) where !members.isEmpty:
      let index = random.below(members.count)
      switch random.below(depth < 2 ? 40 : 12) {
      case 0: members.remove(at: index)
      case 1: members[index].key = Self.misspelt(members[index].key, &random)
      case 2: members[index].value = scalar(&random)
      case 3: members.append(random.element(Self.members))
      case 4: members[index].value = part(&random)
      case 5: members.append(.init(key: members[index].key + "2", value: members[index].value))
      default: members[index].value = changed(members[index].value, &random, depth: depth + 1)
      }
      return .object(members)
    case .array(var items) where !items.isEmpty:
      let index = random.below(items.count)
      switch random.below(6) {
      case 0: items.remove(at: index)
      case 1: items.append(items[index])
      case 2: items[index] = scalar(&random)
      default: items[index] = changed(items[index], &random, depth: depth + 1)
      }
      return .array(items)
    default: return random.below(5) == 0 ? part(&random) : scalar(&random)
    }
  }

  /// A value from somewhere in a specification.
  private func part(_ random: inout SplitMix64) -> DocumentValue {
    var value = random.element(values)
    for _ in 0..<random.below(8) {
      switch value {
      case .object(let members) where !members.isEmpty: value = random.element(members).value
      case .array(let items) where !items.isEmpty: value = random.element(items)
      default: return value
      }
    }
    return value
  }

  private static func misspelt(_ word: String, _ random: inout SplitMix64) -> String {
    var letters = Array(word)
    guard !letters.isEmpty else { return "x" }
    let index = random.below(letters.count)
    switch random.below(3) {
    case 0: letters.remove(at: index)
    case 1: letters.insert("x", at: index)
    default: letters.swapAt(index, random.below(letters.count))
    }
    return String(letters)
  }

  private func scalar(_ random: inout SplitMix64) -> DocumentValue { random.element(Self.scalars) }

  private static let scalars: [DocumentValue] = [
    .null, .boolean(true), .boolean(false), .integer(0), .integer(-1), .integer(.max), .integer(.min), .integer(404),
    .number("1.5"), .number("1e308"), .number("-0.0"), .string(""), .string("self"), .string("a b"), .string("é😀"),
    .string("string"), .string("integer"), .string("object"), .string("null"), .string("uuid"), .string("date-time"),
    .string("#/components/schemas/Note"), .string("#/components/schemas/Problem"),
    .string("#/components/schemas/Nothing"),
    .string("#"), .string("#/"), .string("#/paths/~1notes~1{note_id}/get"), .string("other.yaml#/x"), .string("#x"),
    .string("https://example.com/x"), .string("^(a|b)*$"), .string("(((("), .string("id"), .string("notes"),
    .string("SELECT {columns} FROM notes WHERE id = :id"), .string("'"), .array([]), .object([]), .array([.null]),
    .array([.string("string"), .string("null")]), .string("../../../x"), .string("0"), .string("/{}"),
    .string("/{a}{b}"),
  ]

  private static let members: [DocumentValue.Member] = [
    .init(key: "$ref", value: .string("#/components/schemas/Note")), .init(key: "allOf", value: .array([.object([])])),
    .init(key: "oneOf", value: .array([.object([]), .boolean(true)])), .init(key: "enum", value: .array([.null])),
    .init(key: "const", value: .integer(1)), .init(key: "default", value: .string("x")),
    .init(key: "items", value: .boolean(false)), .init(key: "properties", value: .object([])),
    .init(key: "required", value: .array([.string("id"), .string("id")])), .init(key: "$id", value: .string("x")),
    .init(key: "$anchor", value: .string("x")), .init(key: "x-remote", value: .object([])),
    .init(key: "minLength", value: .integer(.max)), .init(key: "minimum", value: .number("1e400")),
    .init(key: "type", value: .array([])), .init(key: "format", value: .string("int32")),
    .init(key: "x-swift-name", value: .string("Self")), .init(key: "x-renamed-from", value: .string("text")),
    .init(key: "trace", value: .object([])), .init(key: "", value: .null),
    .init(key: "x-codes", value: .array([.null])),
  ]
}

extension SplitMix64 {
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  mutating func element<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}

import Foundation
import JSON
import TestSupport
import Testing

@testable import SpecGenCore

/// The validator of client.js says of a rule's values what the server says, at the same places.
@Suite(.enabled(if: Node.isHere, "Node is not on this machine.")) struct ClientTests {
  @Test(
    "Of every case of the JSON Schema test suite client.js says what the server says, save those that are listed",
    .enabled(if: Corpus.isHere, "The corpora are not on this machine."))
  func corpus() async throws {
    let groups =
      try Corpus.groups("").map { ($0, $0.lowered(assertsFormats: false)) }
      + Corpus.groups("optional/").map { ($0, $0.lowered(assertsFormats: false)) }
      + Corpus.groups("optional/format/").map { ($0, $0.lowered(assertsFormats: true)) }
    let usable = groups.filter { $0.1.problems.isEmpty }
    let comparison = try await Comparison.of(
      usable.map { group, lowered in
        Comparison.Subject(
          rule: lowered.name, rules: lowered.rules, values: group.tests.map { ("\(group.name) / \($0.name)", $0.data) })
      })
    print("client.js: \(comparison.count) cases of the suite, \(comparison.different.count) otherwise than the server")
    let names = Set(comparison.different.map(\.name))
    for (name, said) in comparison.different where !Self.exceptions.contains(name) { Issue.record("\(name): \(said)") }
    #expect(Self.exceptions.subtracting(names) == [], "listed, but as the server says")
  }

  /// Where JavaScript's numbers and regular expressions differ from the server's.
  private static let exceptions: Set<String> = [
    "optional/bignum / maximum integer comparison / comparison works for high numbers",
    "optional/bignum / minimum integer comparison / comparison works for very negative numbers",
    "optional/format/ecmascript-regex / ECMA 262 named groups and backreferences are valid"
      + " / an ECMA 262 named backreference \\k<name>",
  ]

  @Test("Of random rules and values client.js says what the server says", arguments: [1, 2, 3])
  func random(seed: UInt64) async throws {
    var random = SplitMix64(seed: seed &* 7_777)
    let subjects = (0..<300).map { number -> Comparison.Subject in
      let schema = RandomRule.schema(&random, depth: 0)
      let lowered = Corpus.Group(name: "", schema: schema, tests: []).lowered(assertsFormats: true)
      let text = String(decoding: JSONWriter.write(schema), as: UTF8.self)
      #expect(lowered.problems == [], "\(text)")
      return Comparison.Subject(
        rule: lowered.name, rules: lowered.rules,
        values: (0..<40).map { _ in (text, RandomRule.value(&random, depth: 0)) })
    }
    let comparison = try await Comparison.of(subjects)
    print("client.js: seed \(seed), \(comparison.count) values, \(comparison.refused) of them refused")
    #expect(comparison.refused > comparison.count / 10 && comparison.refused < comparison.count * 9 / 10)
    for (schema, said) in comparison.different.prefix(10) { Issue.record("seed \(seed): \(schema): \(said)") }
  }
}

/// What the server and client.js say of the same values.
struct Comparison {
  struct Subject {
    var rule: String
    var rules: [Rule]
    var values: [(name: String, value: JSONValue)]
  }

  var count = 0
  var refused = 0
  var different: [(name: String, said: String)] = []

  static func of(_ subjects: [Subject]) async throws -> Comparison {
    var cases: [JSONValue] = []
    var expected: [(name: String, value: JSONValue, faults: [String])] = []
    for (number, subject) in subjects.enumerated() {
      let schema = JSONSchemas(RulesRenderer.text(of: subject.rules))[subject.rule]
      for (name, value) in subject.values {
        cases.append(["It", false, value, .integer(Int64(number))])
        let faults: [String] = schema.faults(of: value).map { "\($0.pointer) \($0.code)" }
        expected.append((name, value, faults.sorted()))
      }
    }
    let answers = try await Node.faults(of: cases, clients: subjects.map { client($0) })
    try #require(answers.count == expected.count)
    var comparison = Comparison()
    for (one, answer) in zip(expected, answers) {
      comparison.count += 1
      if !one.faults.isEmpty { comparison.refused += 1 }
      if one.faults == answer { continue }
      let value = String(decoding: JSONWriter.write(one.value), as: UTF8.self)
      comparison.different.append((one.name, "\(value): the server says \(one.faults), client.js \(answer)"))
    }
    return comparison
  }

  private static func client(_ subject: Subject) -> String {
    let type = TypeDeclaration(swiftName: "It", pointer: "", kind: .alias(.ruled("it")))
    let use = RuleUse(swiftName: "it", rule: subject.rule)
    return ClientScript(API(title: "Rules", version: "1", types: [type], rules: subject.rules, ruleUses: [use])).text
  }
}

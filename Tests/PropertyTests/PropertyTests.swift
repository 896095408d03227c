import Foundation
import JSON
import TestSupport
import Testing

@testable import SpecGenCore

/// What must hold of every schema: tested with schemas and values that a seed makes up.
///
/// `PARLEY_PROPERTY_SEED` is another seed, `PARLEY_PROPERTY_SCHEMAS` another number of schemas.
@Suite struct PropertyTests {
  private static func setting(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment["PARLEY_PROPERTY_\(name)"].flatMap { Int($0) }
  }

  static let seed = UInt64(setting("SEED") ?? 20_261_123)
  static let schemas = setting("SCHEMAS") ?? 300

  private struct Case {
    var root: String
    var value: JSONValue
    var isRequest = false
    /// Where and why it must be refused; nil for a valid value.
    var fault: String?

    var json: JSONValue { [.string(root), .bool(isRequest), value] }
    var text: String {
      "\(root)\(isRequest ? " in a request" : "") \(String(decoding: JSONWriter.write(value), as: UTF8.self))"
    }
  }

  @Test("Of random schemas, every value comes back as it was, and every broken constraint is told, alike in client.js")
  func everything() async throws {
    let api = try RandomAPI(seed: Self.seed, count: Self.schemas)
    var random = SplitMix64(seed: Self.seed &+ 1)
    var cases: [Case] = []
    for root in api.roots {
      for _ in 0..<5 {
        let value = root.shape.value(&random)
        cases.append(Case(root: root.name, value: value))
        let mutations = root.shape.mutations(of: value, &random)
        for mutation in mutations.shuffled(using: &random).prefix(40) {
          cases.append(
            Case(
              root: root.name, value: mutation.value, isRequest: mutation.isRequest,
              fault: "\(mutation.pointer) \(mutation.code)"))
        }
      }
    }

    let types: [String] = api.roots.map { $0.name }
    let answers = try await SwiftHarness.answers(to: cases.map { $0.json }, files: api.files, types: types)
    try #require(answers.count == cases.count)
    var wrong: [String] = []
    for (item, answer) in zip(cases, answers) where item.fault.map({ !answer.contains($0) }) ?? !answer.isEmpty {
      wrong.append("\(item.text): expected \(item.fault ?? "no fault"), found \(answer)")
    }
    report(wrong, of: cases.count, "by the generated readers")

    guard Node.isHere else { return print("Node is not here: client.js is not compared.") }
    let verdicts = try await Node.faults(of: cases.map { $0.json }, clients: [ClientScript(api.api).text])
    try #require(verdicts.count == cases.count)
    var different: [String] = []
    for (item, (answer, verdict)) in zip(cases, zip(answers, verdicts)) where answer != verdict {
      different.append("\(item.text): the server says \(answer), client.js \(verdict)")
    }
    report(different, of: cases.count, "otherwise by client.js")
  }

  private func report(_ wrong: [String], of count: Int, _ what: String) {
    print("seed \(Self.seed): \(Self.schemas) schemas, \(count) values, \(wrong.count) wrong \(what)")
    for text in wrong.prefix(20) { Issue.record("\(text)") }
    #expect(wrong.isEmpty)
  }
}

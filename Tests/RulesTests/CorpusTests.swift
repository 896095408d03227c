import Foundation
import JSON
import Testing

@testable import SpecGenCore

/// The JSON Schema test suite by the lowering and the runtime's validator, without a compiler between.
@Suite(.enabled(if: Corpus.isHere, "The corpora are not on this machine.")) struct CorpusTests {
  @Test("Every required case has the verdict that the suite says, save those that are listed")
  func required() throws {
    try check("", assertsFormats: false)
  }

  @Test("Every optional case has the verdict that the suite says, save those that are listed")
  func optional() throws {
    try check("optional/", assertsFormats: false)
  }

  @Test("Every case about formats has the verdict that the suite says, save those that are listed")
  func formats() throws {
    try check("optional/format/", assertsFormats: true)
  }

  private func check(_ path: String, assertsFormats: Bool) throws {
    var wrong: Set<String> = []
    var count = 0
    for group in try Corpus.groups(path) {
      let lowered = group.lowered(assertsFormats: assertsFormats)
      let schema = JSONSchemas(RulesRenderer.text(of: lowered.rules))[lowered.name]
      for test in group.tests {
        count += 1
        let isValid = schema.faults(of: test.data).isEmpty
        if isValid != test.isValid || !lowered.problems.isEmpty { wrong.insert("\(group.name) / \(test.name)") }
      }
    }
    let listed = try Exceptions.read(path)
    print("\(path.isEmpty ? "required" : path): \(count - wrong.count) of \(count) cases as the suite says")
    for name in wrong.subtracting(listed).sorted() { Issue.record("not as the suite says: \(name)") }
    for name in listed.subtracting(wrong).sorted() { Issue.record("listed, but as the suite says: \(name)") }
  }
}

/// The cases whose verdict is another than the suite's, listed with the reason in `exceptions.txt`.
enum Exceptions {
  /// The names of those in one folder.
  static func read(_ path: String) throws -> Set<String> {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "exceptions.txt")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    let names = lines.filter { !$0.hasPrefix("#") }.map { $0.trimmingCharacters(in: .whitespaces) }
    return Set(
      names.filter { name in
        guard name.hasPrefix(path), let first = name.split(separator: " / ").first else { return false }
        return !first.dropFirst(path.count).contains("/")
      })
  }
}

import Foundation
import JSON
import TestSupport
import Testing

@testable import SpecGenCore

/// The JSON Schema test suite as generated code: rendered, compiled and run.
@Suite(.enabled(if: Corpus.isHere, "The corpora are not on this machine.")) struct CompiledCorpusTests {
  @Test("Generated and compiled, every case has the verdict that the suite says, save those that are listed")
  func compiled() async throws {
    let required = try Corpus.groups("").map { ($0, $0.lowered(assertsFormats: false)) }
    let optional = try Corpus.groups("optional/").map { ($0, $0.lowered(assertsFormats: false)) }
    let formats = try Corpus.groups("optional/format/").map { ($0, $0.lowered(assertsFormats: true)) }
    let groups = required + optional + formats

    let folder = try TemporaryFolder()
    try folder.write(source(of: groups.map(\.1)), to: "Cases.swift")
    try folder.write(Self.main, to: "main.swift")
    let instances = JSONValue.array(groups.map { .array($0.0.tests.map(\.data)) })
    try folder.write(String(decoding: JSONWriter.write(instances), as: UTF8.self), to: "instances.json")
    let build = Programs.path(of: ".")
    let compiler = try ChildProcess(
      "bash",
      [
        "-c",
        "swiftc -swift-version 6 -I \(build)/Modules Cases.swift main.swift \(build)/{JSON,Values}.build/*.o -o cases",
      ], environment: ProcessInfo.processInfo.environment, folder: folder.path)
    try #require(await compiler.end() == .exit(0), "\(compiler.output)")
    let cases = try ChildProcess(folder.path + "/cases", environment: [:], folder: folder.path)
    try #require(await cases.end() == .exit(0), "\(cases.output)")

    let verdicts = cases.output.split(separator: "\n")
    let expected = groups.flatMap { group, lowered in
      group.tests.map {
        (name: "\(group.name) / \($0.name)", isValid: $0.isValid, isRefused: !lowered.problems.isEmpty)
      }
    }
    try #require(verdicts.count == expected.count)
    let wrong = Set(zip(verdicts, expected).filter { ($0 == "valid") != $1.isValid || $1.isRefused }.map(\.1.name))
    let listed = try Exceptions.read("").union(Exceptions.read("optional/")).union(Exceptions.read("optional/format/"))
    #expect(wrong.symmetricDifference(listed).sorted() == [])
  }

  private func source(of schemas: [(name: String, rules: [Rule], problems: [String])]) -> String {
    var writer = SourceWriter()
    writer.line("import JSON")
    for (index, schema) in schemas.enumerated() {
      writer.line()
      let use = RuleUse(swiftName: "it", rule: schema.name)
      RulesRenderer.write("Case\(index)", uses: [use], rules: schema.rules, to: &writer)
    }
    writer.line()
    writer.list("let schemas: [JSONSchema] = [", schemas.indices.map { "Case\($0).it" }, "]")
    return writer.text
  }

  private static let main = """
    import FoundationEssentials
    import JSON

    let text = try Array(Data(contentsOf: URL(filePath: "instances.json")))
    let groups = try JSONReader.read(JSONValue.self, from: text).array ?? []
    for (schema, instances) in zip(schemas, groups) {
      for instance in instances.array ?? [] {
        let bytes = JSONWriter.write(instance)
        let value = try? JSONReader.read(from: bytes) { $0.any(matching: schema) }
        print(value == nil ? "invalid" : "valid")
      }
    }
    """
}

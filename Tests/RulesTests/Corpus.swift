import Foundation
import JSON

@testable import SpecGenCore

/// The JSON Schema test suite, draft 2020-12: schemas, and instances with the verdict on each.
enum Corpus {
  /// Schemas with their instances, of one file.
  struct Group: Sendable {
    /// `ref / nested refs`.
    var name: String
    var schema: JSONValue
    var tests: [(name: String, data: JSONValue, isValid: Bool)]
  }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../shared/corpora/json-schema").standardizedFileURL
  static let isHere = FileManager.default.fileExists(atPath: folder.path(percentEncoded: false))

  /// The groups of a folder's files, in order.
  static func groups(_ path: String) throws -> [Group] {
    let tests = folder.appending(path: "tests/draft2020-12")
    let files = try FileManager.default.contentsOfDirectory(
      atPath: tests.appending(path: path).path(percentEncoded: false))
    return try files.filter { $0.hasSuffix(".json") }.sorted().flatMap { file -> [Group] in
      let name = path + file.dropLast(5)
      return try read(tests.appending(path: path + file)).array?.map { group(name, $0) } ?? []
    }
  }

  private static func group(_ file: String, _ value: JSONValue) -> Group {
    Group(
      name: "\(file) / \(value["description"]?.string ?? "")", schema: value["schema"] ?? .null,
      tests: (value["tests"]?.array ?? []).map { test in
        (test["description"]?.string ?? "", test["data"] ?? .null, test["valid"]?.bool ?? false)
      })
  }

  static func read(_ file: URL) throws -> JSONValue {
    try JSONReader.read(JSONValue.self, from: Array(try Data(contentsOf: file)))
  }

  /// What the schemas may refer to: the suite's remotes under the address that it says, and the meta-schema.
  static let remotes: SchemaRegistry = {
    var registry = SchemaRegistry(assertsFormats: false)
    add(&registry)
    return registry
  }()

  static let formatRemotes: SchemaRegistry = {
    var registry = SchemaRegistry(assertsFormats: true)
    add(&registry)
    return registry
  }()

  private static func add(_ registry: inout SchemaRegistry) {
    let meta = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "meta.json")
    for member in (try? read(meta).object?.members) ?? [] {
      registry.add(schema: member.value.document, at: "https://json-schema.org/draft/2020-12/\(member.name)")
    }
    let remotes = folder.appending(path: "remotes")
    let path = remotes.path(percentEncoded: false)
    for name in FileManager.default.enumerator(atPath: path)?.compactMap({ $0 as? String }).sorted() ?? [] {
      guard name.hasSuffix(".json"), name.hasPrefix("draft2020-12/") || !name.hasPrefix("draft") else { continue }
      guard let schema = try? read(remotes.appending(path: name)) else { continue }
      registry.add(schema: schema.document, at: "http://localhost:1234/\(name)")
    }
  }
}

extension Corpus.Group {
  /// The group's schema as SpecGen lowers it: the name of its rule, all rules, and what was wrong.
  func lowered(assertsFormats: Bool) -> (name: String, rules: [Rule], problems: [String]) {
    var registry = assertsFormats ? Corpus.formatRemotes : Corpus.remotes
    let uri = "http://localhost:1234/\(UUID().uuidString)"
    registry.add(schema: schema.document, at: uri)
    guard let root = registry[uri] else { return ("", [], ["no root"]) }
    var lowering = RuleLowering(registry)
    let name = lowering.name(of: root)
    lowering.finish()
    return (
      name, lowering.rules, lowering.problems.filter { $0.severity == .error }.map { "\($0.pointer): \($0.message)" }
    )
  }
}

extension JSONValue {
  /// As SpecGen holds values.
  var document: DocumentValue {
    switch self {
    case .null: .null
    case .bool(let value): .boolean(value)
    case .integer(let value): .integer(value)
    case .number, .decimal: .number(exactNumber?.description ?? "0")
    case .string(let text): .string(text)
    case .array(let items): .array(items.map { $0.document })
    case .object(let object): .object(object.members.map { .init(key: $0.name, value: $0.value.document) })
    }
  }
}

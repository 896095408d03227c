import Foundation
import Testing

@testable import SpecGenCore

/// The YAML test suite: every stream that is right is read as its JSON says, every wrong one is refused, but for what
/// libyaml itself does otherwise.
@Suite struct YAMLCorpusTests {
  private static let corpus = Files.corpora.appending(path: "yaml")

  @Test(
    "libyaml reads the YAML test suite, with its known exceptions",
    .enabled(if: Files.exists(corpus), "skipped: ../shared/corpora is not on this machine"))
  func suite() throws {
    var differing: Set<String> = []
    var count = 0
    for name in try Self.names() {
      let folder = Self.corpus.appending(path: name)
      count += 1
      if !(try Self.isRead(folder)) { differing.insert(name) }
    }
    #expect(count == 402)
    #expect(differing.subtracting(YAMLExceptions.names).sorted() == [])
    #expect(YAMLExceptions.names.subtracting(differing).sorted() == [], "these are read as they should: strike them")
  }

  /// Cases have their files in a folder, or in numbered folders within it.
  private static func names() throws -> [String] {
    try Files.folders(corpus).flatMap { name in
      let folder = corpus.appending(path: name)
      return Files.exists(folder.appending(path: "in.yaml"))
        ? [name] : try Files.folders(folder).map { "\(name)/\($0)" }
    }
  }

  /// Whether the case comes out as the suite says.
  private static func isRead(_ folder: URL) throws -> Bool {
    let source = try Files.bytes(folder.appending(path: "in.yaml"))
    let mustFail = Files.exists(folder.appending(path: "error"))
    let nodes: [YAMLNode]
    do throws(Diagnostics) {
      nodes = try YAMLParser.documents(source)
    } catch {
      // Keys that are no text, and keys that are there twice, are ours to refuse.
      let own: Set<DiagnosticCode> = [.complexKey, .duplicateKey]
      return mustFail || error.list.allSatisfy { own.contains($0.code) }
    }
    if mustFail { return false }
    let expected = folder.appending(path: "in.json")
    guard Files.exists(expected) else { return true }
    // JSON is YAML, so that the stream of JSON documents needs no reader of its own.
    let text = String(decoding: try Files.bytes(expected), as: UTF8.self)
    var loader = Loader()
    return try nodes.map { loader.value($0).text } == jsonDocuments(text)
  }

  /// The documents of a file that holds several, one after the other.
  private static func jsonDocuments(_ text: String) throws -> [String] {
    var documents: [String] = []
    var pending = ""
    for line in text.split(separator: "\n") {
      pending += line + "\n"
      guard let value = try? JSONSerialization.jsonObject(with: Data(pending.utf8), options: .fragmentsAllowed) else {
        continue
      }
      documents.append(try canonical(value))
      pending = ""
    }
    return documents
  }

  fileprivate static func canonical(_ value: Any) throws -> String {
    let data = try JSONSerialization.data(
      withJSONObject: value, options: [.fragmentsAllowed, .sortedKeys, .withoutEscapingSlashes])
    return String(decoding: data, as: UTF8.self)
  }
}

extension DocumentValue {
  /// As Foundation writes it, to compare.
  fileprivate var text: String {
    (try? YAMLCorpusTests.canonical(foundation)) ?? "?"
  }

  private var foundation: Any {
    switch self {
    case .null: NSNull()
    case .boolean(let value): value
    case .integer(let value): value
    case .number(let text): Double(text) ?? .nan
    case .string(let text): text
    case .array(let items): items.map(\.foundation)
    case .object(let members):
      Dictionary(members.map { ($0.key, $0.value.foundation) }, uniquingKeysWith: { first, _ in first })
    }
  }
}

import Foundation
import JSON
import Testing

/// nst/JSONTestSuite: `y_` must be accepted, `n_` refused, `i_` may be either.
private enum Corpus {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../shared/corpora/json/test_parsing").standardizedFileURL

  static let names: [String] =
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.filter { $0.hasSuffix(".json") }.sorted() ?? []

  static func read(_ name: String) throws -> Result<JSONValue, JSONReadError> {
    let bytes = Array(try Data(contentsOf: folder.appending(path: name)))
    return Result { () throws(JSONReadError) in try JSONReader.read(JSONValue.self, from: bytes) }
  }
}

@Suite(.enabled(if: !Corpus.names.isEmpty, "The corpora are not on this machine.")) struct CorpusTests {
  @Test("What is JSON is accepted", arguments: Corpus.names.filter { $0.hasPrefix("y_") })
  func accepts(name: String) throws {
    switch try Corpus.read(name) {
    case .success: break
    case .failure(.syntax(let error)): Issue.record("\(error)")
    case .failure(.faults(let faults)): #expect(faults.allSatisfy { $0.code == "duplicate-member" })
    }
  }

  @Test("What is not JSON is refused with its place", arguments: Corpus.names.filter { $0.hasPrefix("n_") })
  func refuses(name: String) throws {
    guard case .failure(.syntax(let error)) = try Corpus.read(name) else {
      Issue.record("accepted")
      return
    }
    #expect(error.line >= 1 && error.column >= 1 && !error.reason.isEmpty)
  }

  @Test("What may be either is read without harm", arguments: Corpus.names.filter { $0.hasPrefix("i_") })
  func survives(name: String) throws {
    _ = try Corpus.read(name)
  }
}

import Foundation

/// nst/JSONTestSuite, where it is on this machine: `y_` must be accepted, `n_` refused, `i_` may be either.
public enum JSONCorpus {
  private static let folder = URL(filePath: Programs.checkout).appending(path: "../shared/corpora/json/test_parsing")
    .standardizedFileURL

  public static let names: [String] =
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.filter { $0.hasSuffix(".json") }.sorted() ?? []

  /// Whether the corpus is here; tests that need it say so when it is not.
  public static let isHere = !names.isEmpty

  /// The files that a text begins the names of.
  public static func names(_ prefix: String) -> [String] { names.filter { $0.hasPrefix(prefix) } }

  public static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appending(path: name)))
  }
}

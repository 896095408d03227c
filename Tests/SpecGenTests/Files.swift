import Foundation

/// Files beside the tests.
enum Files {
  static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  static let goldens = package.appending(path: "Tests/SpecGenTests/Goldens")
  /// Documents whose clients are run, and what runs them.
  static let clients = package.appending(path: "Tests/SpecGenTests/Client")
  static let specification = package.appending(path: "api.yaml")
  /// Test data of others; absent on a user's machine.
  static let corpora = package.deletingLastPathComponent().appending(path: "shared/corpora")

  static func bytes(_ url: URL) throws -> [UInt8] {
    Array(try Data(contentsOf: url))
  }

  static func exists(_ url: URL) -> Bool {
    FileManager.default.fileExists(atPath: url.path(percentEncoded: false))
  }

  /// The names of a folder's folders, sorted.
  static func folders(_ url: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(at: url, includingPropertiesForKeys: [.isDirectoryKey])
      .filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
      .map(\.lastPathComponent).sorted()
  }
}

import Foundation
import Testing

@testable import SpecGenCore

@Suite struct TypeNamesTests {
  /// The modules that generated code imports.
  static let modules = ["HTTP", "JSON", "Storage", "Values"]

  @Test("No schema can hide a public type of a module that generated code imports", arguments: modules)
  func reserved(module: String) throws {
    let folder = Files.package.appending(path: "Sources/Runtime/\(module)")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    let declaration = /public (?:final |indirect )*(?:struct|enum|class|protocol|actor|typealias) (\w+)/
      .anchorsMatchLineEndings()
    var names: Set<String> = []
    for file in files where file.pathExtension == "swift" {
      for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
        if let match = line.prefixMatch(of: declaration) { names.insert(String(match.1)) }
      }
    }
    #expect(!names.isEmpty)
    #expect(names.subtracting(TypeNames.reserved).sorted() == [])
  }
}

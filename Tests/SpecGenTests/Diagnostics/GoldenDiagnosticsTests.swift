import Foundation
import Testing

@testable import SpecGenCore

/// A folder a case under Goldens/Diagnostics: api.yaml, and expected.txt with everything that the tool prints.
@Suite struct GoldenDiagnosticsTests {
  private static let folder = Files.goldens.appending(path: "Diagnostics")
  private static let cases = (try? Files.folders(folder)) ?? []

  @Test("A mistake is told at its place, with its reason and the way out", arguments: cases)
  func golden(_ name: String) throws {
    let folder = Self.folder.appending(path: name)
    let expected = try String(contentsOf: folder.appending(path: "expected.txt"), encoding: .utf8)
    let reading = try Self.read(folder)
    #expect(!reading.text.isEmpty, "\(name) holds no mistake")
    #expect(reading.text == expected)
  }

  /// Reads a case as the tool does in its folder, with the words of a file `args`: `lint`, `--within api` as
  /// a build, or `--security as-written`.
  private static func read(_ folder: URL) throws -> Pipeline.Reading {
    let file = folder.appending(path: "args")
    let words = Files.exists(file) ? try String(contentsOf: file, encoding: .utf8) : ""
    let access = FileAccess(
      read: { try? Files.bytes(folder.appending(path: $0)) },
      names: { path in
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: path).path)
        return names ?? []
      }, within: words.hasPrefix("--within") ? "api" : nil)
    let source = try Files.bytes(folder.appending(path: "api.yaml"))
    let policy: SecurityPolicy = words.hasPrefix("--security as-written") ? .asWritten : .required
    let reading = Pipeline.read(path: "api.yaml", source: source, access, policy)
    return words.hasPrefix("lint") ? reading.linted() : reading
  }

  @Test("Every kind of mistake has a golden case")
  func everyCodeHasACase() throws {
    let texts = try Self.cases.map {
      try String(contentsOf: Self.folder.appending(path: "\($0)/expected.txt"), encoding: .utf8)
    }.joined()
    let missing = DiagnosticCode.allCases.map(\.rawValue).filter { !texts.contains("[\($0)]\n") }
    #expect(missing == [])
    #expect(Self.cases.count >= 150)
  }
}

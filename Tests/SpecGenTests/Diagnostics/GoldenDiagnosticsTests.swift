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
    let source = try Files.bytes(folder.appending(path: "api.yaml"))
    let expected = try String(contentsOf: folder.appending(path: "expected.txt"), encoding: .utf8)
    do throws(Diagnostics) {
      _ = try Pipeline.read(source)
      Issue.record("\(name) holds no mistake")
    } catch {
      #expect(Pipeline.text(of: error, path: "api.yaml", source: source) == expected)
    }
  }

  @Test("Every kind of mistake has a golden case")
  func everyCodeHasACase() throws {
    let texts = try Self.cases.map {
      try String(contentsOf: Self.folder.appending(path: "\($0)/expected.txt"), encoding: .utf8)
    }.joined()
    let missing = DiagnosticCode.allCases.map(\.rawValue).filter { !texts.contains("[\($0)]\n") }
    #expect(missing == [])
    #expect(Self.cases.count >= 40)
  }
}

import Foundation
import Testing

@testable import SpecGenCore

/// A folder a case under Goldens/Diff: old.yaml, new.yaml, and expected.txt with what `specgen diff` prints.
@Suite struct GoldenDiffTests {
  private static let folder = Files.goldens.appending(path: "Diff")
  private static let cases = (try? Files.folders(folder)) ?? []

  private func specification(_ name: String, _ file: String) throws -> Pipeline.Specification {
    try Pipeline.read(try Files.bytes(Self.folder.appending(path: "\(name)/\(file)")))
  }

  private func report(_ name: String) throws -> DiffReport {
    DiffReport(from: try specification(name, "old.yaml"), to: try specification(name, "new.yaml"))
  }

  @Test("What changes is told, with what it does and how to deploy it", arguments: cases)
  func golden(_ name: String) throws {
    let expected = try String(contentsOf: Self.folder.appending(path: "\(name)/expected.txt"), encoding: .utf8)
    #expect(try report(name).text == expected)
  }

  @Test("The exit code is that of the worst change on the wire or in the databases")
  func exitCodes() throws {
    #expect(try report("nothing").exitCode == 0)
    #expect(try report("operation-added").exitCode == 0)
    #expect(try report("index-and-key").exitCode == 3)
    #expect(try report("type-changed").exitCode == 4)
  }

  @Test("Markdown has a table an area, JSON a member a fact")
  func formats() throws {
    let report = try report("problem-added")
    #expect(report.markdown.contains("| risky | `GET /notes/{note_id}` | it may answer the problem \"gone\" now"))
    let json = try JSONSerialization.jsonObject(with: Data(report.json.utf8)) as? [String: Any]
    #expect(json?["effect"] as? String == "risky")
    #expect((json?["changes"] as? [[String: Any]])?.map { $0["area"] as? String } == ["wire", "swift"])
    #expect((json?["deploy"] as? [String])?.count == 1)
  }

  @Test("The document does not differ from itself")
  func itself() throws {
    let specification = try Pipeline.read(try Files.bytes(Files.specification))
    #expect(DiffReport(from: specification, to: specification).changes == [])
  }
}

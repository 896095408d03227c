import Foundation
import Testing

@testable import SpecGenCore

@Suite struct DiagnosticReportTests {
  private var reading: Pipeline.Reading {
    let text = Sample.replacing(
      ("tags: [notes]", "tags: [note]"), ("    Note:\n", "    note: {type: object}\n    Note:\n"))
    return Pipeline.read(path: "my api/api.yaml", source: Array(text.utf8), .none)
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test("As JSON, each diagnostic has code, severity, message, place and notes")
  func json() throws {
    let list = try #require(try object(reading.json)["diagnostics"] as? [[String: Any]])
    #expect(list.map { $0["code"] as? String } == ["unknown-tag", "name-clash"])
    #expect(list[0]["severity"] as? String == "warning")
    #expect(list[0]["file"] as? String == "my api/api.yaml")
    #expect(list[0]["line"] as? Int == 9)
    #expect(list[0]["column"] as? Int == 14)
    #expect(list[0]["end_column"] as? Int == 18)
    let notes = try #require(list[1]["notes"] as? [[String: Any]])
    #expect(notes.map { $0["message"] as? String } == ["the schema \"note\" is defined here"])
  }

  @Test("As SARIF 2.1.0, results name rules that are explained, and places as URIs")
  func sarif() throws {
    let report = try object(reading.sarif)
    #expect(report["version"] as? String == "2.1.0")
    let run = try #require((report["runs"] as? [[String: Any]])?.first)
    #expect(run["columnKind"] as? String == "unicodeCodePoints")
    let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
    let rules = try #require(driver["rules"] as? [[String: Any]])
    let results = try #require(run["results"] as? [[String: Any]])
    for result in results {
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
    }
    let location = try #require((results[0]["locations"] as? [[String: Any]])?.first)
    let physical = try #require(location["physicalLocation"] as? [String: Any])
    #expect((physical["artifactLocation"] as? [String: Any])?["uri"] as? String == "my%20api/api.yaml")
    let region = try #require(physical["region"] as? [String: Int])
    #expect(region == ["startLine": 9, "startColumn": 14, "endLine": 9, "endColumn": 18])
    #expect((results[1]["relatedLocations"] as? [Any])?.count == 1)
  }

  @Test("A specification without mistakes is an empty report")
  func empty() throws {
    let reading = Pipeline.read(path: "api.yaml", source: Array(Sample.text.utf8), .none)
    #expect((try object(reading.json)["diagnostics"] as? [Any])?.isEmpty == true)
    #expect(reading.text == "")
  }
}

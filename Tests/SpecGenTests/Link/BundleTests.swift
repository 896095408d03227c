import Testing

@testable import SpecGenCore

@Suite struct BundleTests {
  @Test("A bundle of several files is one document that means the same", arguments: ["yaml", "json"])
  func bundle(_ format: String) throws {
    let text = Sample.replacing(("id: {type: string, format: uuid}\n", "id: {$ref: ids.yaml#/ID}\n"))
    let access = FileAccess(
      read: { $0 == "ids.yaml" ? Array("ID: {type: string, format: uuid}".utf8) : nil }, names: { _ in [] })
    let reading = Pipeline.read(path: "api.yaml", source: Array(text.utf8), access)
    #expect(reading.text == "")
    let bundled = try #require(format == "yaml" ? reading.bundledYAML : reading.bundledJSON)
    #expect(!bundled.contains("ids.yaml"))
    let again = Pipeline.read(path: "api.yaml", source: Array(bundled.utf8), .none)
    #expect(again.text == "")
    let files = try #require(reading.specification).files(.swift)
    #expect(try #require(again.specification).files(.swift) == files)
  }
}

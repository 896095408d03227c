import Foundation
import Testing

@testable import SpecGenCore

/// A folder a case under Goldens/Swift: api.yaml, and the files that it becomes, undivided.
///
/// After a change of the renderers this writes the files anew:
///
///     SPECGEN_UPDATE_GOLDENS=1 swift test --filter GoldenSwiftTests
///
/// Commit them by themselves, so that a reviewer reads what changed.
@Suite struct GoldenSwiftTests {
  private static let folder = Files.goldens.appending(path: "Swift")
  private static let cases = (try? Files.folders(folder)) ?? []
  private static let names = [
    "Schemas.swift", "Schemas+JSON.swift", "Operations.swift", "Operations+HTTP.swift", "Router.swift",
    "Outgoing.swift", "Events.swift", "Patterns.swift", "Problems.swift", "Tables.swift", "Queries.swift",
    "Lists.swift",
  ]
  private static let isUpdate = ProcessInfo.processInfo.environment["SPECGEN_UPDATE_GOLDENS"] == "1"

  @Test("There are golden files to compare with")
  func exist() {
    #expect(Self.cases == ["chat-small", "club", "documents", "foreign", "hostile", "requests", "shapes", "streams"])
  }

  @Test("A specification becomes exactly this Swift", arguments: cases, names)
  func golden(_ name: String, file: String) throws {
    let folder = Self.folder.appending(path: name)
    let api = try Pipeline.read(Files.bytes(folder.appending(path: "api.yaml"))).api
    let files = SwiftRenderer.files(for: api, shards: 1) + StorageRenderer.files(for: api)
    let text = try #require(files.first { $0.name == file }).text
    let golden = folder.appending(path: file)
    if Self.isUpdate { try text.write(to: golden, atomically: true, encoding: .utf8) }
    let expected = try String(contentsOf: golden, encoding: .utf8)
    #expect(text == expected)
  }
}

import Foundation
import Testing

@testable import SpecGenCore

/// Which file a type and an operation are written to.
@Suite struct ShardsTests {
  private static func specification(_ schemas: String = "") -> String {
    """
    openapi: 3.1.0
    info: {title: Shards, version: '1'}
    tags: [{name: cats}, {name: dogs}]
    paths:
      /cats/{id}: {get: {operationId: getCat, tags: [cats], security: [], parameters: [{name: id, in: path, required: true,
        schema: {type: string}}], responses: {'200': {description: It., content: {application/json: {schema:
        {$ref: '#/components/schemas/Cat'}}}}}}}
      /dogs/{id}: {get: {operationId: getDog, tags: [dogs], security: [], parameters: [{name: id, in: path, required: true,
        schema: {type: string}}], responses: {'200': {description: It., content: {application/json: {schema:
        {$ref: '#/components/schemas/Dog'}}}}}}}
    components:
      schemas:
        Cat: {type: object, properties: {paw: {$ref: '#/components/schemas/Paw'}, owner: {$ref: '#/components/schemas/Owner'}}}
        Paw: {type: object, properties: {claws: {type: integer}}}
        Dog: {type: object, properties: {owner: {$ref: '#/components/schemas/Owner'}}}
        Owner: {type: object, properties: {name: {type: string}}}
    \(schemas)
    """
  }

  /// The number of the file that declares a type, by the type's name.
  private func places(_ specification: String) throws -> [String: Int] {
    let api = try Pipeline.read(Array(specification.utf8)).api
    let parts = Shards(api, count: OutputFiles.shards).parts(of: api)
    let places = parts.enumerated().flatMap { index, part in part.types.map { ($0.swiftName, index) } }
    return Dictionary(uniqueKeysWithValues: places)
  }

  @Test("A type that one tag uses stands with that tag's operations, through other types too")
  func tags() throws {
    let api = try Pipeline.read(Array(Self.specification().utf8)).api
    let parts = Shards(api, count: OutputFiles.shards).parts(of: api)
    let cats = try #require(parts.first { $0.operations.map(\.id).contains("getCat") })
    #expect(cats.types.map(\.swiftName).contains("Cat") && cats.types.map(\.swiftName).contains("Paw"))
    #expect(cats.tags.map(\.name) == ["cats"])
  }

  @Test("Every type and operation is in exactly one file")
  func all() throws {
    let api = try Pipeline.read(Files.bytes(Files.specification)).api
    let parts = Shards(api, count: OutputFiles.shards).parts(of: api)
    #expect(parts.flatMap(\.types).map(\.swiftName).sorted() == api.types.map(\.swiftName).sorted())
    #expect(parts.flatMap(\.operations).map(\.id).sorted() == api.operations.map(\.id).sorted())
  }

  @Test("Divided code is the same code, whichever operations meet in a file", arguments: [2, 3, 16])
  func same(count: Int) throws {
    // One tag asks for a bearer token, which is simple, the other one for a key, which is not.
    let keyed = Self.specification(
      "  securitySchemes: {token: {type: http, scheme: bearer}, key: {type: apiKey, in: header, name: Key}}"
    )
    .replacing(
      "operationId: getCat, tags: [cats], security: []",
      with: "operationId: getCat, tags: [cats], security: [{token: []}]"
    )
    .replacing(
      "operationId: getDog, tags: [dogs], security: []",
      with: "operationId: getDog, tags: [dogs], security: [{key: []}]")
    let forms = Files.goldens.appending(path: "Swift/requests/api.yaml")
    for text in [Array(keyed.utf8), try Files.bytes(forms)] {
      let api = try Pipeline.read(text).api
      #expect(lines(SwiftRenderer.files(for: api, shards: count)) == lines(SwiftRenderer.files(for: api, shards: 1)))
    }
  }

  /// How often each line stands in all files together, without how a file begins.
  private func lines(_ files: [GeneratedFile]) -> [Substring: Int] {
    let lines = files.flatMap { $0.text.split(separator: "\n") }
      .filter { !$0.hasPrefix("import ") && !$0.hasPrefix("//") }
    return Dictionary(lines.map { ($0, 1) }, uniquingKeysWith: +)
  }

  @Test("What is added elsewhere moves nothing")
  func stable() throws {
    let before = try places(Self.specification())
    let after = try places(Self.specification("    Another: {type: object, properties: {name: {type: string}}}"))
    #expect(after.filter { $0.key != "Another" } == before)
  }

  @Test("An edit of one type changes the two files that hold it, and the documents")
  func edit() throws {
    let before = try Pipeline.read(Array(Self.specification().utf8)).files(.swift)
    let edited = Self.specification().replacing(
      "claws: {type: integer}", with: "claws: {type: integer}, fur: {type: boolean}")
    let after = try Pipeline.read(Array(edited.utf8)).files(.swift)
    let changed = zip(before, after).filter { $0 != $1 }.map(\.1.name)
    #expect(changed.count == 3 && changed.contains("Documents.swift"), "\(changed)")
  }
}

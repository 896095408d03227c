import JSON
import TestSupport

@testable import SpecGenCore

/// A document of random schemas, and what SpecGen makes of it.
struct RandomAPI {
  /// The schemas whose types are run, by the types' names.
  let roots: [(name: String, shape: Shape)]
  let api: API

  /// - Parameter count: how many schemas are run; a third as many stand beside them, for references.
  init(seed: UInt64, count: Int) throws {
    var random = SplitMix64(seed: seed)
    var named: [(name: String, shape: Shape)] = []
    for number in 0..<count / 3 {
      named.append(("Part\(number)", Shape.random(&random, depth: 1, named: named)))
    }
    let roots: [(name: String, shape: Shape)] = (0..<count).map { number in
      let value = Shape.Member(
        name: "value", shape: Shape.random(&random, depth: 0, named: named), isRequired: true, isNullable: false)
      return ("Root\(number)", .object(Shape.Members(members: [value], others: .any)))
    }
    let schemas = (named + roots).map { ($0.name, $0.shape.schema) }
    let document: JSONValue = [
      "openapi": "3.1.0", "info": ["title": "Random", "version": "1"], "paths": [:],
      "components": ["schemas": .object(JSONObject(schemas))],
    ]
    let reading = Pipeline.read(path: "api.yaml", source: JSONWriter.write(document), .none)
    guard let specification = reading.specification else { throw Refused(description: reading.text) }
    self.roots = roots
    api = specification.api
  }

  struct Refused: Error, CustomStringConvertible {
    let description: String
  }

  /// The generated Swift of the schemas. Nothing of it is read from a form, so that it needs no more than JSON.
  var files: [(name: String, text: String)] {
    SwiftRenderer.files(for: api)
      .filter { $0.name.hasPrefix("Schemas") || ["Patterns.swift", "Rules.swift"].contains($0.name) }
      .map { ($0.name, $0.text.replacing("import HTTP\n", with: "")) }
  }
}

/// The patterns of all schemas, each once, named after the property or parameter that has it first.
struct PatternTable {
  private(set) var patterns: [(name: String, source: String)] = []

  init(_ api: API) {
    for type in api.types {
      switch type.kind {
      case .object(let object): for property in object.properties { add(property.type, property.swiftName) }
      case .alias, .enumeration: break
      }
    }
    for operation in api.operations {
      for parameter in operation.parameters { add(parameter.type, parameter.swiftName) }
      for content in operation.body?.content ?? [] { add(content.type, "\(operation.id)Body") }
    }
  }

  /// The name of a pattern as a use writes it after the dot.
  func name(of pattern: String) -> String {
    SwiftSyntax.member(patterns.first { $0.source == pattern }?.name ?? "none")
  }

  private mutating func add(_ type: TypeUse, _ name: String) {
    switch type {
    case .string(let constraints):
      guard let pattern = constraints.pattern, !patterns.contains(where: { $0.source == pattern }) else { return }
      var unique = name
      var number = 2
      while patterns.contains(where: { $0.name == unique }) {
        unique = "\(name)\(number)"
        number += 1
      }
      patterns.append((unique, pattern))
    case .array(let item, _): add(item, name)
    case .map(let value): add(value, name)
    default: break
    }
  }

  func write(to writer: inout SourceWriter) {
    writer.doc(["The patterns of the schemas, compiled once."])
    writer.block("enum Patterns") { writer in
      for pattern in patterns {
        let name = SwiftSyntax.identifier(pattern.name)
        writer.line("static let \(name) = Pattern(\(SwiftSyntax.literal(pattern.source)))")
      }
    }
  }
}

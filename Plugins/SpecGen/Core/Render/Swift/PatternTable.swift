/// The patterns of all schemas, each once, named after the property or parameter that has it, or `shared` where
/// several have it.
struct PatternTable {
  struct Entry {
    let source: String
    /// Who has the pattern, in the order of the document, each once.
    fileprivate(set) var users: [String]
    fileprivate(set) var name = ""
  }

  private(set) var patterns: [Entry] = []
  private var indexes: [String: Int] = [:]

  init(_ api: API) {
    for type in api.types {
      switch type.kind {
      case .object(let object):
        for property in object.properties { add(property.type, property.swiftName) }
        if let others = object.otherMembers { add(others.type, others.swiftName) }
      case .choice(let choice): for element in choice.cases { add(element.type, element.swiftName) }
      case .alias, .enumeration: break
      }
    }
    for operation in api.operations {
      for parameter in operation.parameters { add(parameter.type, parameter.swiftName) }
      for content in operation.body?.content ?? [] { add(content.type, "\(operation.id)Body") }
    }
    var taken: Set<String> = []
    for index in patterns.indices {
      let name = patterns[index].users.count == 1 ? patterns[index].users[0] : "shared"
      var unique = name
      var number = 2
      while !taken.insert(unique).inserted {
        unique = "\(name)\(number)"
        number += 1
      }
      patterns[index].name = unique
    }
  }

  /// The name of a pattern as a use writes it after the dot.
  func name(of pattern: String) -> String {
    SwiftSyntax.member(indexes[pattern].map { patterns[$0].name } ?? "none")
  }

  private mutating func add(_ type: TypeUse, _ name: String) {
    switch type {
    case .string(let constraints):
      guard let pattern = constraints.pattern else { return }
      if let index = indexes[pattern] {
        if !patterns[index].users.contains(name) { patterns[index].users.append(name) }
      } else {
        indexes[pattern] = patterns.count
        patterns.append(Entry(source: pattern, users: [name]))
      }
    case .array(let item, _): add(item, name)
    case .map(let value, _): add(value, name)
    default: break
    }
  }

  /// `Patterns.swift`.
  func file() -> GeneratedFile {
    var writer = SourceWriter()
    writer.line(SwiftSyntax.header)
    if !patterns.isEmpty {
      writer.line()
      writer.line("import JSON")
      writer.line()
      write(to: &writer)
    }
    return GeneratedFile(name: "Patterns.swift", text: writer.text)
  }

  private func write(to writer: inout SourceWriter) {
    writer.doc(["The patterns of the schemas, compiled once."])
    writer.block("enum Patterns") { writer in
      for pattern in patterns {
        let users = pattern.users.map { "`\($0)`" }
        if users.count > 1 {
          writer.doc(["Of \(users.dropLast().joined(separator: ", ")) and \(users[users.count - 1])."])
        }
        let name = SwiftSyntax.identifier(pattern.name)
        writer.line("static let \(name) = Pattern(\(SwiftSyntax.literal(pattern.source)))")
      }
    }
  }
}

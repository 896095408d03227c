/// What is not wrong but could be better: `specgen lint`.
struct Linter {
  let document: OpenAPI.Document
  private var diagnostics: [Diagnostic] = []

  private init(_ document: OpenAPI.Document) {
    self.document = document
  }

  static func lint(_ document: OpenAPI.Document) -> [Diagnostic] {
    var linter = Linter(document)
    linter.checkDescriptions()
    linter.checkUse()
    linter.checkNames()
    return linter.diagnostics
  }

  // MARK: Descriptions

  private mutating func checkDescriptions() {
    for tag in document.tags where tag.description == nil {
      diagnostics.warning(
        .missingDescription, at: tag.name.place,
        "the tag \"\(tag.name.value)\" has no \"description\"; say in a line what its operations are about")
    }
    for operation in document.paths.flatMap(\.operations) where operation.summary == nil {
      diagnostics.warning(
        .missingDescription, at: operation.id?.place ?? operation.place,
        "the operation \"\(operation.id?.value ?? operation.method.token)\" has no \"summary\"; say in a few words what it does"
      )
    }
    for operation in document.paths.flatMap(\.operations) where operation.id == nil {
      diagnostics.warning(
        .missingOperationID, at: operation.place,
        "the operation has no \"operationId\", so that its method is called after its path; write the name that it should have"
      )
    }
    for schema in document.components.schemas
    where schema.value.description == nil && schema.value.title == nil && schema.value.reference == nil {
      diagnostics.note(
        .missingDescription, at: schema.name.place,
        "the schema \"\(schema.name.value)\" has no \"description\"; say what it is")
    }
    for table in document.tables where table.description == nil && table.schema == nil {
      diagnostics.note(
        .missingDescription, at: table.name.place,
        "the table \"\(table.name.value)\" has no \"description\"; say what its rows are")
    }
  }

  // MARK: Use

  /// A component counts as used when something outside of `components` leads to it, by way of others or at once.
  private mutating func checkUse() {
    let used = ComponentUse.pointers(in: document)
    let components = document.components
    unused(components.schemas.map(\.name), "schema", "schemas", used)
    unused(components.responses.map(\.name), "response", "responses", used)
    unused(components.parameters.map(\.name), "parameter", "parameters", used)
    unused(components.requestBodies.map(\.name), "request body", "requestBodies", used)
    unused(components.headers.map(\.name), "header", "headers", used)
    unused(components.securitySchemes.map(\.name), "security scheme", "securitySchemes", used)
    checkUseOfTagsAndProblems()
  }

  private mutating func unused(_ names: [Located<String>], _ kind: String, _ section: String, _ used: Set<String>) {
    for name in names where !used.contains(ComponentUse.pointer(section, name.value)) {
      diagnostics.warning(
        .unusedComponent, at: name.place, "nothing uses the \(kind) \"\(name.value)\"; remove it, or refer to it")
    }
  }

  private mutating func checkUseOfTagsAndProblems() {
    let operations = document.paths.flatMap(\.operations)
    let tags = Set(operations.flatMap(\.tags).map(\.value))
    for tag in document.tags where !tags.contains(tag.name.value) {
      diagnostics.warning(
        .unusedComponent, at: tag.name.place, "no operation has the tag \"\(tag.name.value)\"; remove it")
    }
    var codes: [DocumentValue] = []
    Self.collectCodes(document.value, &codes)
    for problem in document.problems where !codes.contains(.string(problem.code.value)) {
      diagnostics.warning(
        .unusedComponent, at: problem.code.place,
        "no response carries the problem \"\(problem.code.value)\"; name it in \"x-codes\", or remove it")
    }
  }

  private static func collectCodes(_ value: DocumentValue, _ codes: inout [DocumentValue]) {
    switch value {
    case .object(let members):
      for member in members {
        if member.key == "x-codes", case .array(let items) = member.value { codes += items }
        collectCodes(member.value, &codes)
      }
    case .array(let items): for item in items { collectCodes(item, &codes) }
    default: break
    }
  }

  // MARK: Names

  private mutating func checkNames() {
    for schema in document.components.schemas where schema.value.swiftName == nil {
      let name = schema.name.value
      guard let better = SwiftName.upperCamel(name), name.first?.isUppercase == false || name.contains("_") else {
        continue
      }
      diagnostics.warning(
        .inconsistentName, at: schema.name.place,
        "schemas are named like types, with a capital and without \"_\"; write \"\(better)\" instead of \"\(name)\"")
    }
    var members: [Located<String>] = []
    for schema in document.components.schemas { Self.collect(schema.value, &members) }
    checkStyle(of: members, "properties")
    let parameters =
      document.paths.flatMap { $0.parameters + $0.operations.flatMap(\.parameters) }
      + document.components.parameters.map(\.value)
    checkStyle(
      of: parameters.compactMap { parameter in
        if case .inline(let parameter) = parameter, parameter.location.value != .header { parameter.name } else { nil }
      }, "parameters")
  }

  private static func collect(_ schema: OpenAPI.Schema, _ names: inout [Located<String>]) {
    for property in schema.properties ?? [] {
      names.append(property.name)
      collect(property.value, &names)
    }
    if let items = schema.items { collect(items.value, &names) }
  }

  private mutating func checkStyle(of names: [Located<String>], _ what: String) {
    let styles = names.compactMap { NameStyle($0.value) }
    let counts = NameStyle.allCases.map { style in (style, styles.count { $0 == style }) }
    guard let most = counts.max(by: { $0.1 < $1.1 }), most.1 * 3 >= styles.count * 2 else { return }
    for name in names {
      guard let style = NameStyle(name.value), style != most.0 else { continue }
      diagnostics.warning(
        .inconsistentName, at: name.place,
        "most \(what) are written like \"\(most.0.rawValue)\"; \"\(name.value)\" is written like \"\(style.rawValue)\"")
    }
  }
}

/// How several words are written as one name. A single small word fits all of them.
private enum NameStyle: String, CaseIterable {
  case snake = "two_words"
  case camel = "twoWords"
  case kebab = "two-words"
  case pascal = "TwoWords"

  init?(_ name: String) {
    if name.contains("_") {
      self = .snake
    } else if name.contains("-") {
      self = .kebab
    } else if name.first?.isUppercase == true {
      self = .pascal
    } else if name.contains(where: \.isUppercase) {
      self = .camel
    } else {
      return nil
    }
  }
}

extension Pipeline.Reading {
  /// The same with what could be better.
  package func linted() -> Pipeline.Reading {
    var linted = self
    if let source { linted.diagnostics += Linter.lint(source) }
    return linted
  }

  /// Whether there is anything to mend: errors or warnings.
  package var hasFindings: Bool { diagnostics.contains { $0.severity != .note } }
}

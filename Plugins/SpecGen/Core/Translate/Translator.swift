/// The fourth stage: a resolved document → what the renderers write.
struct Translator {
  let document: ResolvedDocument
  let declarations: [String: ResolvedDeclaration]
  let recursion: Recursion
  /// The Swift methods of the operations by how the document calls them.
  private let operationIDs: [String: String]

  private init(_ document: ResolvedDocument) {
    self.document = document
    declarations = Dictionary(
      document.schemas.map { ($0.name.value, $0) }, uniquingKeysWith: { first, _ in first })
    recursion = Recursion(document.schemas)
    operationIDs = Dictionary(document.operations.map { ($0.name, $0.id) }, uniquingKeysWith: { first, _ in first })
  }

  static func translate(_ document: ResolvedDocument) -> API {
    let translator = Translator(document)
    return API(
      title: document.info.title, version: document.info.version, summary: document.info.summary,
      description: document.info.description, tags: document.tags.map(translator.tag),
      types: translator.types(), operations: document.operations.map(translator.operation),
      events: translator.events(), outgoing: document.outgoing.map(translator.outgoing),
      securitySchemes: document.securitySchemes.map(translator.securityScheme),
      problems: document.problems.map(translator.problem), tables: document.tables.map(translator.table),
      queries: document.queries.map(translator.query), lists: document.lists.map(translator.list),
      rules: document.rules, ruleUses: document.ruleUses, document: document.value)
  }

  private func tag(_ tag: OpenAPI.Tag) -> Tag {
    Tag(
      name: tag.name.value, protocolName: (SwiftName.upperCamel(tag.name.value) ?? "") + "API",
      label: SwiftName.lowerCamel(tag.name.value) ?? "", description: tag.description)
  }

  private func problem(_ problem: OpenAPI.Problem) -> ProblemDeclaration {
    ProblemDeclaration(
      code: problem.code.value, swiftName: SwiftName.lowerCamel(problem.code.value) ?? "",
      status: problem.status.value, title: problem.title, detail: problem.detail)
  }

  // MARK: Use of schemas

  /// The declared schema at the end of a chain of references.
  func target(_ schema: ResolvedSchema) -> ResolvedSchema {
    var schema = schema
    while case .reference(let name) = schema.kind, let next = declarations[name] { schema = next.schema }
    return schema
  }

  func isNullable(_ schema: ResolvedSchema) -> Bool {
    let target = target(schema)
    guard !schema.isNullable, case .choice(let choice) = target.kind else {
      return schema.isNullable || target.isNullable
    }
    return target.isNullable || choice.cases.contains { isNullable($0.schema) }
  }

  func typeUse(_ schema: ResolvedSchema) -> TypeUse {
    let target = target(schema)
    switch target.kind {
    case .object, .enumeration, .choice: return .named(target.typeName ?? "")
    case .string(let constraints): return .string(constraints)
    case .integer(let constraints): return .integer(constraints)
    case .number(let constraints): return .number(constraints)
    case .boolean: return .boolean
    case .constant(let text): return .constant(text)
    case .uuid: return .uuid
    case .timestamp: return .timestamp
    case .date: return .date
    case .bytes: return .bytes
    case .array(let item, var constraints):
      constraints.itemsAreNullable = isNullable(item)
      return .array(typeUse(item), constraints)
    case .map(let value, var constraints):
      constraints.valuesAreNullable = isNullable(value)
      return .map(typeUse(value), constraints)
    case .literal(let values): return .literal(values)
    case .ruled(let use): return .ruled(use)
    case .json, .reference: return .json
    }
  }

  /// What a reference says itself wins over what its target says.
  func defaultValue(_ schema: ResolvedSchema) -> DocumentValue? {
    (schema.defaultValue ?? target(schema).defaultValue)?.value
  }

  func example(_ schema: ResolvedSchema) -> DocumentValue? {
    (schema.examples.first ?? target(schema).examples.first)?.value
  }

  func exampleSource(_ schema: ResolvedSchema) -> ExampleSource? {
    exampleSource(schema.exampleSource ?? target(schema).exampleSource)
  }

  func exampleSource(_ source: OpenAPI.ExampleSource?) -> ExampleSource? {
    source.flatMap { source in
      operationIDs[source.operation.value].map { ExampleSource(operation: $0, pointer: source.pointer.value) }
    }
  }
}

/// The third stage: follows references, decides names, checks everything that more than one key says together.
struct Resolver {
  let document: OpenAPI.Document
  var diagnostics: [Diagnostic] = []
  /// The Swift types of the whole document.
  var typeNames = TypeNames()
  /// The entries of `components/schemas` by their keys.
  let schemaIndex: [String: OpenAPI.Schema]
  /// The Swift type of every entry of `components/schemas`.
  var declaredTypeNames: [String: String] = [:]
  /// Those that become no Swift types.
  var hiddenSchemas: Set<String> = []
  var schemas: [ResolvedDeclaration] = [] {
    didSet {
      declarationIndex = Dictionary(schemas.map { ($0.name.value, $0) }, uniquingKeysWith: { first, _ in first })
    }
  }
  private(set) var declarationIndex: [String: ResolvedDeclaration] = [:]
  /// What says that something was renamed and no column has used yet.
  var unusedRenames: [Place: Rename] = [:]
  /// Inline schemas whose Swift types are taken, each with its type.
  var inlineTypes: Set<String> = []
  /// What the types of schemas that stand inline in bodies and answers are called.
  var contentNames: Set<String> = []
  /// The pointers of the schemas that are being resolved, each within the one before.
  var openSchemas: Set<String> = []
  /// The declared schemas that are being merged, outermost first.
  var mergeStack: [String] = []
  /// The types that the targets of references have.
  var typesOfTargets: [String: [String]] = [:]
  /// Schemas that parameters, bodies and responses of `components` hold; several operations may use one.
  var shared: [String: ResolvedSchema] = [:]
  /// The events of responses, by the pointers of their schemas.
  var eventTypes: [String: ResolvedEvents] = [:]
  /// The names of the tags that the document declares.
  let declaredTags: Set<String>
  /// Declared tags, and those that operations have without a declaration.
  var tags: [OpenAPI.Tag] = []
  /// The router has a property for each tag's handler beside its own.
  var tagNames = NameScope("the tags", reserved: ["authenticator", "bodyLimit", "problem", "self"])
  /// Operations that say nothing about who may call them.
  var openOperations: [Located<String>] = []
  let policy: SecurityPolicy
  /// Whether what is being resolved is a request that the server sends.
  var isOutgoing = false
  /// The schemas that no Swift type can say.
  var ruled: RuledSchemas?

  private init(_ document: OpenAPI.Document, _ policy: SecurityPolicy) {
    self.document = document
    self.policy = policy
    declaredTags = Set(document.tags.map { $0.name.value })
    schemaIndex = Dictionary(
      document.components.schemas.map { ($0.name.value, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  /// What the document means as far as it can be understood; it is of use only when there are no errors.
  static func resolve(
    _ document: OpenAPI.Document, _ policy: SecurityPolicy, _ diagnostics: inout [Diagnostic]
  ) -> ResolvedDocument {
    var resolver = Resolver(document, policy)
    resolver.nameDeclarations()
    resolver.schemas = resolver.declarations()
    resolver.checkCycles()
    let operations = resolver.operations()
    let outgoing = resolver.outgoing(operations)
    resolver.checkLinks(operations)
    let tables = resolver.tables()
    let queries = resolver.queries(tables)
    let lists = resolver.lists(operations, tables)
    resolver.checkRenames(tables)
    resolver.checkProblems()
    resolver.checkExamples(operations, outgoing.map(\.operation))
    diagnostics += resolver.diagnostics
    let rules = resolver.ruled?.lowered() ?? (rules: [], problems: [])
    let used = Set(operations.map(\.tag))
    let tags = resolver.tags.filter { used.contains($0.name.value) }
    return ResolvedDocument(
      info: document.info, tags: tags, schemas: resolver.schemas, operations: operations,
      outgoing: outgoing, securitySchemes: document.components.securitySchemes, problems: document.problems,
      tables: tables, queries: queries, lists: lists,
      rules: rules.rules, ruleUses: resolver.ruled?.uses ?? [], ruleProblems: rules.problems, value: document.value)
  }

  /// Whether the document has something at a pointer, right or wrong: what is wrong with it has been told then.
  func isWritten(_ pointer: String) -> Bool { document.value.value(at: pointer) != nil }

  /// The declared schema at the end of a chain of references; nil for one that does not end or does not exist.
  func target(of schema: ResolvedSchema) -> ResolvedSchema? {
    var schema = schema
    for _ in 0...schemas.count {
      guard case .reference(let name) = schema.kind else { return schema }
      guard let next = declarationIndex[name] else { return nil }
      schema = next.schema
    }
    return nil
  }

  /// Whether null is a value of the schema, by itself or by what it refers to.
  func isNullable(_ schema: ResolvedSchema) -> Bool {
    isNullable(schema, depth: 0)
  }

  /// - Parameter depth: of choices in choices, which a wrong document may nest without end.
  private func isNullable(_ schema: ResolvedSchema, depth: Int) -> Bool {
    guard !schema.isNullable, let target = target(of: schema) else { return schema.isNullable }
    guard case .choice(let choice) = target.kind, depth < 16 else { return target.isNullable }
    return target.isNullable || choice.cases.contains { isNullable($0.schema, depth: depth + 1) }
  }
}

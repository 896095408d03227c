/// Divides types and operations among files whose number is fixed, since a build must know them before it reads the
/// specification.
///
/// A tag's operations stand together, and with them the types that no other tag uses: what an edit of a type compiles
/// anew is in few files. The file of a tag, and that of a type by itself, follow from the name alone, so that what is
/// added elsewhere moves nothing.
struct Shards {
  /// Types of one tag in one file at most; those of a larger tag are placed by themselves.
  private static let typesPerTag = 100

  let count: Int
  /// The only tag that uses a type, by the type's Swift name.
  private let tags: [String: String]

  init(_ api: API, count: Int) {
    self.count = count
    let types = Dictionary(api.types.map { ($0.swiftName, $0) }, uniquingKeysWith: { first, _ in first })
    var users: [String: Set<String>] = [:]
    for (tag, operations) in api.operationsByTag {
      var pending = operations.flatMap(\.types).flatMap(\.names)
      while let name = pending.popLast() {
        if users[name, default: []].insert(tag).inserted { pending += types[name]?.types.flatMap(\.names) ?? [] }
      }
    }
    let only = users.compactMapValues { $0.count == 1 ? $0.first : nil }
    let sizes = Dictionary(grouping: only.values, by: \.self).mapValues(\.count)
    tags = only.filter { sizes[$0.value, default: 0] <= Self.typesPerTag }
  }

  /// The API once for each file, with what is in it.
  func parts(of api: API) -> [API] {
    let types = Dictionary(grouping: api.types) { index(of: tags[$0.swiftName] ?? $0.swiftName) }
    let operations = Dictionary(grouping: api.operations) { index(of: $0.tag) }
    let named = Dictionary(grouping: api.tags) { index(of: $0.name) }
    return (0..<count).map { index in
      var part = api
      part.types = types[index] ?? []
      part.operations = operations[index] ?? []
      part.tags = named[index] ?? []
      return part
    }
  }

  /// A place by a name: the remainder of its FNV-1a hash, the same in every run.
  private func index(of name: String) -> Int {
    let hash = name.utf8.reduce(0x811C_9DC5 as UInt32) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
    return Int(hash % UInt32(count))
  }
}

extension Operation {
  /// Every type that it takes or answers.
  fileprivate var types: [TypeUse] {
    parameters.map(\.type) + (body?.content.map(\.type) ?? [])
      + responses.flatMap { ($0.content.map { [$0.type] } ?? []) + $0.headers.map(\.type) }
  }
}

extension TypeDeclaration {
  /// Every type that it is made of.
  fileprivate var types: [TypeUse] {
    switch kind {
    case .object(let object): object.properties.map(\.type) + (object.otherMembers.map { [$0.type] } ?? [])
    case .choice(let choice): choice.cases.map(\.type)
    case .alias(let type): [type]
    case .enumeration: []
    }
  }
}

extension TypeUse {
  /// The declared types in it.
  fileprivate var names: [String] {
    switch self {
    case .named(let name): [name]
    case .array(let item, _): item.names
    case .map(let value, _): value.names
    default: []
    }
  }
}

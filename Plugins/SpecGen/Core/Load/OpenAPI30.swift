/// OpenAPI 3.0 as what it means in 3.1: schemas with `nullable` and with boolean exclusive bounds are rewritten, each at
/// its place, so that the stages after this one know 3.1 only.
enum OpenAPI30 {
  /// The document in 3.1; any other than one of 3.0 stays as it is.
  static func upgraded(_ document: YAMLNode) -> YAMLNode {
    guard case .mapping(var entries) = document.content,
      let version = entries.firstIndex(where: { $0.key.value == "openapi" }),
      case .scalar(let scalar) = entries[version].value.content, isVersion30(scalar)
    else { return document }
    entries[version].value.content = .scalar(text("3.1.1"))
    var result = document
    result.content = .mapping(entries)
    return upgraded(result, .document)
  }

  /// `3.0` unquoted is a number, which is told as for any other version.
  private static func isVersion30(_ scalar: YAMLScalar) -> Bool {
    guard case .string(let version) = scalar.value else { return false }
    return version == "3.0" || version.hasPrefix("3.0.")
  }

  /// A value of a kind: looks for schemas in it.
  private static func upgraded(_ node: YAMLNode, _ kind: NodeKind) -> YAMLNode {
    guard case .mapping(var entries) = node.content else { return node }
    for index in entries.indices {
      // The `x-` keys of the root are SpecGen's own, and 3.1 anyway.
      let key = entries[index].key.value
      if kind == .document, key.hasPrefix("x-") { continue }
      if let child = kind.child(key) { entries[index].value = upgraded(entries[index].value, child) }
    }
    return kind == .schema ? schema(node, entries) : node.with(.mapping(entries))
  }

  private static func upgraded(_ node: YAMLNode, _ child: NodeKind.Child) -> YAMLNode {
    switch (child, node.content) {
    case (.one(let kind), _): return upgraded(node, kind)
    case (.list(let kind), .sequence(let items)): return node.with(.sequence(items.map { upgraded($0, kind) }))
    case (.map(let kind), .mapping(var entries)):
      for index in entries.indices { entries[index].value = upgraded(entries[index].value, kind) }
      return node.with(.mapping(entries))
    default: return node
    }
  }

  // MARK: Schemas

  /// - Parameter entries: the members of the schema, upgraded.
  private static func schema(_ node: YAMLNode, _ entries: [YAMLNode.Entry]) -> YAMLNode {
    var entries = entries
    exclude("exclusiveMinimum", "minimum", &entries)
    exclude("exclusiveMaximum", "maximum", &entries)
    let isNullable = removeBoolean("nullable", &entries)
    let result = node.with(.mapping(entries))
    return isNullable ? nullable(result, entries) : result
  }

  /// `exclusiveMinimum: true` beside `minimum: 1` becomes `exclusiveMinimum: 1`.
  private static func exclude(_ exclusive: String, _ bound: String, _ entries: inout [YAMLNode.Entry]) {
    guard let index = entries.firstIndex(where: { $0.key.value == exclusive }),
      case .scalar(let scalar) = entries[index].value.content, case .bool(let isExclusive) = scalar.value
    else { return }
    if !isExclusive {
      entries.remove(at: index)
    } else if let other = entries.first(where: { $0.key.value == bound }) {
      entries[index].value = other.value
      entries.removeAll { $0.key.value == bound }
    }
  }

  private static func removeBoolean(_ key: String, _ entries: inout [YAMLNode.Entry]) -> Bool {
    guard let index = entries.firstIndex(where: { $0.key.value == key }),
      case .scalar(let scalar) = entries[index].value.content, case .bool(let value) = scalar.value
    else { return false }
    entries.remove(at: index)
    return value
  }

  /// The schema or null: as a second type, or where there is none, as an alternative.
  private static func nullable(_ node: YAMLNode, _ entries: [YAMLNode.Entry]) -> YAMLNode {
    var node = node
    var entries = entries
    if let type = entries.firstIndex(where: { $0.key.value == "type" }) {
      let written = entries[type].value
      entries[type].value.content = .sequence([written, YAMLNode(content: .scalar(text("null")), place: written.place)])
      if let values = entries.firstIndex(where: { $0.key.value == "enum" }),
        case .sequence(let items) = entries[values].value.content
      {
        let null = YAMLScalar(text: "null", style: .plain, value: .null)
        let isListed = items.contains { if case .scalar(let item) = $0.content { item.value == .null } else { false } }
        let place = entries[values].value.place
        entries[values].value.content = .sequence(
          items + (isListed ? [] : [YAMLNode(content: .scalar(null), place: place)]))
      }
      node.content = .mapping(entries)
      return node
    }
    guard entries.contains(where: { ["$ref", "allOf", "anyOf", "oneOf"].contains($0.key.value) }) else { return node }
    let null = YAMLNode(
      content: .mapping([
        .init(
          key: Located("type", at: node.place), value: YAMLNode(content: .scalar(text("null")), place: node.place))
      ]), place: node.place)
    // What documents the schema, or says how it is used, stays where it is.
    let own = entries.filter { SchemaKeywords.annotations.contains($0.key.value) }
    var part = node
    part.content = .mapping(entries.filter { !SchemaKeywords.annotations.contains($0.key.value) })
    let alternatives = YAMLNode(content: .sequence([part, null]), place: node.place)
    node.content = .mapping(own + [.init(key: Located("anyOf", at: node.place), value: alternatives)])
    return node
  }

  private static func text(_ text: String) -> YAMLScalar {
    YAMLScalar(text: text, style: .singleQuoted, value: .string(text))
  }
}

extension YAMLNode {
  /// Another content at the same place.
  fileprivate func with(_ content: Content) -> YAMLNode {
    var node = self
    node.content = content
    return node
  }
}

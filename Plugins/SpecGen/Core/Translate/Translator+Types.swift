extension Translator {
  /// Declared schemas in the order of the document, each followed by the inline ones within it, then those of
  /// operations, tables and queries.
  func types() -> [TypeDeclaration] {
    var types: [TypeDeclaration] = []
    for declaration in document.schemas where !declaration.isHidden {
      add(declaration, to: &types)
    }
    var seen: Set<String> = []
    for schema in inlineSchemas where seen.insert(schema.pointer).inserted {
      hoist(schema, in: nil, to: &types)
    }
    // A schema that is merged into others is met in each of them.
    var names: Set<String> = []
    return types.filter { names.insert($0.swiftName).inserted }
  }

  /// The schemas that stand in operations, tables and queries themselves.
  private var inlineSchemas: [ResolvedSchema] {
    var schemas: [ResolvedSchema] = []
    for operation in document.operations + document.outgoing.map(\.operation) {
      schemas += operation.parameters.map(\.schema)
      schemas += (operation.body?.content ?? []).map(\.schema)
      for response in operation.responses where response.isAnswered {
        for content in response.answers {
          switch content.body {
          case .events(let events): schemas += events.cases.compactMap(\.payload.schema)
          case .lines(let item): schemas.append(item)
          default: schemas += [content.schema].compactMap(\.self)
          }
        }
        schemas += response.headers.map(\.schema)
      }
    }
    for table in document.tables { schemas += table.columns.filter { !$0.isPublic }.map(\.schema) }
    for query in document.queries {
      schemas += query.parameters.map(\.schema)
      if case .columns(let columns) = query.result { schemas += columns.map(\.schema) }
    }
    return schemas
  }

  private func add(_ declaration: ResolvedDeclaration, to types: inout [TypeDeclaration]) {
    let schema = declaration.schema
    if schema.typeName == declaration.typeName {
      declare(schema, as: declaration.typeName, in: declaration.name.value, to: &types)
      return
    }
    types.append(
      TypeDeclaration(
        swiftName: declaration.typeName, pointer: schema.pointer, title: schema.title,
        description: schema.description, kind: .alias(typeUse(schema))))
    hoist(schema, in: declaration.name.value, to: &types)
  }

  /// - Parameter owner: the declared schema within which it stands.
  private func declare(
    _ schema: ResolvedSchema, as name: String, in owner: String?, to types: inout [TypeDeclaration]
  ) {
    let kind: TypeDeclaration.Kind
    switch schema.kind {
    case .object(let object): kind = .object(self.object(object, in: owner))
    case .choice(let choice): kind = .choice(self.choice(choice, of: schema, in: owner))
    case .enumeration(let cases):
      let other = SwiftName.free("other", "unlisted", "otherValue", besides: cases.map(\.swiftName))
      kind = .enumeration(EnumerationType(cases: cases, otherCase: schema.isOpen ? other : nil))
    default: return
    }
    types.append(
      TypeDeclaration(
        swiftName: name, pointer: schema.pointer, title: schema.title, description: schema.description, kind: kind))
    switch schema.kind {
    case .object(let object):
      for property in object.properties { hoist(property.schema, in: owner, to: &types) }
      if let others = object.otherMembers { hoist(others.schema, in: owner, to: &types) }
    case .choice(let choice): for element in choice.cases { hoist(element.schema, in: owner, to: &types) }
    default: break
    }
  }

  /// Declares the inline objects, choices and enumerations within a schema.
  private func hoist(_ schema: ResolvedSchema, in owner: String?, to types: inout [TypeDeclaration]) {
    switch schema.kind {
    case .object, .enumeration, .choice:
      declare(schema, as: schema.typeName ?? "", in: owner, to: &types)
    case .array(let item, _): hoist(item, in: owner, to: &types)
    case .map(let value, _): hoist(value, in: owner, to: &types)
    default: break
    }
  }

  func object(_ object: ResolvedSchema.Object, in owner: String?) -> ObjectType {
    let properties = object.properties.map { property in
      let target = target(property.schema)
      return Property(
        name: property.name.value, swiftName: property.swiftName, type: typeUse(property.schema),
        isRequired: property.isRequired, isNullable: isNullable(property.schema),
        isReadOnly: property.schema.isReadOnly || target.isReadOnly,
        isWriteOnly: property.schema.isWriteOnly || target.isWriteOnly,
        defaultValue: defaultValue(property.schema), example: example(property.schema),
        exampleSource: exampleSource(property.schema),
        description: property.schema.description ?? target.description,
        isIndirect: (!property.isRequired || isNullable(property.schema))
          && recursion.isIndirect(property: property.schema, in: owner),
        pointer: property.schema.pointer)
    }
    return ObjectType(
      properties: properties, refusesUnknownMembers: object.refusesUnknownMembers,
      otherMembers: object.otherMembers.map {
        .init(swiftName: $0.swiftName, type: typeUse($0.schema), isNullable: isNullable($0.schema))
      },
      refusedMembers: object.refusedMembers, minProperties: object.minProperties,
      maxProperties: object.maxProperties)
  }
}

extension Resolver {
  /// `oneOf` and `anyOf`: a schema or null, an enum of all the values, or an enum of Swift whose cases hold them.
  ///
  /// - Parameter schema: flattened. What stands beside the choice holds for each of its parts.
  mutating func choice(_ schema: OpenAPI.Schema, as name: String, isHidden: Bool) -> ResolvedSchema? {
    guard let composition = schema.oneOf ?? schema.anyOf else { return nil }
    if schema.oneOf != nil, let other = schema.anyOf {
      return beyondStructs(schema, Located("\"anyOf\" beside \"oneOf\"", at: other.place))
    }
    let rest = schema.besideChoice(as: name)
    let takesNull = rest.types.isEmpty || rest.types.contains { $0.value == "null" }
    let written = composition.schemas.filter { !$0.isNever && !$0.isNull }
    let isNullable = takesNull && composition.schemas.contains(where: \.isNull)
    let parts = written.map { distribute(rest, over: $0, closing: schema) }
    guard !parts.isEmpty else { return nothing(schema, composition, isNullable) }
    var resolved: ResolvedSchema?
    if parts.count == 1 {
      resolved = self.schema(parts[0], as: name, isHidden: isHidden)
    } else if let values = Self.enumeration(of: parts, in: schema) {
      resolved = SchemaReading(schema: values, name: name, isHidden: isHidden).resolve(&self)
    } else {
      resolved = cases(written, parts, of: schema, as: name, isHidden: isHidden).map {
        ResolvedSchema(place: schema.place, pointer: schema.pointer, kind: .choice($0))
      }
    }
    if isNullable { resolved?.isNullable = true }
    return resolved
  }

  /// The parts of a choice, with what stands beside it merged into each.
  ///
  /// - Parameter schema: flattened.
  mutating func parts(ofChoice schema: OpenAPI.Schema, as name: String) -> [OpenAPI.Schema] {
    let rest = schema.besideChoice(as: name)
    return (schema.oneOf ?? schema.anyOf)?.schemas.map { distribute(rest, over: $0, closing: schema) } ?? []
  }

  private mutating func nothing(
    _ schema: OpenAPI.Schema, _ composition: OpenAPI.Composition, _ isNullable: Bool
  ) -> ResolvedSchema? {
    if isNullable { return ResolvedSchema(place: schema.place, pointer: schema.pointer, kind: .literal([.null])) }
    diagnostics.error(
      .contradiction, at: composition.place, "no value fits a choice without alternatives; add at least one schema")
    return nil
  }

  /// A part with what stands beside the choice merged into it.
  private mutating func distribute(
    _ rest: OpenAPI.Schema, over part: OpenAPI.Schema, closing schema: OpenAPI.Schema
  ) -> OpenAPI.Schema {
    guard rest.constrains(besides: []) || schema.unevaluatedProperties != nil else { return part }
    if schema.unevaluatedProperties == nil, !rest.constrains(besides: ["type"]),
      let types = silently({ resolver in resolver.flattened(part).map { resolver.typesByName(of: $0) } }),
      !types.isEmpty, Set(types).isSubset(of: rest.types.map(\.value))
    {
      return part
    }
    var both = OpenAPI.Schema(
      place: part.place, pointer: part.pointer, keys: ["allOf": part.place],
      allOf: .init(schemas: [rest, part], place: part.place))
    both.unevaluatedProperties = schema.unevaluatedProperties
    both.keys["unevaluatedProperties"] = schema.keys["unevaluatedProperties"]
    return both
  }

  /// The one enum that parts make which are all lists of strings: `oneOf: [{const: a}, {const: b}]`. One of an `anyOf`
  /// that any string fits leaves the enum open.
  private static func enumeration(of parts: [OpenAPI.Schema], in schema: OpenAPI.Schema) -> OpenAPI.Schema? {
    var values: [Located<DocumentValue>] = []
    let isOpen = schema.anyOf != nil && parts.contains(where: \.isAnyString)
    for part in parts where !(isOpen && part.isAnyString) {
      guard !part.constrains(besides: ["const", "enum", "type"]),
        let listed = part.constant.map({ [$0] }) ?? part.enumeration,
        listed.allSatisfy({ if case .string = $0.value { true } else { false } })
      else { return nil }
      for value in listed where !values.contains(where: { $0.value == value.value }) { values.append(value) }
    }
    var result = OpenAPI.Schema(place: schema.place, pointer: schema.pointer, keys: ["enum": schema.place])
    result.types = [Located("string", at: schema.place)]
    if values.isEmpty { return nil }
    result.enumeration = values
    result.isOpen = isOpen
    result.caseNames = schema.caseNames
    result.renamedValues = schema.renamedValues
    return result
  }

  /// A declared schema with a discriminator and no `oneOf`: the schemas that it is merged into are what it can be.
  mutating func family(
    _ schema: OpenAPI.Schema, of heirs: [OpenAPI.Named<OpenAPI.Schema>], as name: String, isHidden: Bool
  ) -> ResolvedSchema? {
    let parts = heirs.map { heir in
      OpenAPI.Schema(
        place: heir.name.place, pointer: heir.value.pointer, keys: ["$ref": heir.name.place],
        reference: Located("#/components/schemas/\(heir.name.value.asPointerToken)", at: heir.name.place))
    }
    var choice = schema
    choice.anyOf = .init(schemas: parts, place: schema.place)
    return cases(parts, parts, of: choice, as: name, isHidden: isHidden).map {
      ResolvedSchema(place: schema.place, pointer: schema.pointer, kind: .choice($0))
    }
  }

  /// The declared schemas that a declared one is merged into, those in between left out.
  func heirs(of schema: OpenAPI.Schema) -> [OpenAPI.Named<OpenAPI.Schema>] {
    let all = document.components.schemas
    guard let base = all.first(where: { $0.value.pointer == schema.pointer }) else { return [] }
    func children(_ name: String) -> [OpenAPI.Named<OpenAPI.Schema>] {
      all.filter { entry in
        entry.value.allOf?.schemas.contains { $0.reference.flatMap { Self.schemaName($0.value) } == name } ?? false
      }
    }
    var found: [OpenAPI.Named<OpenAPI.Schema>] = []
    var seen: Set<String> = [base.name.value]
    var pending = children(base.name.value)
    while !pending.isEmpty {
      let next = pending.removeFirst()
      guard seen.insert(next.name.value).inserted else { continue }
      let own = children(next.name.value)
      if own.isEmpty { found.append(next) } else { pending += own }
    }
    return found
  }

  private mutating func cases(
    _ written: [OpenAPI.Schema], _ parts: [OpenAPI.Schema], of schema: OpenAPI.Schema, as name: String, isHidden: Bool
  ) -> ResolvedSchema.Choice? {
    let expanded = parts.map { part in silently { $0.expanded(part) } ?? part }
    let names = CaseNames(
      written, expanded, of: name, declared: declaredTypeNames
    ).names
    var scope = NameScope("the alternatives of this choice", reserved: ["self"])
    var cases: [ResolvedSchema.Choice.Case] = []
    for (index, part) in parts.enumerated() {
      scope.take(names[index].swiftName, for: Located(names[index].name, at: part.place), &diagnostics)
      let typeName = name + (SwiftName.upperCamel(names[index].swiftName) ?? "")
      guard let resolved = self.schema(part, as: typeName, isHidden: isHidden) else { return nil }
      cases.append(.init(name: names[index].name, swiftName: names[index].swiftName, schema: resolved, tags: []))
    }
    var choice = ResolvedSchema.Choice(cases: cases, isExclusive: schema.oneOf != nil)
    if let discriminator = schema.discriminator {
      choice.discriminator = discriminator.propertyName
      guard tag(&choice, written, expanded, discriminator) else { return nil }
    }
    return choice
  }

  // MARK: Discriminators

  private mutating func tag(
    _ choice: inout ResolvedSchema.Choice, _ written: [OpenAPI.Schema], _ parts: [OpenAPI.Schema],
    _ discriminator: OpenAPI.Discriminator
  ) -> Bool {
    let references = written.map { $0.reference.flatMap { Self.schemaName($0.value) } }
    var isClean = true
    for entry in discriminator.mapping {
      let name = Self.schemaName(entry.value.value) ?? entry.value.value
      if let index = references.firstIndex(of: name) {
        choice.cases[index].tags.append(entry.name.value)
      } else {
        isClean = false
        diagnostics.error(
          .unknownReference, at: entry.value.place,
          "\"\(entry.value.value)\" is no alternative of this choice"
            + Suggestion.text(
              for: name, among: references.compactMap(\.self), else: "; name one of its \"$ref\"s"))
      }
    }
    let property = discriminator.propertyName.value
    for index in parts.indices {
      guard let values = silently({ $0.tags(of: parts[index], references[index], property) }) else {
        isClean = false
        diagnostics.error(
          .unknownProperty, at: discriminator.propertyName.place,
          "the discriminator \"\(property)\" must be a required property of every alternative; add it to \"\(choice.cases[index].name)\"",
          notes: [.init(place: written[index].place, message: "that alternative is here")])
        continue
      }
      guard choice.cases[index].tags.isEmpty else { continue }
      choice.cases[index].tags = values
      // Of those behind it only a mapping has said anything yet.
      let other = choice.cases.indices.first { $0 != index && choice.cases[$0].tags.contains(where: values.contains) }
      if let other {
        isClean = false
        diagnostics.error(
          .contradiction, at: written[index].place,
          "\"\(choice.cases[index].name)\" and \"\(choice.cases[other].name)\" have a value of \"\(property)\" in common, so that it does not tell them apart; give each a \"const\" of its own, or say in \"mapping\" which is whose"
        )
      } else if values.isEmpty {
        isClean = false
        let member = parts[index].properties?.first { $0.name.value == property }
        diagnostics.error(
          .missingKey, at: member?.name.place ?? written[index].place,
          "an alternative that is no \"$ref\" needs a \"const\" here, since nothing else says which value of \"\(property)\" is its own"
        )
      }
    }
    return isClean
  }

  /// The values that a discriminator has in an alternative: those of its `const` or `enum`, else the name of the schema;
  /// in one that is a choice itself, those of all that it may be. Nil where it is no required property.
  ///
  /// - Parameter part: expanded.
  private mutating func tags(
    of part: OpenAPI.Schema, _ name: String?, _ property: String, depth: Int = 0
  ) -> [String]? {
    if let member = part.properties?.first(where: { $0.name.value == property }) {
      guard part.required.contains(where: { $0.value == property }) else { return nil }
      let values = expanded(member.value)?.texts ?? []
      return values.isEmpty ? [name].compactMap(\.self) : values
    }
    // Choices may be nested without end in a wrong document.
    guard let inner = part.oneOf ?? part.anyOf, depth < 8 else { return nil }
    var all: [String] = []
    for part in inner.schemas where !part.isNull {
      let name = part.reference.flatMap { Self.schemaName($0.value) }
      guard let part = expanded(part), let tags = tags(of: part, name, property, depth: depth + 1) else { return nil }
      all += tags
    }
    return all
  }
}

extension OpenAPI.Schema {
  /// Whether null is all that it takes.
  var isNull: Bool {
    guard !constrains(besides: ["type", "const", "enum"]) else { return false }
    if constant?.value == .null { return true }
    if let enumeration, !enumeration.isEmpty, enumeration.allSatisfy({ $0.value == .null }) { return true }
    return constant == nil && enumeration == nil && types.map(\.value) == ["null"]
  }

  /// The texts that `const` or `enum` lists; empty when there is another value among them.
  var texts: [String] {
    let values = constant.map { [$0] } ?? enumeration ?? []
    let texts = values.compactMap { if case .string(let text) = $0.value { text } else { nil } }
    return texts.count == values.count ? texts : []
  }

  /// Whether every string fits, and nothing else.
  fileprivate var isAnyString: Bool {
    types.map(\.value) == ["string"] && !constrains(besides: ["type"])
  }

  /// What is said beside `oneOf` or `anyOf`, without documentation.
  fileprivate func besideChoice(as name: String) -> OpenAPI.Schema {
    var rest = undocumented
    rest.inlineName = inlineName
    rest.anyOf = nil
    rest.oneOf = nil
    rest.discriminator = nil
    rest.unevaluatedProperties = nil
    for key in ["anyOf", "oneOf", "discriminator", "unevaluatedProperties"] { rest.keys[key] = nil }
    rest.name(inlineTypesAfter: name)
    return rest
  }
}

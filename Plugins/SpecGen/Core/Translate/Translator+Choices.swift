extension Translator {
  func choice(_ choice: ResolvedSchema.Choice, of schema: ResolvedSchema, in owner: String?) -> ChoiceType {
    let cases = choice.cases.map { element in
      ChoiceType.Case(
        name: element.name, swiftName: element.swiftName, type: typeUse(element.schema),
        description: element.schema.description)
    }
    return ChoiceType(
      cases: cases, selection: selection(among: Array(choice.cases.indices), of: choice),
      isIndirect: recursion.isIndirect(schema, in: owner))
  }

  /// The cheapest way that tells these cases apart without a doubt, else trial.
  private func selection(among indices: [Int], of choice: ResolvedSchema.Choice) -> ChoiceType.Selection {
    if indices.count == 1 { return .only(indices[0]) }
    if let discriminator = choice.discriminator {
      let branches = indices.map { ChoiceType.Branch(choice.cases[$0].tags, $0) }
      if Set(branches.flatMap(\.condition)).count == branches.flatMap(\.condition).count {
        return .tag(discriminator.value, branches)
      }
    }
    let groups = groupsByKind(indices, choice)
    if groups.count > 1 {
      return .kind(groups.map { .init($0.condition, selection(among: $0.result, of: choice)) })
    }
    if let tag = tag(indices, choice) { return tag }
    let branches = indices.map { ChoiceType.Branch(distinctMembers(of: $0, among: indices, choice), $0) }
    return .trial(branches, isExclusive: choice.isExclusive)
  }

  /// The cases that share no kind of JSON value with those of another group.
  private func groupsByKind(
    _ indices: [Int], _ choice: ResolvedSchema.Choice
  ) -> [ChoiceType.Branch<[JSONKind], [Int]>] {
    var groups: [ChoiceType.Branch<[JSONKind], [Int]>] = []
    for index in indices {
      var own = ChoiceType.Branch(kinds(choice.cases[index].schema), [index])
      var apart: [ChoiceType.Branch<[JSONKind], [Int]>] = []
      for group in groups {
        if group.condition.contains(where: own.condition.contains) {
          own = .init(
            group.condition + own.condition.filter { !group.condition.contains($0) }, group.result + own.result)
        } else {
          apart.append(group)
        }
      }
      groups = apart + [own]
    }
    return groups.sorted { $0.result[0] < $1.result[0] }
  }

  /// The kinds of JSON values that a schema takes, besides null.
  private func kinds(_ schema: ResolvedSchema, depth: Int = 0) -> [JSONKind] {
    let target = target(schema)
    switch target.kind {
    case .string, .constant, .enumeration, .uuid, .timestamp, .date, .bytes: return [.string]
    case .integer, .number: return [.number]
    case .boolean: return [.boolean]
    case .array: return [.array]
    case .object, .map: return [.object]
    case .literal(let values):
      return JSONKind.allCases.filter { kind in
        kind != .null && values.contains { $0.isOf(type: kind.rawValue) }
      }
    case .choice(let choice) where depth < 16:
      let all = choice.cases.flatMap { kinds($0.schema, depth: depth + 1) }
      return JSONKind.allCases.filter(all.contains)
    case .json, .ruled, .reference, .choice: return JSONKind.allCases.filter { $0 != .null }
    }
  }

  private func object(_ schema: ResolvedSchema) -> ResolvedSchema.Object? {
    if case .object(let object) = target(schema).kind { object } else { nil }
  }

  /// By a required member whose texts differ from case to case.
  private func tag(_ indices: [Int], _ choice: ResolvedSchema.Choice) -> ChoiceType.Selection? {
    let objects = indices.compactMap { object(choice.cases[$0].schema) }
    guard objects.count == indices.count else { return nil }
    for property in objects[0].properties {
      let branches = zip(indices, objects).map { index, object in
        ChoiceType.Branch(texts(of: property.name.value, in: object), index)
      }
      let tags = branches.flatMap(\.condition)
      if branches.allSatisfy({ !$0.condition.isEmpty }), Set(tags).count == tags.count {
        return .tag(property.name.value, branches)
      }
    }
    return nil
  }

  /// The only texts that a required member can have; empty when it can have others or be left out.
  private func texts(of name: String, in object: ResolvedSchema.Object) -> [String] {
    guard let property = object.properties.first(where: { $0.name.value == name }), property.isRequired,
      !isNullable(property.schema)
    else { return [] }
    if target(property.schema).isOpen { return [] }
    switch target(property.schema).kind {
    case .constant(let text): return [text]
    case .enumeration(let cases): return cases.map(\.value)
    default: return []
    }
  }

  /// Required members that no other case has: without one of them a value is not of this case.
  private func distinctMembers(of index: Int, among indices: [Int], _ choice: ResolvedSchema.Choice) -> [String] {
    guard let own = object(choice.cases[index].schema) else { return [] }
    let others = indices.filter { $0 != index }.compactMap { object(choice.cases[$0].schema) }
    return own.properties.filter(\.isRequired).map(\.name.value).filter { name in
      !others.contains { $0.properties.contains { $0.name.value == name } }
    }
  }
}

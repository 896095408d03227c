/// The part of `client.js` that tells what is wrong with a value before it is sent: the schemas as a table, and what
/// follows it.
///
/// It finds what the server finds: what a type's reader checks follows the same types here, and what a rule checks
/// follows the same rules.
struct ClientValidator {
  let api: API

  init(_ api: API) { self.api = api }

  var text: String {
    let types = api.types.map { "  \(ClientValue.key($0.swiftName)): \(declaration($0).text(indentation: 2)),\n" }
    let rules = api.rules.map { rule in
      "  \(ClientValue.key(rule.name)): \(ClientValue(rule: rule.schema).text(indentation: 2)),\n"
    }
    let names = Dictionary(api.ruleUses.map { ($0.swiftName, $0.rule) }) { first, _ in first }
    let uses = names.sorted { $0.key < $1.key }
      .map { "  \(ClientValue.key($0.key)): rules[\(DocumentValue.jsonString($0.value))],\n" }
    return """
      /** What the schemas ask for. */
      const schemas = {
      \(types.joined())};
      \(api.rules.isEmpty ? "" : """

        /** What the schemas ask for that are checked by their rules: JSON Schema 2020-12. */
        const rules = {
        \(rules.joined())};

        /** The rules by the schemas' names for them. */
        const ruled = {
        \(uses.joined())};

        """)
      /**
       * What is wrong with a value by each schema: the same places, codes and sentences that the server would answer; an
       * empty list when all is well. The value is judged as `JSON.stringify` writes it. As a request's body
       * (`{ isRequest: true }`) it must not have members that only the server may write.
       */
      export const validate = Object.freeze(Object.fromEntries(Object.keys(schemas).map((name) => [
        name, (value, { isRequest = false } = {}) => faultsOf({ ref: name }, value, isRequest),
      ])));

      \(Self.checks)
      \(api.rules.isEmpty ? "" : Self.ruleChecks + Self.applicators + "\n")\(Self.violations)
      \(Self.formats)
      """
  }

  // MARK: Types

  private func declaration(_ type: TypeDeclaration) -> ClientValue {
    switch type.kind {
    case .object(let object): return self.object(object)
    case .enumeration(let enumeration) where enumeration.isOpen: return .object([("type", .string("string"))])
    case .enumeration(let enumeration):
      return .object([("enum", .array(enumeration.cases.map { .string($0.value) }))])
    case .choice(let choice):
      let cases = choice.cases.map { element in
        ClientValue.object([("name", .string(element.name))] + ClientValidator.members(element.type))
      }
      return .object([("cases", .array(cases)), ("select", selection(choice.selection))])
    case .alias(let use): return .object(ClientValidator.members(use))
    }
  }

  private func object(_ object: ObjectType) -> ClientValue {
    let properties = object.properties.map { property in
      let flags = [
        ("required", property.isRequired), ("nullable", property.isNullable), ("readOnly", property.isReadOnly),
      ].filter { $0.1 }.map { ($0.0, ClientValue.boolean(true)) }
      let initial = property.defaultValue.map { [("default", ClientValue($0))] } ?? []
      return (property.name, ClientValue.object(ClientValidator.members(property.type) + flags + initial))
    }
    var members: [(String, ClientValue)] = [("members", .object(properties))]
    if !object.refusedMembers.isEmpty { members.append(("refused", .array(object.refusedMembers.map { .string($0) }))) }
    if let others = object.otherMembers {
      let flags = others.isNullable ? [("nullable", ClientValue.boolean(true))] : []
      members.append(("others", .object(ClientValidator.members(others.type) + flags)))
    } else if object.refusesUnknownMembers {
      members.append(("closed", .boolean(true)))
    }
    members += bounds([("minProperties", object.minProperties), ("maxProperties", object.maxProperties)])
    return .object(members)
  }

  /// How the case of a value is found: the number of one, or what decides.
  private func selection(_ selection: ChoiceType.Selection) -> ClientValue {
    switch selection {
    case .only(let index): return .number("\(index)")
    case .kind(let branches):
      let kinds = branches.flatMap { branch in
        branch.condition.map { ($0.rawValue, self.selection(branch.result)) }
      }
      return .object([("kinds", .object(kinds))])
    case .tag(let member, let branches):
      let texts = branches.flatMap { branch in branch.condition.map { ($0, ClientValue.number("\(branch.result)")) } }
      return .object([("tag", .string(member)), ("texts", .object(texts))])
    case .trial(let branches, let isExclusive):
      let trials = branches.map { branch in
        ClientValue.array([.number("\(branch.result)")] + branch.condition.map { .string($0) })
      }
      return .object([(isExclusive ? "oneOf" : "anyOf", .array(trials))])
    }
  }

  /// What a use of a type asks for.
  static func members(_ type: TypeUse) -> [(String, ClientValue)] {
    switch type {
    case .string(let constraints): [("type", .string("string"))] + members(constraints)
    case .bytes: [("type", .string("string")), ("format", .string("byte"))]
    case .uuid: [("type", .string("string")), ("format", .string("uuid"))]
    case .timestamp: [("type", .string("string")), ("format", .string("date-time"))]
    case .date: [("type", .string("string")), ("format", .string("date"))]
    case .integer(let constraints):
      [("type", .string("integer"))]
        + [
          ("minimum", constraints.minimum), ("maximum", constraints.maximum), ("multipleOf", constraints.multipleOf),
        ].compactMap { name, bound in bound.map { (name, ClientValue.bound(.integer($0))) } }
    case .number(let constraints):
      [("type", .string("number"))]
        + [
          ("minimum", constraints.minimum), ("maximum", constraints.maximum),
          ("exclusiveMinimum", constraints.exclusiveMinimum), ("exclusiveMaximum", constraints.exclusiveMaximum),
          ("multipleOf", constraints.multipleOf),
        ].compactMap { name, bound in bound.map { (name, ClientValue.number("\($0)")) } }
    case .boolean: [("type", .string("boolean"))]
    case .constant(let value): [("const", .string(value))]
    case .literal(let values): literal(values)
    case .array(let item, let constraints):
      [("type", .string("array")), ("items", .object(members(item) + nullable(constraints.itemsAreNullable)))]
        + bounds([("minItems", constraints.minItems), ("maxItems", constraints.maxItems)])
        + (constraints.uniqueItems ? [("uniqueItems", .boolean(true))] : [])
    case .map(let value, let constraints):
      [("type", .string("map")), ("values", .object(members(value) + nullable(constraints.valuesAreNullable)))]
        + bounds([("minProperties", constraints.minProperties), ("maxProperties", constraints.maxProperties)])
    case .named(let name): [("ref", .string(name))]
    case .json: []
    case .ruled(let name): [("rule", .string(name))]
    }
  }

  private static func members(_ constraints: StringConstraints) -> [(String, ClientValue)] {
    let format = constraints.format.flatMap { $0.isAsserted ? $0.rawValue : nil }
    return bounds([
      ("minLength", constraints.minLength), ("maxLength", constraints.maxLength), ("maxBytes", constraints.maxBytes),
    ])
      + (constraints.pattern.map { [("pattern", .pattern($0))] } ?? [])
      + (format.map { [("format", .string($0))] } ?? [])
  }

  private static func literal(_ values: [DocumentValue]) -> [(String, ClientValue)] {
    let type: String? =
      switch LiteralType(values) {
      case .integer: "integer"
      case .number: "number"
      case .boolean: "boolean"
      case .any: nil
      }
    return (type.map { [("type", .string($0))] } ?? []) + [("among", .array(values.map { ClientValue($0) }))]
  }

  private static func nullable(_ isNullable: Bool) -> [(String, ClientValue)] {
    isNullable ? [("nullable", .boolean(true))] : []
  }

  private static func bounds(_ bounds: [(String, Int?)]) -> [(String, ClientValue)] {
    bounds.compactMap { name, bound in bound.map { (name, .number("\($0)")) } }
  }

  private func bounds(_ bounds: [(String, Int?)]) -> [(String, ClientValue)] { Self.bounds(bounds) }
}

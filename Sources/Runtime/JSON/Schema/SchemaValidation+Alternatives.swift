extension SchemaValidation {
  mutating func checkAll(_ nodes: [Int], _ value: JSONValue, _ evaluated: inout Evaluated?) -> Bool {
    var isValid = true
    for node in nodes where !check(node, value, &evaluated) {
      isValid = false
      if isProbing { return false }
    }
    return isValid
  }

  mutating func checkAny(_ nodes: [Int], _ value: JSONValue, _ evaluated: inout Evaluated?) -> Bool {
    var isValid = false
    for node in nodes where matches(node, value, &evaluated) {
      isValid = true
      // Where somebody asks what was evaluated, the others count as well.
      if evaluated == nil { return true }
    }
    if isValid { return true }
    return explain(nodes, value, code: "any-of", detail: "Must match at least one of \(nodes.count) schemas.")
  }

  mutating func checkOne(_ nodes: [Int], _ value: JSONValue, _ evaluated: inout Evaluated?) -> Bool {
    var found: Evaluated?
    var isFound = false
    for node in nodes {
      var own = evaluated.map { Evaluated(places: $0.places.map { _ in false }) }
      guard matches(node, value, &own) else { continue }
      if isFound {
        return refuse(
          Violation(code: "one-of", detail: "Must match exactly one of \(nodes.count) schemas, matches several."))
      }
      isFound = true
      found = own
    }
    if let found { evaluated?.formUnion(found) }
    if isFound { return true }
    return explain(nodes, value, code: "one-of", detail: "Must match exactly one of \(nodes.count) schemas.")
  }

  mutating func check(
    _ dependent: [(name: String, node: Int)], _ value: JSONValue, _ evaluated: inout Evaluated?
  ) -> Bool {
    guard let object = value.object else { return true }
    var isValid = true
    for (name, node) in dependent where object[name] != nil && !check(node, value, &evaluated) { isValid = false }
    return isValid
  }

  /// Refuses a value that matches no alternative: tells what is wrong by the only one that can be meant, if there is
  /// one.
  private mutating func explain(_ nodes: [Int], _ value: JSONValue, code: String, detail: String) -> Bool {
    if isProbing { return false }
    let meant = nodes.filter { canBeMeant($0, value) }
    if meant.count == 1 { return check(meant[0], value) }
    return refuse(Violation(code: code, detail: detail))
  }

  /// Whether a value has the type that a schema asks for, and the constants that tell schemas apart.
  private func canBeMeant(_ index: Int, _ value: JSONValue) -> Bool {
    node(index).rules.allSatisfy { rule in
      switch rule {
      case .nothing: false
      case .types(let types): types.accept(value)
      case .oneValue(let expected): value == expected
      case .values(let values): values.contains(value)
      case .object(let rules): hasConstants(of: rules, value)
      default: true
      }
    }
  }

  private func hasConstants(of rules: SchemaNode.ObjectRules, _ value: JSONValue) -> Bool {
    (value.object?.members ?? []).allSatisfy { member in
      guard let property = rules.properties[ExactText(text: member.name)] else { return true }
      return node(property).rules.allSatisfy { rule in
        switch rule {
        case .oneValue(let expected): member.value == expected
        case .values(let values): values.contains(member.value)
        default: true
        }
      }
    }
  }
}

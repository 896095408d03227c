extension SchemaValidation {
  mutating func check(
    _ rules: SchemaNode.ArrayRules, _ value: JSONValue, _ evaluated: inout Evaluated?
  ) -> Bool {
    guard case .array(let items) = value else { return true }
    var isValid = true
    for violation in Constraint.violations(
      ofCount: items.count, minItems: rules.minItems, maxItems: rules.maxItems)
    { isValid = refuse(violation) }
    if rules.areUnique, Set(items).count != items.count { isValid = refuse(Constraint.unique) }
    for (index, item) in items.enumerated() {
      if isProbing, !isValid { return false }
      guard let node = index < rules.prefix.count ? rules.prefix[index] : rules.items else { break }
      evaluated?.places[index] = true
      if !check(item, at: .item(index), node) { isValid = false }
    }
    if let contains = rules.contains, !check(contains, rules, items, &evaluated) { isValid = false }
    return isValid
  }

  private mutating func check(
    _ contains: Int, _ rules: SchemaNode.ArrayRules, _ items: [JSONValue], _ evaluated: inout Evaluated?
  ) -> Bool {
    var count = 0
    for (index, item) in items.enumerated() {
      var nothing: Evaluated?
      guard matches(contains, item, &nothing) else { continue }
      count += 1
      evaluated?.places[index] = true
    }
    if count < rules.minContains {
      let least = Constraint.count(rules.minContains, "item")
      return refuse(
        Violation(code: "contains", detail: "Must hold at least \(least) of a certain kind, holds \(count)."))
    }
    if count > rules.maxContains {
      let most = Constraint.count(rules.maxContains, "item")
      return refuse(
        Violation(code: "max-contains", detail: "Must hold at most \(most) of a certain kind, holds \(count)."))
    }
    return true
  }

  mutating func check(
    _ rules: SchemaNode.ObjectRules, _ value: JSONValue, _ evaluated: inout Evaluated?
  ) -> Bool {
    guard case .object(let object) = value else { return true }
    var isValid = checkCount(rules, object)
    for name in rules.required where object[name] == nil { isValid = refuse(Constraint.required, member: name) }
    for (name, others) in rules.dependent where object[name] != nil {
      for other in others where object[other] == nil {
        let violation = Violation(code: "dependent-required", detail: "Is required beside `\(name)`.")
        isValid = refuse(violation, member: other)
      }
    }
    for (index, member) in object.members.enumerated() {
      if isProbing, !isValid { return false }
      if !check(member, rules, index, &evaluated) { isValid = false }
    }
    return isValid
  }

  private mutating func checkCount(_ rules: SchemaNode.ObjectRules, _ object: JSONObject) -> Bool {
    let count = object.members.count
    if count < rules.minProperties {
      let least = Constraint.count(rules.minProperties, "member")
      return refuse(Violation(code: "min-properties", detail: "Must have at least \(least), has \(count)."))
    }
    if count > rules.maxProperties {
      let most = Constraint.count(rules.maxProperties, "member")
      return refuse(Violation(code: "max-properties", detail: "Must have at most \(most), has \(count)."))
    }
    return true
  }

  private mutating func check(
    _ member: JSONObject.Member, _ rules: SchemaNode.ObjectRules, _ index: Int, _ evaluated: inout Evaluated?
  ) -> Bool {
    let step = Step.member(member.name)
    var isValid = true
    var isNamed = false
    if let names = rules.names {
      path.append(step)
      isValid = checkName(names, member.name)
      path.removeLast()
    }
    if let node = rules.properties[ExactText(text: member.name)] {
      isNamed = true
      if !check(member.value, at: step, node) { isValid = false }
    }
    for (pattern, node) in rules.patterns where pattern.matches(member.name) {
      isNamed = true
      if !check(member.value, at: step, node) { isValid = false }
    }
    if !isNamed, let additional = rules.additional {
      isNamed = true
      if !checkOther(member, additional) { isValid = false }
    }
    if isNamed { evaluated?.places[index] = true }
    return isValid
  }

  mutating func checkUnevaluatedMembers(
    _ node: Int, _ value: JSONValue, _ evaluated: inout Evaluated?
  ) -> Bool {
    guard case .object(let object) = value, let known = evaluated?.places else { return true }
    var isValid = true
    for (index, member) in object.members.enumerated() where !known[index] {
      evaluated?.places[index] = true
      if !checkOther(member, node) { isValid = false }
    }
    return isValid
  }

  mutating func checkUnevaluatedItems(_ node: Int, _ value: JSONValue, _ evaluated: inout Evaluated?) -> Bool {
    guard case .array(let items) = value, let known = evaluated?.places else { return true }
    var isValid = true
    for (index, item) in items.enumerated() where !known[index] {
      evaluated?.places[index] = true
      if !check(item, at: .item(index), node) { isValid = false }
    }
    return isValid
  }

  /// Checks a member that no property is about; where none is allowed, it is unknown.
  private mutating func checkOther(_ member: JSONObject.Member, _ index: Int) -> Bool {
    if case .nothing? = node(index).rules.first { return refuse(Constraint.unknownMember, member: member.name) }
    return check(member.value, at: .member(member.name), index)
  }

  private mutating func check(_ value: JSONValue, at step: Step, _ node: Int) -> Bool {
    path.append(step)
    defer { path.removeLast() }
    return check(node, value)
  }
}

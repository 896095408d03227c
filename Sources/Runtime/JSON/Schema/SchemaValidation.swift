/// One check of a value against a schema.
struct SchemaValidation {
  /// A violation and where it is.
  struct Finding {
    var pointer: String
    var violation: Violation
  }

  /// The items and members of a value that a schema has looked at: what `unevaluatedItems` and
  /// `unevaluatedProperties` are not about (JSON Schema 2020-12 §11).
  struct Evaluated {
    var places: [Bool]

    mutating func formUnion(_ other: Evaluated) {
      for (place, isThere) in other.places.enumerated() where isThere { places[place] = true }
    }
  }

  enum Step {
    case member(String)
    case item(Int)
  }

  private let nodes: [SchemaNode]
  let refusesReadOnly: Bool
  private(set) var findings: [Finding] = []
  /// From the root to the value that is being checked.
  var path: [Step] = []
  /// The schemas within which the validator only asks whether a value matches.
  private var probes = 0
  private var isName = false
  /// Schema resources that were entered, outermost first, as far as they have dynamic anchors.
  private var scopes: [[String: Int]] = []
  private var depth = 0
  /// How many schemas may still be applied.
  ///
  /// Each schema is applied to each value a few times at most, save where alternatives of alternatives multiply. There a
  /// short value could keep the server busy for hours, so that such a check ends with the fault `complexity`.
  private var steps: Int
  private var isExhausted = false

  /// How many schemas may be applied within one another: recursion deeper than this is the fault `complexity`, too.
  static let greatestDepth = 1000

  init(_ schemas: JSONSchemas, _ value: JSONValue, refusesReadOnly: Bool) {
    nodes = schemas.nodes
    self.refusesReadOnly = refusesReadOnly
    let (product, overflow) = schemas.nodes.count.multipliedReportingOverflow(by: 8 * value.size)
    steps = overflow ? .max : product + 10_000
  }

  /// Whether only the answer is asked for, so that the first violation ends the check.
  var isProbing: Bool { probes > 0 }

  func node(_ index: Int) -> SchemaNode { nodes[index] }

  /// Checks a value of which nobody asks what was evaluated.
  @discardableResult
  mutating func check(_ node: Int, _ value: JSONValue) -> Bool {
    var nothing: Evaluated?
    return check(node, value, &nothing)
  }

  /// Checks a value; adds what was evaluated when it matches.
  mutating func check(_ index: Int, _ value: JSONValue, _ evaluated: inout Evaluated?) -> Bool {
    let node = nodes[index]
    if node.rules.isEmpty { return true }
    guard enter(node) else { return false }
    defer { leave(node) }
    var own = evaluated == nil && !node.asksForEvaluated ? nil : Evaluated(places: value.noPlaces)
    var isValid = true
    for rule in node.rules where !apply(rule, value, &own) {
      isValid = false
      if isProbing || isExhausted { return false }
    }
    if isValid, let own { evaluated?.formUnion(own) }
    return isValid
  }

  private mutating func enter(_ node: SchemaNode) -> Bool {
    if isExhausted { return false }
    steps -= 1
    guard depth < SchemaValidation.greatestDepth, steps > 0 else {
      isExhausted = true
      findings = [
        Finding(
          pointer: "",
          violation: Violation(
            code: "complexity", detail: "Takes too many steps to check; make it smaller or less deeply nested."))
      ]
      return false
    }
    depth += 1
    if !node.dynamicAnchors.isEmpty { scopes.append(node.dynamicAnchors) }
    return true
  }

  private mutating func leave(_ node: SchemaNode) {
    depth -= 1
    if !node.dynamicAnchors.isEmpty { scopes.removeLast() }
  }

  /// Asks whether a value matches, without a finding.
  mutating func matches(_ node: Int, _ value: JSONValue, _ evaluated: inout Evaluated?) -> Bool {
    probes += 1
    defer { probes -= 1 }
    return check(node, value, &evaluated)
  }

  /// Checks a member's name.
  mutating func checkName(_ node: Int, _ name: String) -> Bool {
    isName = true
    defer { isName = false }
    return check(node, .string(name))
  }

  /// Notes a violation of the value that is being checked, or of a member of it; returns false.
  @discardableResult
  mutating func refuse(_ violation: Violation, member: String? = nil) -> Bool {
    guard !isProbing, !isExhausted, findings.count < FaultList.limit else { return false }
    var pointer = ""
    for step in path {
      switch step {
      case .member(let name): pointer += JSONPointer.member(name)
      case .item(let index): pointer += "/\(index)"
      }
      if pointer.utf8.count > JSONPointer.limit { break }
    }
    if let member { pointer += JSONPointer.member(member) }
    var violation = violation
    if isName { violation.detail = "The name of this member: \(violation.detail)" }
    findings.append(Finding(pointer: pointer, violation: violation))
    return false
  }

  private mutating func apply(
    _ rule: SchemaNode.Rule, _ value: JSONValue, _ evaluated: inout Evaluated?
  ) -> Bool {
    switch rule {
    case .nothing: return refuse(Violation(code: "not-allowed", detail: "No value is allowed here; leave it out."))
    case .types(let types): return check(types, value)
    case .oneValue(let expected): return value == expected || refuse(Constraint.notConstant(expected.plainText))
    case .values(let values):
      return values.contains(value) || refuse(Constraint.notOneOf(values.map(\.plainText)))
    case .readOnly: return !refusesReadOnly || refuse(Constraint.readOnly)
    case .number(let rules): return check(rules, value)
    case .string(let rules): return check(rules, value)
    case .array(let rules): return check(rules, value, &evaluated)
    case .object(let rules): return check(rules, value, &evaluated)
    case .reference(let node): return check(node, value, &evaluated)
    case .dynamicReference(let anchor, let otherwise):
      let outermost = scopes.lazy.compactMap { $0[anchor] }.first
      return check(outermost ?? otherwise, value, &evaluated)
    case .all(let nodes): return checkAll(nodes, value, &evaluated)
    case .any(let nodes): return checkAny(nodes, value, &evaluated)
    case .one(let nodes): return checkOne(nodes, value, &evaluated)
    case .not(let node):
      var nothing: Evaluated?
      return !matches(node, value, &nothing)
        || refuse(Violation(code: "not", detail: "Must not match the schema that is excluded here."))
    case .condition(let condition, let then, let otherwise):
      let branch = matches(condition, value, &evaluated) ? then : otherwise
      return branch.map { check($0, value, &evaluated) } ?? true
    case .dependent(let dependent): return check(dependent, value, &evaluated)
    case .unevaluatedItems(let node): return checkUnevaluatedItems(node, value, &evaluated)
    case .unevaluatedMembers(let node): return checkUnevaluatedMembers(node, value, &evaluated)
    }
  }
}

extension JSONValue {
  /// The number of values in this one, itself included.
  var size: Int {
    switch self {
    case .array(let items): items.reduce(1) { $0 + $1.size }
    case .object(let object): object.members.reduce(1) { $0 + $1.value.size }
    default: 1
    }
  }

  /// A place for each item or member.
  fileprivate var noPlaces: [Bool] {
    switch self {
    case .array(let items): Array(repeating: false, count: items.count)
    case .object(let object): Array(repeating: false, count: object.members.count)
    default: []
    }
  }

  /// A string as it is, anything else as JSON.
  fileprivate var plainText: String {
    string ?? String(decoding: JSONWriter.write(self), as: UTF8.self)
  }
}

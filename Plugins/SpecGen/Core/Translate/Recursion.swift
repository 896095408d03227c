/// Where values of the declared schemas hold values of their own type directly, not behind an array or a map.
struct Recursion {
  /// The declared schemas that lie in a value of each, and those of them that no choice leads to.
  private var held: [String: (all: Set<String>, outsideChoices: Set<String>)] = [:]

  init(_ schemas: [ResolvedDeclaration]) {
    for declaration in schemas {
      held[declaration.name.value] = (
        Self.held(by: declaration.schema, throughChoices: true),
        Self.held(by: declaration.schema, throughChoices: false)
      )
    }
  }

  /// Whether a choice within a declared schema holds itself: its cases are `indirect` then.
  func isIndirect(_ choice: ResolvedSchema, in owner: String?) -> Bool {
    guard let owner else { return false }
    return reaches(owner, from: Self.held(by: choice, throughChoices: true)) { held[$0]?.all }
  }

  /// Whether a property of a declared schema holds a value of that schema, which no choice makes indirect already.
  func isIndirect(property schema: ResolvedSchema, in owner: String?) -> Bool {
    guard let owner else { return false }
    return reaches(owner, from: Self.held(by: schema, throughChoices: false)) { held[$0]?.outsideChoices }
  }

  private func reaches(_ owner: String, from start: Set<String>, _ next: (String) -> Set<String>?) -> Bool {
    var seen = start
    var pending = Array(start)
    while let name = pending.popLast() {
      if name == owner { return true }
      for other in next(name) ?? [] where seen.insert(other).inserted { pending.append(other) }
    }
    return false
  }

  private static func held(by schema: ResolvedSchema, throughChoices: Bool) -> Set<String> {
    switch schema.kind {
    case .reference(let name): return [name]
    case .object(let object):
      return object.properties.reduce(into: []) { $0.formUnion(held(by: $1.schema, throughChoices: throughChoices)) }
    case .choice(let choice) where throughChoices:
      return choice.cases.reduce(into: []) { $0.formUnion(held(by: $1.schema, throughChoices: true)) }
    default: return []
    }
  }
}

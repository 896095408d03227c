extension Resolver {
  /// A value cannot hold itself without end, and a reference must end somewhere.
  mutating func checkCycles() {
    let isFound = checkCycles(
      "leads back to itself", "without anything between, so no reader could begin; remove one of the references"
    ) { resolver, schema in resolver.samesOf(schema) }
    if isFound { return }
    _ = checkCycles(
      "holds itself", "so no value could ever end; let the property be left out or be null, or let an array hold it"
    ) { resolver, schema in resolver.neededBy(schema) }
  }

  /// Whether there is a cycle of what `edges` tells; if so, it is told.
  private mutating func checkCycles(
    _ what: String, _ advice: String, _ edges: (Resolver, ResolvedSchema) -> [String]
  ) -> Bool {
    var isFound = false
    var done: Set<String> = []
    for declaration in schemas where !done.contains(declaration.name.value) {
      // Depth first, without recursion: a chain may be as long as the document.
      var path: [(name: String, next: [String])] = []
      var open: Set<String> = []
      func enter(_ name: String) {
        path.append((name, declarationIndex[name].map { edges(self, $0.schema) } ?? []))
        open.insert(name)
      }
      enter(declaration.name.value)
      while let last = path.indices.last {
        guard let next = path[last].next.popLast() else {
          let left = path.removeLast().name
          open.remove(left)
          done.insert(left)
          continue
        }
        if open.contains(next) {
          let start = path.firstIndex { $0.name == next } ?? last
          report(cycle: path[start...].map(\.name), what, advice)
          isFound = true
          done.formUnion(open)
          break
        }
        if !done.contains(next) { enter(next) }
      }
    }
    return isFound
  }

  /// The cycle is told where the first of its schemas in the document is.
  private mutating func report(cycle: [String], _ what: String, _ advice: String) {
    let places = cycle.map { declarationIndex[$0]?.name.place ?? .top }
    let first = places.indices.min { places[$0].start < places[$1].start } ?? 0
    let names = cycle[first...] + cycle[..<first] + [cycle[first]]
    diagnostics.error(
      .referenceCycle, at: places[first],
      "\"\(cycle[first])\" \(what) (\(names.joined(separator: " → "))), \(advice)"
    )
  }

  /// The declared schemas whose values are values of this one: reading one must not begin with reading the other.
  private func samesOf(_ schema: ResolvedSchema) -> [String] {
    switch schema.kind {
    case .reference(let name): [name]
    case .choice(let choice): choice.cases.flatMap { samesOf($0.schema) }
    default: []
    }
  }

  /// The declared schemas that every value of this one holds a value of.
  private func neededBy(_ schema: ResolvedSchema) -> [String] {
    switch schema.kind {
    case .reference(let name): [name]
    case .object(let object):
      object.properties.filter { $0.isRequired && !isNullable($0.schema) }.flatMap { neededBy($0.schema) }
    default: []
    }
  }
}

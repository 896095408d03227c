/// What is known to be wrong once a document is loaded, so that later stages do not tell the same fault again in other
/// words: a misspelt `type` also looks like a schema without a type.
struct LoadFaults {
  private var places: Set<Beginning> = []
  /// Mappings that hold a fault, by what they are.
  private var faulty: [Place: Shape.Family] = [:]

  /// The beginning of a place.
  private struct Beginning: Hashable {
    var file: Int
    var start: Position

    init(_ place: Place) {
      file = place.file
      start = place.start
    }
  }

  /// `told` are places that need no further word.
  init(_ diagnostics: [Diagnostic], _ shapes: [Loader.Loaded.Mapping], told: [Place]) {
    let errors = diagnostics.filter { $0.severity == .error }
    guard !errors.isEmpty else { return }
    places = Set(errors.map { Beginning($0.place) } + told.map { Beginning($0) })
    for error in errors {
      let around = shapes.filter { $0.place.contains(error.place) }
      if let nearest = around.max(by: { $0.place.start < $1.place.start }) { faulty[nearest.place] = nearest.family }
    }
  }

  /// What later stages say that is not a consequence of these faults.
  func independent(_ diagnostics: [Diagnostic], in root: YAMLNode) -> [Diagnostic] {
    guard !places.isEmpty else { return diagnostics }
    var values: [Place: Place] = [:]
    Self.collectValues(of: root, &values)
    let misspelt = Self.misspeltSections(root)
    return diagnostics.filter { diagnostic in
      if places.contains(Beginning(diagnostic.place)) { return false }
      if let section = Self.sections[diagnostic.code], misspelt.contains(section) { return false }
      let isAbsence = [.missingKey, .missingSecurity, .unknownTag].contains(diagnostic.code)
      if let value = values[diagnostic.place], let family = faulty[value], family == .schema || isAbsence {
        return false
      }
      let around = faulty.filter { $0.key.contains(diagnostic.place) }
      guard let nearest = around.max(by: { $0.key.start < $1.key.start }) else { return true }
      return nearest.value != .schema && !(isAbsence && nearest.key.start == diagnostic.place.start)
    }
  }

  /// Where what a diagnostic misses would be: a misspelt key of the root hides all of it.
  private static let sections: [DiagnosticCode: String] = [
    .unknownProblem: "x-problems", .unknownTable: "x-tables", .unknownTag: "tags", .unknownOperation: "paths",
    .missingSecurity: "security", .unknownReference: "components", .unknownSecurityScheme: "components",
    .unknownSchema: "components",
  ]

  /// The sections that are not there, but look as if they were meant by a key that is.
  private static func misspeltSections(_ root: YAMLNode) -> Set<String> {
    let known = Shape.document.keys
    let unknown = root.entries.map(\.key.value).filter { !known.contains($0) }
    return Set(unknown.compactMap { Suggestion.nearest(to: $0, among: known) }).subtracting(
      root.entries.map(\.key.value))
  }

  /// The values of keys, by the places of the keys.
  private static func collectValues(of node: YAMLNode, _ values: inout [Place: Place]) {
    switch node.content {
    case .scalar: return
    case .sequence(let items): for item in items { collectValues(of: item, &values) }
    case .mapping(let entries):
      for entry in entries {
        values[entry.key.place] = entry.value.place
        collectValues(of: entry.value, &values)
      }
    }
  }
}

extension Place {
  /// Whether another place lies within this one.
  func contains(_ other: Place) -> Bool {
    file == other.file && start <= other.start && other.end <= end
  }
}

/// A key that says what something was called before.
enum Rename: Equatable, Sendable {
  /// `x-renamed-from`, at its value.
  case column(old: String)
  /// `x-values-renamed-from`, at its key; the place is that of the enum's schema.
  case values(of: Place)
}

extension Resolver {
  /// Remembers the renames that a schema tells, until a column is found that they are of.
  mutating func note(renamesIn schema: OpenAPI.Schema) {
    if let old = schema.renamedFrom { unusedRenames[old.place] = .column(old: old.value) }
    if let place = schema.keys["x-values-renamed-from"], schema.enumeration != nil {
      unusedRenames[place] = .values(of: schema.place)
    }
  }

  /// Checks that each old name is gone, is told once, and is that of a table, a column or a value of a column.
  mutating func checkRenames(_ tables: [ResolvedTable]) {
    checkRenames(
      document.tables.map { ($0.name, $0.renamedFrom) }, of: "table", in: "\"x-tables\"")
    for table in tables {
      for column in table.columns {
        if let old = column.schema.renamedFrom { unusedRenames[old.place] = nil }
        guard let schema = target(of: column.schema), case .enumeration = schema.kind else { continue }
        unusedRenames = unusedRenames.filter { $0.value != .values(of: schema.place) }
      }
      checkRenames(
        table.columns.map { ($0.name, $0.schema.renamedFrom) }, of: "column",
        in: "the table \"\(table.source.name.value)\"")
    }
    // A table that could not be read has an error of its own.
    if diagnostics.hasErrors { return }
    for (place, rename) in unusedRenames {
      let what =
        switch rename {
        case .column(let old): "this schema is no column of a table, so there is nothing that was called \"\(old)\""
        case .values: "no column holds a value of this enum, so no value has an old spelling"
        }
      diagnostics.error(.invalidRename, at: place, "\(what); remove the key")
    }
  }

  /// Checks the old names of tables, or of the columns of one table.
  private mutating func checkRenames(
    _ all: [(name: Located<String>, old: Located<String>?)], of kind: String, in scope: String
  ) {
    var seen: [String: Located<String>] = [:]
    var swapped: Set<String> = []
    for (name, old) in all {
      guard let old, !swapped.contains(name.value) else { continue }
      if old.value.isEmpty {
        diagnostics.error(.invalidRename, at: old.place, "a \(kind) cannot have had no name; write the old name")
      } else if old.value == name.value {
        diagnostics.error(
          .invalidRename, at: old.place,
          "the \(kind) \"\(name.value)\" is renamed from itself; write its old name or remove the key")
      } else if let other = all.first(where: { $0.name.value == old.value && $0.old?.value == name.value }) {
        swapped.insert(other.name.value)
        diagnostics.error(
          .invalidRename, at: old.place,
          "\"\(name.value)\" and \"\(old.value)\" swap their names, and a database with both cannot tell whether it has done so; give one of them a third name, in a version of its own",
          notes: other.old.map { [.init(place: $0.place, message: "\"\(old.value)\" is renamed here")] } ?? [])
      } else if let existing = all.first(where: { $0.name.value == old.value }) {
        diagnostics.error(
          .invalidRename, at: old.place,
          "\(scope) still has the \(kind) \"\(old.value)\", so \"\(name.value)\" cannot be what became of it; remove the one or the other",
          notes: [.init(place: existing.name.place, message: "\"\(old.value)\" is declared here")])
      } else if let first = seen[old.value] {
        diagnostics.error(
          .invalidRename, at: old.place,
          "\"\(first.value)\" is renamed from \"\(old.value)\" already, and only one \(kind) can be what became of it; remove one of the two",
          notes: [.init(place: first.place, message: "\"\(first.value)\" is declared here")])
      } else {
        seen[old.value] = name
      }
    }
  }
}

extension SchemaReading {
  /// The values of an enum with their old spellings.
  func renamed(_ cases: [EnumerationType.Case], _ resolver: inout Resolver) -> [EnumerationType.Case] {
    var cases = cases
    var seen: [String: Located<String>] = [:]
    let values = cases.map(\.value)
    for rename in schema.renamedValues {
      let (new, old) = (rename.name, rename.value)
      guard let index = cases.firstIndex(where: { $0.value == new.value }) else {
        let isReversed = values.contains(old.value)
        resolver.diagnostics.error(
          .invalidRename, at: new.place,
          "\"\(new.value)\" is no value of this enum"
            + (isReversed
              ? "; the new spelling comes first: write \"\(old.value): \(new.value)\""
              : Suggestion.text(for: new.value, among: values, else: "; add it to \"enum\" or remove it here")))
        continue
      }
      if old.value == new.value {
        resolver.diagnostics.error(
          .invalidRename, at: old.place, "the value \"\(new.value)\" is renamed from itself; write its old spelling")
      } else if values.contains(old.value) {
        resolver.diagnostics.error(
          .invalidRename, at: old.place,
          "\"\(old.value)\" is still a value of this enum, so \"\(new.value)\" cannot be its new spelling; remove the one or the other"
        )
      } else if let first = seen[old.value] {
        resolver.diagnostics.error(
          .invalidRename, at: old.place,
          "\"\(first.value)\" is renamed from \"\(old.value)\" already; remove one of the two",
          notes: [.init(place: first.place, message: "the first one is here")])
      } else {
        seen[old.value] = new
        cases[index].renamedFrom = old.value
      }
    }
    return cases
  }
}

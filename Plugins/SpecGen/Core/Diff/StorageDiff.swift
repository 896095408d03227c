/// What changes in the databases, as `docs/migrations.md` tells what a migration does.
struct StorageDiff {
  private let old: API
  private let new: API
  private var changes: [Change] = []

  static func changes(from old: API, to new: API) -> [Change] {
    var diff = StorageDiff(old: old, new: new)
    diff.compare()
    return diff.changes
  }

  private init(old: API, new: API) {
    self.old = old
    self.new = new
  }

  private mutating func tell(_ effect: Change.Effect, _ subject: String, _ message: String, _ order: Change.Order) {
    changes.append(Change(area: .sql, effect: effect, subject: subject, message: message, order: order))
  }

  private mutating func compare() {
    for table in old.tables where !new.tables.contains(where: { $0.name == table.name || $0.renamedFrom == table.name })
    {
      tell(
        .breaking, "table \(table.name)",
        "it is not used any more; it stays until \"parley migrate --allow\" names it, which deletes its rows",
        .migratesAfter)
    }
    for table in new.tables {
      if let before = old.tables.first(where: { $0.name == table.name }) {
        compare(before, table)
      } else if let before = old.tables.first(where: { $0.name == table.renamedFrom }) {
        tell(
          .breaking, "table \(table.name)", "it was \(before.name); the old server does not find it under the new name",
          .migratesBetween)
        compare(before, table)
      } else {
        tell(.compatible, "table \(table.name)", "it is new", .migratesAtStart)
      }
    }
  }

  private mutating func compare(_ old: Table, _ new: Table) {
    let subject = "table \(new.name)"
    for column in old.columns
    where !new.columns.contains(where: { $0.name == column.name || $0.renamedFrom == column.name }) {
      let isNeeded = !column.isNullable && column.defaultValue == nil
      tell(
        .breaking, "\(new.name).\(column.name)",
        isNeeded
          ? "it is not used any more, but is required and has no default, so that the start fails; \"parley migrate --allow\" drops it and its values"
          : "it is not used any more; it stays until \"parley migrate --allow\" names it, which deletes its values",
        isNeeded ? .migratesBetween : .migratesAfter)
    }
    for column in new.columns { compare(column, of: new, with: old) }
    if old.primaryKey != new.primaryKey {
      tell(
        .breaking, subject,
        "the primary key was (\(old.primaryKey.joined(separator: ", "))) and is (\(new.primaryKey.joined(separator: ", ")))",
        .migratesBetween)
    }
    for key in new.uniqueKeys where !old.uniqueKeys.contains(key) {
      tell(
        .risky, subject,
        "(\(key.columns.joined(separator: ", "))) is unique now; rows that share values make the start fail",
        .migratesAtStart)
    }
    for key in old.uniqueKeys where !new.uniqueKeys.contains(key) {
      tell(
        .compatible, subject, "(\(key.columns.joined(separator: ", "))) need not be unique any more", .migratesAtStart)
    }
    for index in new.indexes where !old.indexes.contains(index) {
      tell(.compatible, subject, "the index \"\(index.name)\" is made", .migratesAtStart)
    }
    for index in old.indexes where !new.indexes.contains(where: { $0.name == index.name }) {
      tell(.compatible, subject, "the index \"\(index.name)\" is not needed any more", .migratesAfter)
    }
    for reference in new.references where !old.references.contains(reference) {
      tell(
        .risky, subject,
        "(\(reference.columns.joined(separator: ", "))) refers to \(reference.table) now; rows that refer to nothing make the start fail",
        .migratesAtStart)
    }
    for reference in old.references where !new.references.contains(reference) {
      tell(
        .compatible, subject,
        "(\(reference.columns.joined(separator: ", "))) does not refer to \(reference.table) any more",
        .migratesAtStart)
    }
  }

  private mutating func compare(_ column: Column, of table: Table, with old: Table) {
    let subject = "\(table.name).\(column.name)"
    var before = old.columns.first { $0.name == column.name }
    if before == nil, let renamed = old.columns.first(where: { $0.name == column.renamedFrom }) {
      tell(
        .breaking, subject, "it was \(renamed.name); the old server does not find it under the new name",
        .migratesBetween)
      before = renamed
    }
    guard let before else {
      if column.isNullable || column.defaultValue != nil {
        tell(.compatible, subject, "it is new", .migratesAtStart)
      } else {
        tell(
          .breaking, subject,
          "it is new, required and has no default: a table with rows refuses it; let it be null, or give it a default",
          .migratesBetween)
      }
      return
    }
    let types = (storedType(before.type, self.old), storedType(column.type, self.new))
    if types.0 != types.1 {
      tell(.breaking, subject, "it held \(types.0) and holds \(types.1); its values are converted", .migratesBetween)
    } else if let old = values(before.type, self.old), let new = values(column.type, self.new), old != new {
      if Set(new).isSuperset(of: old) {
        tell(.risky, subject, "it has more values; an old instance cannot read rows that have them", .migratesAtStart)
      } else {
        tell(
          .risky, subject, "it has other values; rows with those that are gone make the start fail", .migratesAtStart)
      }
    } else if before.type != column.type {
      if isLooser(column.type, than: before.type) {
        tell(.compatible, subject, "its constraints are looser", .migratesAtStart)
      } else {
        tell(.risky, subject, "its constraints differ; rows that break them make the start fail", .migratesAtStart)
      }
    }
    if before.isNullable && !column.isNullable {
      tell(
        .breaking, subject,
        "it may not be null any more; rows where it is null get its default, or are deleted by name",
        .migratesBetween)
    } else if !before.isNullable && column.isNullable {
      tell(.compatible, subject, "it may be null now", .migratesAtStart)
    }
    if before.defaultValue != column.defaultValue {
      tell(.compatible, subject, "its default differs; rows that are there keep their values", .migratesAtStart)
    }
  }

  /// Whether every value that fitted still fits.
  private func isLooser(_ new: TypeUse, than old: TypeUse) -> Bool {
    func fits<Bound: Comparable>(_ lower: (Bound?, Bound?), _ upper: (Bound?, Bound?)) -> Bool {
      let isLower = lower.1.map { new in lower.0.map { new <= $0 } ?? false } ?? true
      let isUpper = upper.1.map { new in upper.0.map { new >= $0 } ?? false } ?? true
      return isLower && isUpper
    }
    switch (old, new) {
    case (.string(let old), .string(let new)):
      // The database checks the length alone.
      return fits((old.minLength, new.minLength), (old.maxLength, new.maxLength))
    case (.integer(let old), .integer(let new)):
      return fits((old.minimum, new.minimum), (old.maximum, new.maximum))
    case (.number(let old), .number(let new)):
      return fits((old.minimum, new.minimum), (old.maximum, new.maximum))
        && fits((old.exclusiveMinimum, new.exclusiveMinimum), (old.exclusiveMaximum, new.exclusiveMaximum))
    case (.literal(let old), .literal(let new)):
      return old.allSatisfy { value in new.contains { $0.isSame(as: value) } }
    case (_, .literal): return false
    default: return old.swiftType == new.swiftType
    }
  }

  /// What a column holds, where an enum is text.
  private func storedType(_ type: TypeUse, _ api: API) -> String {
    if values(type, api) != nil { return "String" }
    if case .named = type { return "JSON" }
    return type.swiftType
  }

  private func values(_ type: TypeUse, _ api: API) -> [String]? {
    guard case .named(let name) = type, case .enumeration(let enumeration)? = TypeTable(api)[name] else { return nil }
    return enumeration.cases.map(\.value)
  }
}

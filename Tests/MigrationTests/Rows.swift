import Storage
import TestSupport

/// What a database holds, by the identities of tables and columns.
typealias Row = [Int: SQLValue]
typealias Content = [Int: [Row]]

/// Something that a migration may not do unasked: what would be lost or violated, and in how many rows.
struct Concern: Hashable, CustomStringConvertible {
  enum Kind: Hashable {
    case dropTable, dropColumn, type, required, check, unique, reference
  }

  var kind: Kind
  /// The table by its new name or its last one, the column as `table.column`, or the constraint.
  var subject: String
  var rows: Int

  var description: String { "\(kind) \(subject): \(rows)" }
}

/// What the rows must be after an edit, and what stands against it.
struct Expectation {
  private(set) var content: Content = [:]
  private(set) var concerns: [Concern] = []
  private let engine: Engine

  init(from old: Spec, _ rows: Content, to new: Spec, on engine: Engine) {
    self.engine = engine
    for table in old.tables where new.table(table.id) == nil {
      concerns.append(
        Concern(kind: .dropTable, subject: table.name, rows: rows[table.id, default: []].count))
    }
    for table in new.tables {
      content[table.id] = []
      guard let before = old.table(table.id) else { continue }
      carry(rows[table.id, default: []], from: before, to: table)
    }
    for table in new.tables { findViolations(of: table, in: new) }
    concerns.removeAll { $0.rows == 0 }
  }

  /// Whether everything that stays is sure to keep its value.
  var losesOnlyWhatIsDropped: Bool { concerns.allSatisfy { [.dropTable, .dropColumn].contains($0.kind) } }

  private mutating func carry(_ rows: [Row], from old: Spec.Table, to new: Spec.Table) {
    var result = rows
    for column in old.columns where new.column(column.id) == nil {
      let values = rows.count { $0[column.id] != .null }
      concerns.append(Concern(kind: .dropColumn, subject: "\(new.name).\(column.name)", rows: values))
      for row in result.indices { result[row][column.id] = nil }
    }
    for column in new.columns {
      guard let before = old.column(column.id) else {
        for row in result.indices { result[row][column.id] = column.defaultValue ?? .null }
        continue
      }
      let isRenaming = before.renamedValues != column.renamedValues
      var impossible = 0
      for row in result.indices {
        let value = result[row][column.id] ?? .null
        switch value.converted(to: column.type, on: engine) {
        case .exact(.text(let text)) where isRenaming:
          result[row][column.id] = .text(column.renamedValues[text] ?? text)
        case .exact(let converted): result[row][column.id] = converted
        case .impossible: impossible += 1
        }
        // What had no value until now gets the default.
        if !column.isNullable, result[row][column.id] == .null, let value = column.defaultValue {
          result[row][column.id] = value
        }
      }
      concerns.append(Concern(kind: .type, subject: "\(new.name).\(column.name)", rows: impossible))
    }
    content[new.id] = result
  }

  private mutating func findViolations(of table: Spec.Table, in spec: Spec) {
    let rows = content[table.id, default: []]
    for column in table.columns {
      let nulls = rows.count { $0[column.id] == .null }
      if !column.isNullable {
        concerns.append(Concern(kind: .required, subject: "\(table.name).\(column.name)", rows: nulls))
      }
      if let rule = column.rule {
        let wrong = rows.count { !rule.allows($0[column.id] ?? .null) }
        let name = rule.check(of: column.name, in: table.name).name
        concerns.append(Concern(kind: .check, subject: name, rows: wrong))
      }
    }
    for (name, parts) in table.keys {
      var seen: [[SQLValue]: Int] = [:]
      for row in rows {
        let key = parts.map { $0.value(in: row) }
        if !key.contains(.null) { seen[key, default: 0] += 1 }
      }
      // One of those with the same values may stay.
      let surplus = seen.values.reduce(0) { $0 + $1 - 1 }
      concerns.append(Concern(kind: .unique, subject: name, rows: surplus))
    }
    for reference in table.references {
      let lost = rows.count { !content.isMet(reference, by: $0, in: spec) }
      concerns.append(Concern(kind: .reference, subject: table.name(of: reference), rows: lost))
    }
  }
}

extension Spec.Table {
  /// The primary key and the unique ones.
  var keys: [(name: String, parts: [Spec.Index.Part])] {
    [("\(name)_pkey", primaryKey.map { Spec.Index.Part(column: $0) })]
      + indexes.filter(\.isUnique).map { (name(of: $0), $0.parts) }
  }
}

extension SQLValue {
  /// A value that the column takes; nil when none was found.
  static func random(for column: Spec.Column, using generator: inout SplitMix64) -> SQLValue? {
    switch column.rule {
    case .values(let values)?: return values.randomElement(using: &generator).map(SQLValue.text)
    case .integers(let least, let most)?:
      return .int(Int64.random(in: least...min(most, least + 30), using: &generator))
    case .numbers(let least, _)?: return .double(least + Double(Int.random(in: 0...40, using: &generator)) / 8)
    case .length, nil:
      for _ in 0..<8 {
        let value = random(column.type, using: &generator)
        if column.rule?.allows(value) ?? true { return value }
      }
      guard case .length(let least, _)? = column.rule else { return nil }
      return .text(String(repeating: "é", count: least))
    }
  }
}

extension Content {
  /// Rows that satisfy every constraint of the spec besides those here; fewer than asked for where keys clash.
  func newRows(_ count: Int, of table: Spec.Table, in spec: Spec, using generator: inout SplitMix64) -> [Row] {
    var all = self[table.id] ?? []
    var new: [Row] = []
    next: for _ in 0..<count {
      var row: Row = [:]
      for column in table.columns {
        let isNull = column.isNullable && generator.chance(25)
        guard let value = isNull ? .null : SQLValue.random(for: column, using: &generator) else { continue next }
        row[column.id] = value
      }
      for reference in table.references {
        guard let target = spec.table(reference.table) else { continue next }
        // Of two references by the same column only one is sure to be met.
        if let other = self[target.id]?.randomElement(using: &generator) {
          for (own, key) in zip(reference.columns, target.primaryKey) { row[own] = other[key] ?? .null }
        } else {
          guard let optional = reference.columns.first(where: { table.column($0)?.isNullable == true }) else {
            continue next
          }
          row[optional] = .null
        }
      }
      let fits = table.columns.allSatisfy { column in
        let value = row[column.id] ?? .null
        return value == .null ? column.isNullable : column.rule?.allows(value) ?? true
      }
      guard fits, table.references.allSatisfy({ isMet($0, by: row, in: spec) }), !clashes(row, with: all, in: table)
      else {
        continue
      }
      all.append(row)
      new.append(row)
    }
    return new
  }

  func isMet(_ reference: Spec.Reference, by row: Row, in spec: Spec) -> Bool {
    let key = reference.columns.map { row[$0] ?? .null }
    guard !key.contains(.null), let target = spec.table(reference.table) else { return true }
    return (self[target.id] ?? []).contains { other in target.primaryKey.map { other[$0] ?? .null } == key }
  }

  /// Whether something stands against the row, or against one that it refers to.
  func isConcerned(_ row: Row, of table: Spec.Table, in spec: Spec, depth: Int = 0) -> Bool {
    let isWrong = table.columns.contains { column in
      let value = row[column.id] ?? .null
      return value == .null ? !column.isNullable : value.type != column.type || column.rule?.allows(value) == false
    }
    let others = self[table.id] ?? []
    let isTwice = table.keys.contains { _, parts in
      let key = parts.map { $0.value(in: row) }
      return !key.contains(.null) && others.count { other in parts.map { $0.value(in: other) } == key } > 1
    }
    if isWrong || isTwice || table.references.contains(where: { !isMet($0, by: row, in: spec) }) { return true }
    guard depth < 4 else { return false }
    return (spec.table(table.id)?.references ?? []).contains { reference in
      guard let target = spec.table(reference.table) else { return false }
      let values = reference.columns.map { row[$0] ?? .null }
      return (self[target.id] ?? []).contains { other in
        !values.contains(.null) && target.primaryKey.map { other[$0] ?? .null } == values
          && isConcerned(other, of: target, in: spec, depth: depth + 1)
      }
    }
  }

  private func clashes(_ row: Row, with rows: [Row], in table: Spec.Table) -> Bool {
    table.keys.contains { _, parts in
      let key = parts.map { part in part.value(in: row) }
      return !key.contains(.null) && rows.contains { other in parts.map { $0.value(in: other) } == key }
    }
  }
}

extension Spec.Index.Part {
  /// As the key compares it.
  func value(in row: Row) -> SQLValue {
    let value = row[column] ?? .null
    return ignoresCase ? value.foldingCase : value
  }
}

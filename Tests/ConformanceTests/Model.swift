import Storage
import Values

/// What any engine must do with the generated statements of tables, in as few lines as can be: arrays in memory.
struct Model {
  typealias Row = [SQLValue]

  let tables: [TableDefinition]
  private(set) var rows: [String: [Row]] = [:]
  private let checks: [String: [[CheckExpression]]]

  init(_ tables: [TableDefinition]) throws {
    self.tables = tables
    var checks: [String: [[CheckExpression]]] = [:]
    for table in tables { checks[table.name] = try table.columns.map { try $0.checks.map(CheckExpression.init) } }
    self.checks = checks
  }

  func rows(of table: TableDefinition) -> [Row] { rows[table.name] ?? [] }

  func checks(of table: TableDefinition, at column: Int) -> [CheckExpression] { checks[table.name]?[column] ?? [] }

  // MARK: Statements

  mutating func insert(_ row: Row, into table: TableDefinition) -> [Outcome] {
    if let refusal = refusal(of: row, in: table, replacing: nil) { return refusal }
    rows[table.name, default: []].append(row.map(\.stored))
    return [.changed(1)]
  }

  func find(_ values: [SQLValue], by key: [IndexColumn], in table: TableDefinition) -> Outcome {
    if let refusal = Self.refusal(of: values) { return refusal }
    return .rows(rows(of: table).filter { matches($0, values, key, table) })
  }

  /// - Parameters:
  ///   - by: the values of the index's first columns.
  ///   - after: the values of its other columns in the row before the page; nil for the first page.
  func page(_ index: IndexDefinition, of table: TableDefinition, by: [SQLValue], after: [SQLValue]?, limit: Int)
    -> [Row]
  {
    let order = index.columns.dropFirst(by.count).map { (table.position(of: $0.name), $0.isDescending) }
    let page = rows(of: table)
      .filter { matches($0, by, Array(index.columns.prefix(by.count)), table) }
      .sorted { left, right in precedes(order.map { left[$0.0] }, order.map { right[$0.0] }, order.map(\.1)) }
      .filter { row in after.map { precedes($0, order.map { row[$0.0] }, order.map(\.1)) } ?? true }
    return Array(page.prefix(limit))
  }

  /// The rows with this owner that hold every word, whatever case its A to Z have.
  func search(_ words: [String], of owner: SQLValue, in table: TableDefinition) -> [Row] {
    let searched = (table.search?.columns ?? []).map { table.position(of: $0) }
    return rows(of: table).filter { row in
      guard !words.isEmpty, matches(row, [owner], [table.keyColumns[0]], table) else { return false }
      let found = searched.flatMap { row[$0].words }
      return words.allSatisfy { word in found.contains { $0.hasSameBytes(as: word, ignoringCase: true) } }
    }
  }

  mutating func update(_ key: [SQLValue], of table: TableDefinition, to changes: [Int: SQLValue]) -> [Outcome] {
    if let refusal = Self.refusal(of: key + changes.values) { return [refusal] }
    guard let index = rows(of: table).firstIndex(where: { matches($0, key, table.keyColumns, table) }) else {
      return [.changed(0)]
    }
    var row = rows(of: table)[index]
    // A null means "as it is" where the column must not be null.
    for (column, value) in changes where value != .null || table.columns[column].isNullable { row[column] = value }
    if let refusal = refusal(of: row, in: table, replacing: index) { return refusal }
    rows[table.name]?[index] = row.map(\.stored)
    return [.changed(1)]
  }

  mutating func delete(_ key: [SQLValue], from table: TableDefinition) -> Outcome {
    if let refusal = Self.refusal(of: key) { return refusal }
    guard let row = rows(of: table).first(where: { matches($0, key, table.keyColumns, table) }) else {
      return .changed(0)
    }
    let before = rows
    guard remove(row, from: table) else {
      rows = before
      return .failed(.foreignKeyViolation)
    }
    return .changed(1)
  }

  // MARK: Rules

  /// In the order in which both engines look: values, nulls, CHECKs, keys, references. Of several CHECKs or keys that
  /// are violated at once, PostgreSQL tells the first and SQLite the last; either is true.
  private func refusal(of row: Row, in table: TableDefinition, replacing index: Int?) -> [Outcome]? {
    if let refusal = Self.refusal(of: row) { return [refusal] }
    for (column, value) in zip(table.columns, row) where value == .null && !column.isNullable {
      return [.failed(.notNullViolation, column: column.name)]
    }
    let broken = row.indices.flatMap { column in
      checks(of: table, at: column).filter { !$0.allows(row[column]) }.map(\.name)
    }
    if !broken.isEmpty { return broken.map { .failed(.checkViolation, constraint: $0) } }
    let keys = [(table.primaryKeyName, table.keyColumns)] + table.uniqueKeys.map { ($0.name, $0.columns) }
    let taken = keys.filter { _, key in
      let values = key.map { row[table.position(of: $0.name)] }
      return rows(of: table).indices.contains { $0 != index && matches(rows(of: table)[$0], values, key, table) }
    }
    if !taken.isEmpty { return taken.map { .failed(.uniqueViolation, constraint: $0.0) } }
    for key in table.foreignKeys {
      let values = key.columns.map { row[table.position(of: $0)] }
      guard !values.contains(.null), let other = tables.first(where: { $0.name == key.referencedTable }) else {
        continue
      }
      let found = rows(of: other).contains { matches($0, values, key.referencedColumns.map { IndexColumn($0) }, other) }
      if !found { return [.failed(.foreignKeyViolation)] }
    }
    return nil
  }

  private static func refusal(of values: some Sequence<SQLValue>) -> Outcome? {
    values.contains { value in (try? value.check()) == nil } ? .failed(.invalidValue) : nil
  }

  /// False when a row that must not go refers to it.
  private mutating func remove(_ row: Row, from table: TableDefinition) -> Bool {
    rows[table.name]?.removeAll { $0.elementsEqual(row, by: { $0.isSame(as: $1) }) }
    for other in tables {
      for key in other.foreignKeys where key.referencedTable == table.name {
        let values = key.referencedColumns.map { row[table.position(of: $0)] }
        for child in rows(of: other) where matches(child, values, key.columns.map { IndexColumn($0) }, other) {
          switch key.onDelete {
          case .restrict: return false
          case .cascade: if !remove(child, from: other) { return false }
          case .setNull:
            guard let index = rows(of: other).firstIndex(of: child) else { continue }
            for column in key.columns { rows[other.name]?[index][other.position(of: column)] = .null }
          }
        }
      }
    }
    return true
  }

  /// A null equals nothing.
  private func matches(_ row: Row, _ values: [SQLValue], _ key: [IndexColumn], _ table: TableDefinition) -> Bool {
    zip(key, values).allSatisfy { column, value in
      let own = row[table.position(of: column.name)]
      if own == .null || value == .null { return false }
      return own.isSame(as: value, ignoringCase: column.isCaseInsensitive)
    }
  }

  private func precedes(_ left: [SQLValue], _ right: [SQLValue], _ isDescending: [Bool]) -> Bool {
    for (index, isDescending) in isDescending.enumerated() where !left[index].isSame(as: right[index]) {
      return left[index].precedes(right[index]) != isDescending
    }
    return false
  }
}

extension SQLValue {
  /// The runs of letters and digits of a text.
  fileprivate var words: [String] {
    guard case .text(let text) = self else { return [] }
    return text.split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }
}

extension TableDefinition {
  var keyColumns: [IndexColumn] { primaryKey.map { IndexColumn($0) } }
  var uniqueKeys: [IndexDefinition] { indexes.filter(\.isUnique) }
  var pages: [IndexDefinition] { indexes.filter { !$0.isUnique } }

  func position(of column: String) -> Int {
    columns.firstIndex { $0.name == column } ?? -1
  }
}

extension SQLValue {
  /// As SQL compares: texts by their bytes, where Swift compares characters.
  ///
  /// - Parameter ignoringCase: A to Z as a to z, which is what it means on both engines.
  func isSame(as other: SQLValue, ignoringCase: Bool = false) -> Bool {
    switch (self, other) {
    case (.text(let left), .text(let right)), (.json(let left), .json(let right)):
      left.hasSameBytes(as: right, ignoringCase: ignoringCase)
    default: self == other
    }
  }

  /// The order of a column of this type.
  fileprivate func precedes(_ other: SQLValue) -> Bool {
    switch (self, other) {
    case (.bool(let left), .bool(let right)): !left && right
    case (.int(let left), .int(let right)): left < right
    case (.double(let left), .double(let right)): left < right
    case (.text(let left), .text(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
    case (.uuid(let left), .uuid(let right)): left.words < right.words
    case (.timestamp(let left), .timestamp(let right)): left < right
    case (.date(let left), .date(let right)): left < right
    case (.bytes(let left), .bytes(let right)): left.lexicographicallyPrecedes(right)
    default: false
    }
  }

  /// As it comes back: a zero without its sign.
  fileprivate var stored: SQLValue {
    if case .double(let number) = self { .double(number + 0) } else { self }
  }

  /// The same text in the other case, of A to Z only.
  var swappingASCII: SQLValue {
    guard case .text(let text) = self, text.utf8.count < 1000 else { return self }
    let bytes = text.utf8.map { 0x41...0x5A ~= $0 || 0x61...0x7A ~= $0 ? $0 ^ 0x20 : $0 }
    return .text(String(decoding: bytes, as: UTF8.self))
  }
}

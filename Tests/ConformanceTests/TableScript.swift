import FoundationEssentials
import Storage
import Values

/// Writes the steps that put every generated statement of every table to the test, and what each must answer.
struct TableScript {
  private(set) var steps: [Step] = []
  private(set) var model: Model
  private let statements: [TableStatements]
  private var counter: UInt64 = 0

  /// - Parameter tables: each behind those to which it refers.
  init(_ tables: [TableDefinition], _ statements: [Statement]) throws {
    model = try Model(tables)
    self.statements = try tables.map { try TableStatements($0, among: statements) }
  }

  /// All of it: what only reads stands between what writes, and deleting comes last, from the leaves to the root.
  mutating func write() throws {
    for table in statements { try fill(table) }
    for table in statements {
      pages(of: table)
      searches(of: table)
      try updates(of: table)
      pages(of: table)
      searches(of: table)
    }
    for table in statements.reversed() { deletes(of: table) }
  }

  mutating func writeRows() throws {
    for table in statements { try fill(table) }
  }

  /// Rows that sort alike, with each value of an enumeration, with nulls and without.
  mutating func writePlainRows(_ count: Int) throws {
    for table in statements {
      for number in 0..<count {
        var row = try row(of: table.table)
        for (position, column) in table.table.columns.enumerated() {
          let samples = model.checks(of: table.table, at: position).filter(\.isEnumeration).flatMap(\.samples)
            .filter { value in model.checks(of: table.table, at: position).allSatisfy { $0.allows(value) } }
          if !samples.isEmpty { row[position] = samples[number % samples.count] }
          if column.isNullable, number % 3 == 0 { row[position] = .null }
        }
        insert(row, into: table)
      }
    }
  }

  // MARK: Insert and find

  private mutating func fill(_ table: TableStatements) throws {
    let columns = table.table.columns
    let first = try row(of: table.table)
    insert(first, into: table)
    // The same row again, then each unique key alone, in the other case.
    insert(first, into: table)
    for key in table.table.uniqueKeys {
      var twin = try row(of: table.table)
      for column in key.columns {
        let position = table.table.position(of: column.name)
        twin[position] = column.isCaseInsensitive ? first[position].swappingASCII : first[position]
      }
      insert(twin, into: table)
    }
    for (position, column) in columns.enumerated() {
      // Nulls, twice: they never violate a unique key.
      for _ in 0..<2 { insert(try row(of: table.table, with: .null, at: position), into: table) }
      for value in values(for: column, at: position, of: table.table) {
        insert(try row(of: table.table, with: value, at: position), into: table)
      }
    }
    for key in table.table.foreignKeys {
      // A parent that does not exist: the last column of the reference is the parent's own.
      guard let column = key.columns.last else { continue }
      let position = table.table.position(of: column)
      insert(try row(of: table.table, with: fresh(columns[position].type), at: position), into: table)
    }
  }

  private mutating func insert(_ row: Model.Row, into table: TableStatements) {
    let outcome = model.insert(row, into: table.table)
    add(table.insert, row, expecting: outcome)
    for (key, statement) in table.finds {
      let values = key.map { row[table.table.position(of: $0.name)] }
      add(statement, values, of: table.table, expecting: model.find(values, by: key, in: table.table))
      guard key.contains(where: \.isCaseInsensitive) else { continue }
      let swapped = zip(key, values).map { $0.isCaseInsensitive ? $1.swappingASCII : $1 }
      add(statement, swapped, of: table.table, expecting: model.find(swapped, by: key, in: table.table))
    }
  }

  /// Hurtful values of its type, and such as stand at the bounds of its CHECKs; short ones also made long enough.
  private func values(for column: ColumnDefinition, at position: Int, of table: TableDefinition) -> [SQLValue] {
    let checks = model.checks(of: table, at: position)
    let samples = checks.flatMap(\.samples).filter { $0.type == column.type }
    let values = HurtfulValues.of(column.type)
    let padded = values.compactMap { value -> SQLValue? in
      guard case .text(let text) = value, !checks.allSatisfy({ $0.allows(value) }), text.utf8.count < 100 else {
        return nil
      }
      return .text(text + "-abc")
    }
    return values + samples + padded
  }

  // MARK: Pages

  /// Every page of every index, through rows that sort alike, in pages of one, of three and of all.
  private mutating func pages(of table: TableStatements) {
    for page in table.pages {
      let byCount = table.byCount(of: page)
      let by = page.index.columns.prefix(byCount).map { table.table.position(of: $0.name) }
      let order = page.index.columns.dropFirst(byCount).map { table.table.position(of: $0.name) }
      let groups = Dictionary(grouping: model.rows(of: table.table)) { row in by.map { row[$0] } }
        .sorted { $0.key.map(\.transcript).lexicographicallyPrecedes($1.key.map(\.transcript)) }
      // The largest ones, where rows sort alike; and those of a hurtful value.
      let chosen = groups.sorted { $0.value.count > $1.value.count }.prefix(1) + groups.prefix(3)
      for (group, _) in chosen where !group.contains(.null) {
        for limit in [1, 7, 1000] {
          var after: [SQLValue]?
          for _ in 0..<6 {
            let rows = model.page(page.index, of: table.table, by: group, after: after, limit: limit)
            add(
              after == nil ? page.first : page.after, group + [.int(Int64(limit))] + (after ?? []), of: table.table,
              expecting: .rows(rows))
            guard let last = rows.last else { break }
            after = order.map { last[$0] }
          }
        }
      }
      let nobody = by.map { fresh(table.table.columns[$0].type) }
      let rows = model.page(page.index, of: table.table, by: nobody, after: nil, limit: 5)
      add(page.first, nobody + [.int(5)], of: table.table, expecting: .rows(rows))
    }
  }

  // MARK: Search

  /// For words that the rows hold, alone and with others, in another case, and for what no row holds.
  private mutating func searches(of table: TableStatements) {
    guard let search = table.search, let key = table.table.primaryKey.first else { return }
    let position = table.table.position(of: key)
    let owners = Set(model.rows(of: table.table).map { $0[position] }) + [fresh(table.table.columns[position].type)]
    let texts = [
      "row", "ROW", "abc", "Abc row", "row 1", "istanbul", "ISTANBUL", "zoo", "null", "nothing", "", "\"; --",
    ]
    for owner in owners {
      for text in texts {
        let words = SearchText(text)
        let rows = model.search(
          text.split { !$0.isLetter && !$0.isNumber }.map(String.init), of: owner, in: table.table)
        add(
          search, [owner, .text(words.text), .text(words.match(owner: owner)), .int(1_000_000)], of: table.table,
          isOrdered: false, expecting: .rows(rows, isOrdered: false))
      }
    }
  }

  // MARK: Update

  private mutating func updates(of table: TableStatements) throws {
    guard let update = table.update else { return }
    let definition = table.table
    // The flag of a null, as generated code sends it: see `SQLValue(isPresent:)`.
    func values(_ key: [SQLValue], _ changes: [Int: SQLValue]) -> [SQLValue] {
      key
        + definition.columns.enumerated().filter { !definition.primaryKey.contains($1.name) }.flatMap {
          position, column in
          let change = changes[position] ?? .null
          return column.isNullable ? [.bool(changes[position] != nil), change] : [change]
        }
    }
    func key(of row: Model.Row) -> [SQLValue] { definition.primaryKey.map { row[definition.position(of: $0)] } }

    let rows = model.rows(of: definition)
    guard rows.count > 2 else { return }
    var turn = 0
    for (position, column) in definition.columns.enumerated() where !definition.primaryKey.contains(column.name) {
      for value in [.null] + self.values(for: column, at: position, of: definition) {
        turn += 1
        let target = key(of: rows[turn % rows.count])
        let outcome = model.update(target, of: definition, to: [position: value])
        add(update, values(target, [position: value]), expecting: outcome)
        guard turn % 4 == 0, let find = table.finds.first else { continue }
        add(find.statement, target, of: definition, expecting: model.find(target, by: find.key, in: definition))
      }
    }
    let target = key(of: rows[0])
    add(update, values(target, [:]), expecting: model.update(target, of: definition, to: [:]))
    let nobody = target.map { _ in SQLValue.uuid(UUID(high: 7, low: 7)) }
    if zip(nobody, update.parameters).allSatisfy({ $0.type == $1 }) {
      add(update, values(nobody, [:]), expecting: model.update(nobody, of: definition, to: [:]))
    }
  }

  // MARK: Delete

  private mutating func deletes(of table: TableStatements) {
    let rows = model.rows(of: table.table)
    for (index, row) in rows.enumerated() where index % 3 == 0 || index < 3 {
      let key = table.table.primaryKey.map { row[table.table.position(of: $0)] }
      for _ in 0..<(index < 3 ? 2 : 1) {
        add(table.delete, key, expecting: model.delete(key, from: table.table))
      }
    }
  }

  // MARK: Rows

  /// A row that nothing forbids, with a value that may be forbidden.
  private mutating func row(of table: TableDefinition, with value: SQLValue, at position: Int) throws -> Model.Row {
    var row = try row(of: table)
    row[position] = value
    return row
  }

  /// A row that nothing forbids: its references are to the first rows of their tables, its keys are new.
  mutating func row(of table: TableDefinition) throws -> Model.Row {
    var row = try table.columns.enumerated().map { position, column in
      // Of dates there are few, and a key needs a new one.
      column.type == .date && table.primaryKey.contains(column.name)
        ? freshDate() : try plain(column, model.checks(of: table, at: position))
    }
    for key in table.foreignKeys {
      guard let other = model.tables.first(where: { $0.name == key.referencedTable }),
        let parent = model.rows(of: other).first
      else { continue }
      for (column, referenced) in zip(key.columns, key.referencedColumns) {
        row[table.position(of: column)] = parent[other.position(of: referenced)]
      }
    }
    return row
  }

  /// A value that nothing forbids; of texts and ids one that no other row has.
  private mutating func plain(_ column: ColumnDefinition, _ checks: [CheckExpression]) throws -> SQLValue {
    let value = fresh(column.type)
    let candidates = [value] + checks.flatMap(\.samples).filter { $0.type == column.type }
    guard let found = candidates.first(where: { value in checks.allSatisfy { $0.allows(value) } }) else {
      throw NoValue(column: column.name)
    }
    return found
  }

  struct NoValue: Error, CustomStringConvertible {
    let column: String
    var description: String {
      "The suite finds no value that the CHECKs of \(column) allow; teach it in TableScript.swift."
    }
  }

  private mutating func freshDate() -> SQLValue {
    counter += 1
    return .date(CalendarDate(Timestamp(milliseconds: Int64(counter) * 86_400_000)))
  }

  private mutating func fresh(_ type: ColumnType) -> SQLValue {
    counter += 1
    return switch type {
    case .bool: .bool(counter % 2 == 0)
    // The same few values again and again, so that rows sort alike.
    case .int: .int(Int64(counter % 3))
    case .double: .double(Double(counter % 3) / 2)
    case .text: .text("Row-\(counter)")
    case .uuid: .uuid(UUID(high: 0x0190_0000_0000_7000 &+ counter &* 0x9E37_79B9_7F4A_7C15, low: counter))
    case .timestamp: .timestamp(Timestamp(milliseconds: 1_767_225_600_000 + Int64(counter / 16 % 3)))
    case .date: .date(CalendarDate(Timestamp(milliseconds: Int64(counter % 3) * 86_400_000)))
    case .json: .json("[\(counter)]")
    case .bytes: .bytes(withUnsafeBytes(of: counter.bigEndian, Array.init))
    }
  }

  private mutating func add(
    _ statement: Statement, _ values: [SQLValue], of table: TableDefinition? = nil, isOrdered: Bool = true,
    expecting outcome: Outcome
  ) {
    add(statement, values, of: table, isOrdered: isOrdered, expecting: [outcome])
  }

  private mutating func add(
    _ statement: Statement, _ values: [SQLValue], of table: TableDefinition? = nil, isOrdered: Bool = true,
    expecting outcomes: [Outcome]
  ) {
    steps.append(
      Step(
        statement: statement, values: values, columns: table?.columns.map(\.type) ?? [], isOrdered: isOrdered,
        expected: outcomes))
  }
}

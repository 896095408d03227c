/// The steps on SQLite. Its `ALTER TABLE` adds columns and renames; for all else the table is made anew, once for all of
/// its changes, by the procedure of lang_altertable.html §7. Each change is a step of its own all the same, without SQL,
/// so that it can be read, counted and allowed.
struct SQLitePlanner {
  let basis: PlanBasis
  var steps: [Migration.Step] = []

  init(basis: PlanBasis) {
    self.basis = basis
  }

  mutating func plan() async throws(StorageError) {
    steps += basis.renames.map { $0.step(on: .sqlite) }
    for table in basis.newTables {
      let create = table.createTable(on: .sqlite, foreignKeys: table.foreignKeys)
      add("create-table:\(table.name)", "create table \(table.name)", [create])
    }
    for table in basis.newTables {
      for index in table.indexes {
        add("create-index:\(index.name)", "create index \(index.name)", [table.createIndex(index)])
      }
    }
    for difference in basis.differences {
      let target = target(of: difference)
      if difference.isReached(by: target) {
        continue
      } else if difference.canBeAltered(to: target) {
        try await alter(difference, to: target)
      } else {
        var rebuild = TableRebuild(basis: basis, difference: difference, target: target)
        try await rebuild.plan()
        steps += rebuild.steps
      }
    }
    // All tables have their new values by then.
    for difference in basis.differences {
      for key in difference.table.foreignKeys {
        if let fix = try await basis.orphans(of: key, in: difference) { steps.append(fix) }
      }
    }
    for table in basis.surplusTables {
      let rows = try await basis.survey.rows(of: table)
      steps.append(
        .init(
          "drop-table:\(table)", "drop table \(table)", sql: ["DROP TABLE \(quoted(table))"], lock: .file,
          loss: .init(rows: rows, description: "they are deleted"), isSurplus: true))
    }
  }

  private mutating func alter(_ difference: Difference, to target: Catalog.Table) async throws(StorageError) {
    let table = difference.table
    let isFilled = try await basis.survey.holdsRows(table.name)
    for column in difference.addedColumns {
      let loss = column.hasNoValue && isFilled ? Migration.Loss.noValue : nil
      add(
        "add-column:\(table.name).\(column.name)", "add column \(table.name).\(column.name)",
        [table.addColumn(column, on: .sqlite)], loss)
    }
    for (name, index) in difference.live.indexes.sorted(by: { $0.key < $1.key }) where target.indexes[name] != index {
      steps.append(
        .dropIndex(name, index, sql: ["DROP INDEX \(quoted(name))"], isReplaced: target.indexes[name] != nil))
    }
    for index in table.indexes where difference.live.indexes[index.name] != target.indexes[index.name] {
      if index.isUnique,
        let fix = try await basis.duplicates(of: index.name, by: index.columns, in: difference)
      {
        steps.append(fix)
      }
      add("create-index:\(index.name)", "create index \(index.name)", [table.createIndex(index)])
    }
  }

  private mutating func add(_ name: String, _ description: String, _ sql: [String], _ loss: Migration.Loss? = nil) {
    steps.append(.init(name, description, sql: sql, lock: .file, loss: loss, isAdditive: loss == nil))
  }

  /// What the table is to be: as it is wanted, and with what is too many when that is left alone.
  private func target(of difference: Difference) -> Catalog.Table {
    var target = difference.wanted
    target.triggers = difference.live.triggers
    guard basis.keepsSurplus else { return target }
    let kept = difference.surplusColumns.filter { !difference.hinders($0) }
    for column in kept { target.columns[column] = difference.live.columns[column] }
    for (name, check) in difference.live.checks
    where target.checks[name] == nil && kept.contains(where: check.expression.mentions) {
      target.checks[name] = check
    }
    for (name, key) in difference.live.foreignKeys
    where target.foreignKeys[name] == nil && kept.contains(where: key.columns.contains) {
      target.foreignKeys[name] = key
    }
    for (name, index) in difference.live.indexes
    where target.indexes[name] == nil && !index.isConstraint
      && (!index.isUnique || kept.contains(where: index.mentions))
    {
      target.indexes[name] = index
    }
    return target
  }
}

extension Migration.Step {
  static func dropIndex(_ name: String, _ index: Catalog.Index, sql: [String], isReplaced: Bool) -> Migration.Step {
    .init(
      "drop-index:\(name)", "drop index \(name)", sql: sql, lock: .file, isAdditive: index.isUnique || isReplaced,
      isSurplus: !index.isUnique && !isReplaced)
  }
}

extension Difference {
  fileprivate func isReached(by target: Catalog.Table) -> Bool { live == target }

  /// Whether columns that can be added and indexes are all that is missing.
  fileprivate func canBeAltered(to target: Catalog.Table) -> Bool {
    var reached = live
    reached.indexes = target.indexes
    if live.indexes.contains(where: { $0.value.isConstraint && target.indexes[$0.key] != $0.value }) { return false }
    for column in addedColumns {
      let keys = table.foreignKeys.filter { $0.columns == [column.name] }
      guard column.canBeAdded, keys.isEmpty || column.defaultValue == nil else { return false }
      reached.columns[column.name] = target.columns[column.name]
      for check in column.checks { reached.checks[check.name] = target.checks[check.name] }
      for key in keys { reached.foreignKeys[key.name] = target.foreignKeys[key.name] }
    }
    return reached == target
  }
}

extension ColumnDefinition {
  /// lang_altertable.html §4: the default must be a constant, and must not be null when the column must not be.
  fileprivate var canBeAdded: Bool {
    switch defaultValue {
    case .expression: false
    case .value: true
    // Refused for its missing value when there are rows; without rows, the table is simply made anew.
    case nil: isNullable
    }
  }
}

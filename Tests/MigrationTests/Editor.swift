import Storage
import TestSupport

/// Edits a spec at random, as people edit `api.yaml`: from one version that SpecGen takes to another.
struct Editor {
  let base: Spec
  private(set) var spec: Spec
  /// What was done, for people.
  private(set) var log: [String] = []
  private var generator: SplitMix64

  init(_ spec: Spec, using generator: SplitMix64) {
    base = spec
    self.spec = spec
    self.generator = generator
  }

  /// The next version, by one to four edits at once.
  static func next(_ spec: Spec, using generator: inout SplitMix64) -> (spec: Spec, log: [String]) {
    var editor = Editor(spec, using: generator)
    let count = [1, 1, 1, 2, 2, 3, 4].randomElement(using: &editor.generator) ?? 1
    var attempts = 0
    while editor.log.count < count, attempts < 40 {
      attempts += 1
      let before = editor.spec
      let known = editor.log.count
      let edit = edits.randomElement(using: &editor.generator) ?? addTable
      edit(&editor)
      if editor.log.count == known || !editor.spec.isValid || !editor.spec.saysWhatWasRenamed(since: spec) {
        editor.spec = before
        editor.log.removeSubrange(known...)
      }
    }
    editor.setFormerNames()
    generator = editor.generator
    return (editor.spec, editor.log)
  }

  /// A first version.
  static func first(using generator: inout SplitMix64) -> Spec {
    var editor = Editor(Spec(), using: generator)
    for _ in 0..<Int.random(in: 1...3, using: &editor.generator) {
      let before = editor.spec
      addTable(&editor)
      if !editor.spec.isValid { editor.spec = before }
    }
    for _ in 0..<4 {
      let before = editor.spec
      for edit in [addReference, addIndex, addUniqueKey] where editor.generator.chance(40) { edit(&editor) }
      if !editor.spec.isValid { editor.spec = before }
    }
    generator = editor.generator
    return editor.spec
  }

  /// Those that happen more often stand here more often.
  private static let edits: [@Sendable (inout Editor) -> Void] = [
    addTable, dropTable, renameTable, renameTable,
    addColumn, addColumn, dropColumn, renameColumn, renameColumn, renameInTurn, renameAndReuse,
    changeNull, changeNull, changeDefault, changeType, changeType, changeKeyType, changeRule, changeRule,
    changeValues, changeValues, addIndex, changeIndex, dropIndex, addUniqueKey, changePrimaryKey,
    addReference, changeReference, dropReference, reorder,
  ]

  // MARK: Tables

  private static func addTable(_ editor: inout Editor) {
    guard editor.spec.tables.count < 4, let name = editor.freeTableName() else { return }
    let key = Spec.Column(
      id: editor.spec.makeID(), name: "id", type: editor.pick([.uuid, .uuid, .int, .text]), isNullable: false)
    var table = Spec.Table(id: editor.spec.makeID(), name: name, columns: [key], primaryKey: [key.id])
    for _ in 0..<editor.number(1...5) { editor.appendColumn(to: &table, others: []) }
    if editor.generator.chance(30), let second = table.columns.last, !second.isNullable {
      table.primaryKey = [key.id, second.id].shuffled(using: &editor.generator)
    }
    editor.spec.tables.append(table)
    editor.note("add table \(name)")
  }

  private static func dropTable(_ editor: inout Editor) {
    guard editor.spec.tables.count > 1, let index = editor.anyTable() else { return }
    let table = editor.spec.tables.remove(at: index)
    editor.dropReferences { $0.table == table.id }
    editor.note("drop table \(table.name)")
  }

  private static func renameTable(_ editor: inout Editor) {
    guard let index = editor.anyTable(), let name = editor.freeTableName() else { return }
    editor.note("rename table \(editor.spec.tables[index].name) to \(name)")
    editor.spec.tables[index].name = name
  }

  /// The order of columns means nothing.
  private static func reorder(_ editor: inout Editor) {
    guard let index = editor.anyTable() else { return }
    editor.spec.tables[index].columns.shuffle(using: &editor.generator)
    editor.spec.tables.shuffle(using: &editor.generator)
    editor.note("reorder columns and tables")
  }

  // MARK: Columns

  private static func addColumn(_ editor: inout Editor) {
    guard let index = editor.anyTable(), editor.spec.tables[index].columns.count < 9 else { return }
    let others = editor.namesTaken(in: editor.spec.tables[index])
    var table = editor.spec.tables[index]
    editor.appendColumn(to: &table, others: others)
    editor.spec.tables[index] = table
    guard let column = table.columns.last else { return }
    editor.note("add column \(table.name).\(column.name) \(column.type)\(column.isNullable ? "?" : "")")
  }

  private static func dropColumn(_ editor: inout Editor) {
    guard let (index, column) = editor.anyColumn(where: { !$0.primaryKey.contains($1.id) }) else { return }
    editor.spec.tables[index].columns.removeAll { $0.id == column.id }
    editor.spec.tables[index].references.removeAll { $0.columns.contains(column.id) }
    let cuts = editor.generator.chance(50)
    editor.spec.tables[index].indexes = editor.spec.tables[index].indexes.compactMap { old in
      guard old.parts.contains(where: { $0.column == column.id }) else { return old }
      var new = old
      new.parts.removeAll { $0.column == column.id }
      return cuts && !new.parts.isEmpty ? new : nil
    }
    editor.note("drop column \(editor.spec.tables[index].name).\(column.name)")
  }

  private static func renameColumn(_ editor: inout Editor) {
    guard let (index, column) = editor.anyColumn(), let name = editor.freeName(in: editor.spec.tables[index]) else {
      return
    }
    editor.change(column.id, in: index) { $0.name = name }
    editor.note("rename column \(editor.spec.tables[index].name).\(column.name) to \(name)")
  }

  /// a is called b now, and b is called c.
  private static func renameInTurn(_ editor: inout Editor) {
    let base = editor.base
    guard let (index, first) = editor.anyColumn(where: { base.hasColumn($1, of: $0) }) else { return }
    let table = editor.spec.tables[index]
    guard let second = table.columns.first(where: { $0.id != first.id && base.hasColumn($0, of: table) }),
      let name = editor.freeName(in: editor.spec.tables[index])
    else { return }
    editor.change(first.id, in: index) { $0.name = second.name }
    editor.change(second.id, in: index) { $0.name = name }
    editor.note("rename \(editor.spec.tables[index].name).\(first.name) to \(second.name) and that to \(name)")
  }

  /// a is called b now, and there is a new a.
  private static func renameAndReuse(_ editor: inout Editor) {
    let base = editor.base
    guard let (index, column) = editor.anyColumn(where: { base.hasColumn($1, of: $0) }),
      let name = editor.freeName(in: editor.spec.tables[index])
    else { return }
    editor.change(column.id, in: index) { $0.name = name }
    let new = Spec.Column(id: editor.spec.makeID(), name: column.name, type: column.type, isNullable: true)
    editor.spec.tables[index].columns.append(new)
    editor.note("rename column \(editor.spec.tables[index].name).\(column.name) to \(name), and add a new one")
  }

  private static func changeNull(_ editor: inout Editor) {
    guard let (index, column) = editor.anyColumn(where: { !$0.primaryKey.contains($1.id) }) else { return }
    let nulls = editor.spec.tables[index].references.contains {
      $0.columns.contains(column.id) && $0.onDelete == .setNull
    }
    if nulls && column.isNullable { return }
    let value = editor.generator.chance(50) ? editor.value(for: column) : column.defaultValue
    editor.change(column.id, in: index) {
      $0.isNullable.toggle()
      if !$0.isNullable { $0.defaultValue = value }
    }
    editor.note(
      "make \(editor.spec.tables[index].name).\(column.name) \(column.isNullable ? "required" : "optional")"
        + (column.isNullable && value != nil ? " with a default" : ""))
  }

  private static func changeDefault(_ editor: inout Editor) {
    guard let (index, column) = editor.anyColumn(where: { !$0.isUsed($1.id) }) else { return }
    let value = column.defaultValue != nil && editor.generator.chance(40) ? nil : editor.value(for: column)
    editor.change(column.id, in: index) { $0.defaultValue = value }
    editor.note("change the default of \(editor.spec.tables[index].name).\(column.name)")
  }

  private static func changeType(_ editor: inout Editor) {
    let base = editor.base
    guard
      let (index, column) = editor.anyColumn(where: { table, column in
        !column.type.successors.isEmpty && base.hasType(of: column, in: table) && !table.primaryKey.contains(column.id)
          && !table.references.contains { $0.columns.contains(column.id) }
      })
    else { return }
    let type = editor.pick(column.type.successors)
    editor.setType(type, of: column, in: index)
    editor.note("make \(editor.spec.tables[index].name).\(column.name) \(type), it was \(column.type)")
  }

  /// The type of a primary key's column and of everything that refers to it.
  private static func changeKeyType(_ editor: inout Editor) {
    let base = editor.base
    guard
      let (index, column) = editor.anyColumn(where: {
        $0.primaryKey == [$1.id] && !$1.type.successors.isEmpty && base.hasType(of: $1, in: $0)
      })
    else { return }
    let table = editor.spec.tables[index]
    let type = editor.pick(column.type.successors)
    for other in editor.spec.tables.indices {
      for reference in editor.spec.tables[other].references where reference.table == table.id {
        for id in reference.columns {
          // A key that refers to a key: too much for one edit.
          guard let far = editor.spec.tables[other].column(id), base.hasType(of: far, in: editor.spec.tables[other]),
            !editor.spec.tables[other].primaryKey.contains(id),
            editor.spec.tables[other].references.count(where: { $0.columns.contains(id) }) == 1
          else { return }
          editor.setType(type, of: far, in: other)
        }
      }
    }
    if table.references.contains(where: { $0.columns.contains(column.id) }) { return }
    editor.setType(type, of: column, in: index)
    editor.note("make the key \(table.name).\(column.name) \(type), it was \(column.type)")
  }

  // MARK: Checks

  private static func changeRule(_ editor: inout Editor) {
    guard let (index, column) = editor.anyColumn(where: { [.text, .int, .double].contains($1.type) }) else { return }
    let rule =
      column.rule != nil && editor.generator.chance(30) ? nil : Rule.random(for: column.type, using: &editor.generator)
    guard rule != column.rule else { return }
    editor.setRule(rule, of: column, in: index)
    editor.note("check \(editor.spec.tables[index].name).\(column.name): \(rule.map { "\($0)" } ?? "nothing")")
  }

  /// Adds, removes or renames values of an enum.
  private static func changeValues(_ editor: inout Editor) {
    let base = editor.base
    guard
      let (index, column) = editor.anyColumn(where: {
        $1.rule?.list != nil && base.table($0.id)?.column($1.id)?.rule == $1.rule
      }), var values = column.rule?.list, let value = values.randomElement(using: &editor.generator)
    else { return }
    let name = "\(editor.spec.tables[index].name).\(column.name)"
    let free = Rule.words.filter { !values.contains($0) && column.renamedValues[$0] == nil }
    switch editor.number(0...3) {
    case 0:
      guard let new = free.randomElement(using: &editor.generator) else { return }
      values.append(new)
      editor.setRule(.values(values), of: column, in: index)
      editor.note("add '\(new)' to the values of \(name)")
    case 1:
      guard values.count > 1 else { return }
      values.removeAll { $0 == value }
      editor.setRule(.values(values), of: column, in: index)
      editor.note("remove '\(value)' from the values of \(name)")
    default:
      // Sometimes in turn: a becomes b, and b becomes c.
      guard let new = free.randomElement(using: &editor.generator) else { return }
      var renamed = [value: new]
      if values.count > 1, editor.generator.chance(40), let other = values.first(where: { $0 != value }) {
        renamed[other] = value
      }
      values = values.map { renamed[$0] ?? $0 }
      let old = column.defaultValue
      editor.setRule(.values(values), of: column, in: index)
      editor.change(column.id, in: index) {
        $0.renamedValues = renamed
        if case .text(let text)? = old { $0.defaultValue = .text(renamed[text] ?? text) }
      }
      editor.note("rename values of \(name): \(renamed)")
    }
  }

  // MARK: Indexes and keys

  private static func addIndex(_ editor: inout Editor) {
    guard let index = editor.anyTable() else { return }
    let table = editor.spec.tables[index]
    let parts = editor.parts(of: table, isUnique: false)
    editor.spec.tables[index].indexes.append(.init(name: editor.pick(["by_date", "by_owner", "latest"]), parts: parts))
    editor.note("add an index to \(table.name)")
  }

  private static func addUniqueKey(_ editor: inout Editor) {
    guard let index = editor.anyTable() else { return }
    let table = editor.spec.tables[index]
    editor.spec.tables[index].indexes.append(.init(name: nil, parts: editor.parts(of: table, isUnique: true)))
    editor.note("add a unique key to \(table.name)")
  }

  private static func changeIndex(_ editor: inout Editor) {
    guard let index = editor.anyTable(),
      let place = editor.spec.tables[index].indexes.indices.randomElement(using: &editor.generator)
    else { return }
    let table = editor.spec.tables[index]
    let old = table.indexes[place]
    if old.isUnique {
      // The same columns and so the same name, but case counts or does not.
      let isText = Set(table.columns.filter { $0.type == .text }.map(\.id))
      let toggled = old.parts.map { part in
        var part = part
        part.ignoresCase = isText.contains(part.column) && !part.ignoresCase
        return part
      }
      editor.spec.tables[index].indexes[place].parts = toggled
    } else {
      editor.spec.tables[index].indexes[place].parts = editor.parts(of: table, isUnique: false)
    }
    editor.note("change the index \(table.name(of: old))")
  }

  private static func dropIndex(_ editor: inout Editor) {
    guard let index = editor.anyTable(),
      let place = editor.spec.tables[index].indexes.indices.randomElement(using: &editor.generator)
    else { return }
    let table = editor.spec.tables[index]
    editor.note("drop the index \(table.name(of: table.indexes[place]))")
    editor.spec.tables[index].indexes.remove(at: place)
  }

  private static func changePrimaryKey(_ editor: inout Editor) {
    guard let index = editor.anyTable() else { return }
    let table = editor.spec.tables[index]
    let required = table.columns.filter { !$0.isNullable && $0.type != .json }.map(\.id)
    let key = Array(required.shuffled(using: &editor.generator).prefix(editor.number(1...2)))
    guard key != table.primaryKey, !key.isEmpty else { return }
    // What refers to the table names as many columns as its key has.
    editor.dropReferences { $0.table == table.id }
    editor.spec.tables[index].primaryKey = key
    editor.note("make \(table.names(key)) the primary key of \(table.name)")
  }

  // MARK: References

  private static func addReference(_ editor: inout Editor) {
    guard let index = editor.anyTable(), let other = editor.anyTable() else { return }
    let table = editor.spec.tables[index]
    let target = editor.spec.tables[other]
    var columns: [Int] = []
    for id in target.primaryKey {
      guard let key = target.column(id) else { return }
      let fitting = table.columns.filter { $0.type == key.type && !columns.contains($0.id) && $0.id != id }
      if let existing = fitting.randomElement(using: &editor.generator), editor.generator.chance(60) {
        columns.append(existing.id)
      } else {
        guard let name = editor.freeName(in: editor.spec.tables[index]) else { return }
        let new = Spec.Column(
          id: editor.spec.makeID(), name: name, type: key.type, isNullable: editor.generator.chance(80))
        editor.spec.tables[index].columns.append(new)
        columns.append(new.id)
      }
    }
    let nullable = columns.allSatisfy { editor.spec.tables[index].column($0)?.isNullable == true }
    let reference = Spec.Reference(
      columns: columns, table: target.id,
      onDelete: editor.pick(nullable ? [.cascade, .setNull, .restrict] : [.cascade, .restrict]))
    guard !table.references.contains(where: { $0.columns == columns }) else { return }
    editor.spec.tables[index].references.append(reference)
    editor.note("\(table.name)\(editor.spec.tables[index].names(columns)) refers to \(target.name)")
  }

  private static func changeReference(_ editor: inout Editor) {
    guard let index = editor.anyTable(),
      let place = editor.spec.tables[index].references.indices.randomElement(using: &editor.generator)
    else { return }
    let table = editor.spec.tables[index]
    let old = table.references[place]
    let nullable = old.columns.allSatisfy { table.column($0)?.isNullable == true }
    let others = (nullable ? [ForeignKey.Action.cascade, .setNull, .restrict] : [.cascade, .restrict]).filter {
      $0 != old.onDelete
    }
    editor.spec.tables[index].references[place].onDelete = editor.pick(others)
    editor.note("change what \(table.name(of: old)) does on delete")
  }

  private static func dropReference(_ editor: inout Editor) {
    guard let index = editor.anyTable(),
      let place = editor.spec.tables[index].references.indices.randomElement(using: &editor.generator)
    else { return }
    let old = editor.spec.tables[index].references.remove(at: place)
    editor.note("drop the reference \(editor.spec.tables[index].name(of: old))")
  }
}

// MARK: - Pieces

extension Editor {
  private mutating func note(_ text: String) { log.append(text) }
  private mutating func pick<Value>(_ values: [Value]) -> Value { values[number(0...values.count - 1)] }
  private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
  private mutating func anyTable() -> Int? { spec.tables.indices.randomElement(using: &generator) }

  private mutating func anyColumn(
    where isWanted: (Spec.Table, Spec.Column) -> Bool = { _, _ in true }
  ) -> (table: Int, column: Spec.Column)? {
    spec.tables.indices.flatMap { index in
      spec.tables[index].columns.filter { isWanted(spec.tables[index], $0) }.map { (index, $0) }
    }.randomElement(using: &generator)
  }

  private mutating func change(_ column: Int, in table: Int, _ body: (inout Spec.Column) -> Void) {
    guard let place = spec.tables[table].columns.firstIndex(where: { $0.id == column }) else { return }
    body(&spec.tables[table].columns[place])
  }

  private mutating func freeTableName() -> String? {
    let taken = Set((base.tables + spec.tables).map(\.name))
    return Self.tableNames.filter { !taken.contains($0) }.randomElement(using: &generator)
  }

  private func namesTaken(in table: Spec.Table) -> Set<String> {
    Set(((base.table(table.id)?.columns ?? []) + table.columns).map(\.name))
  }

  private mutating func freeName(in table: Spec.Table) -> String? {
    let taken = namesTaken(in: table)
    return Self.columnNames.filter { !taken.contains($0) }.randomElement(using: &generator)
  }

  private mutating func appendColumn(to table: inout Spec.Table, others: Set<String>) {
    let taken = others.union(table.columns.map(\.name))
    guard let name = Self.columnNames.filter({ !taken.contains($0) }).randomElement(using: &generator) else { return }
    let type = pick(ColumnType.allCases + [.text, .text, .int])
    var column = Spec.Column(id: spec.makeID(), name: name, type: type, isNullable: generator.chance(50))
    if generator.chance(50) { column.rule = Rule.random(for: type, using: &generator) }
    if generator.chance(40) { column.defaultValue = value(for: column) }
    table.columns.append(column)
  }

  private mutating func value(for column: Spec.Column) -> SQLValue? {
    SQLValue.random(for: column, using: &generator)
  }

  private mutating func setType(_ type: ColumnType, of column: Spec.Column, in table: Int) {
    let keepsDefault = column.defaultValue.flatMap { $0.converted(to: type, on: .postgres).value }
    change(column.id, in: table) {
      $0.type = type
      $0.rule = nil
      $0.renamedValues = [:]
      $0.defaultValue = keepsDefault
    }
    if type != .text {
      for index in spec.tables[table].indexes.indices {
        for part in spec.tables[table].indexes[index].parts.indices
        where spec.tables[table].indexes[index].parts[part].column == column.id {
          spec.tables[table].indexes[index].parts[part].ignoresCase = false
        }
      }
    }
  }

  private mutating func setRule(_ rule: Rule?, of column: Spec.Column, in table: Int) {
    var new = column
    new.rule = rule
    let value = column.defaultValue != nil ? value(for: new) : nil
    change(column.id, in: table) {
      $0.rule = rule
      $0.renamedValues = [:]
      $0.defaultValue = value
    }
  }

  private mutating func dropReferences(where isUnwanted: (Spec.Reference) -> Bool) {
    for index in spec.tables.indices { spec.tables[index].references.removeAll(where: isUnwanted) }
  }

  private mutating func parts(of table: Spec.Table, isUnique: Bool) -> [Spec.Index.Part] {
    var columns = Array(table.columns.shuffled(using: &generator).prefix(number(1...3)))
    if columns.isEmpty { columns = [table.columns[0]] }
    let ignoresCase = generator.chance(40)
    return columns.map { column in
      Spec.Index.Part(
        column: column.id, isDescending: !isUnique && generator.chance(40),
        ignoresCase: isUnique && ignoresCase && column.type == .text)
    }
  }

  /// `x-renamed-from` for what is called otherwise now; older ones stay for a while, unless the old name is there again:
  /// SpecGen does not take that.
  private mutating func setFormerNames() {
    for table in spec.tables.indices {
      let old = base.table(spec.tables[table].id)
      if let old, old.name != spec.tables[table].name {
        spec.tables[table].formerName = old.name
      } else if generator.chance(30)
        || (base.tables + spec.tables).contains(where: { $0.name == spec.tables[table].formerName })
      {
        spec.tables[table].formerName = nil
      }
      for column in spec.tables[table].columns.indices {
        let now = spec.tables[table].columns[column]
        if let before = old?.column(now.id), before.name != now.name {
          spec.tables[table].columns[column].formerName = before.name
        } else if generator.chance(30) || namesTaken(in: spec.tables[table]).contains(now.formerName ?? "") {
          spec.tables[table].columns[column].formerName = nil
        }
        if now.renamedValues == old?.column(now.id)?.renamedValues, generator.chance(30) {
          spec.tables[table].columns[column].renamedValues = [:]
        }
      }
    }
  }

  private static let tableNames = ["users", "messages", "order", "group", "notes", "tags", "values", "audit_log"]
  private static let columnNames = [
    "name", "title", "select", "role", "count", "user_id", "parent_id", "default", "check", "data", "is_on", "key",
    "order", "a", "b",
  ]
}

extension Rule {
  var list: [String]? {
    guard case .values(let values) = self else { return nil }
    return values
  }
}

extension Spec {
  /// Whether the table has the column, under the same name.
  func hasColumn(_ column: Column, of table: Table) -> Bool {
    self.table(table.id)?.column(column.id)?.name == column.name
  }

  /// Whether the column has kept its type, or is new.
  func hasType(of column: Column, in table: Table) -> Bool {
    self.table(table.id)?.column(column.id).map { $0.type == column.type } ?? true
  }

  /// Whether no column has the name of one that goes at the same time: `x-renamed-from` cannot tell that from one that
  /// has had its name for long.
  func saysWhatWasRenamed(since old: Spec) -> Bool {
    tables.allSatisfy { table in
      guard let before = old.table(table.id) else { return true }
      let gone = Set(before.columns.filter { table.column($0.id) == nil }.map(\.name))
      return table.columns.allSatisfy { before.column($0.id) == nil || !gone.contains($0.name) }
    }
  }

  /// Whether SpecGen would take it.
  var isValid: Bool {
    var names: [String] = tables.map(\.name)
    for table in tables {
      names += table.indexes.map(table.name(of:)) + ["\(table.name)_pkey"]
      if Set(table.columns.map(\.name)).count < table.columns.count { return false }
      if table.primaryKey.contains(where: { table.column($0)?.isNullable != false }) { return false }
      if Set(table.references.map(\.columns)).count < table.references.count { return false }
      for index in table.indexes {
        if Set(index.parts.map(\.column)).count < index.parts.count || index.parts.isEmpty { return false }
        if index.parts.contains(where: { table.column($0.column) == nil }) { return false }
      }
      let keys = table.indexes.filter(\.isUnique).map { $0.parts.map(\.column) }
      if Set(keys).count < keys.count { return false }
      for column in table.columns {
        if let value = column.defaultValue, value.type != column.type || column.rule?.allows(value) == false {
          return false
        }
      }
      for reference in table.references {
        guard let target = self.table(reference.table), target.primaryKey.count == reference.columns.count else {
          return false
        }
        for (own, other) in zip(reference.columns, target.primaryKey) {
          guard let own = table.column(own), own.type == target.column(other)?.type else { return false }
          if reference.onDelete == .setNull && !own.isNullable { return false }
        }
      }
    }
    return Set(names).count == names.count && names.allSatisfy { $0.utf8.count <= 63 } && !tables.isEmpty
  }
}

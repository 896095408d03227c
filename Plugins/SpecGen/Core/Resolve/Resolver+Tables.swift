extension Resolver {
  mutating func tables() -> [ResolvedTable] {
    var names = NameScope("the tables")
    let columns = document.tables.map { self.columns(of: $0) }
    let all = Dictionary(
      zip(document.tables.map(\.name.value), columns), uniquingKeysWith: { first, _ in first })
    var indexNames: [String: Place] = [:]
    return zip(document.tables, columns).map { (table, columns) -> ResolvedTable in
      checkSQLName(table.name, "a table")
      let typeName = SwiftName.upperCamel(table.name.value) ?? "Table"
      names.take(typeName, for: table.name, &diagnostics)
      for suffix in ["Row", "Table", "Changes"] {
        typeNames.take(typeName + suffix, for: "the table \"\(table.name.value)\"", at: table.name.place, &diagnostics)
      }
      checkNames(of: table, columns)
      checkSearch(of: table, columns)
      return ResolvedTable(
        source: table, typeName: typeName,
        schema: table.schema.flatMap { schemaIndex[$0.value] == nil ? nil : $0.value }, columns: columns,
        primaryKey: primaryKey(of: table, columns), uniqueKeys: uniqueKeys(of: table, columns, &indexNames),
        indexes: indexes(of: table, columns, &indexNames), references: references(of: table, columns, all))
    }
  }

  // MARK: Columns

  private mutating func columns(of table: OpenAPI.Table) -> [ResolvedColumn] {
    var names = NameScope("the columns of \"\(table.name.value)\"", reserved: ["hashValue", "self"])
    var columns = publicColumns(of: table)
    for column in columns { names.know(column.swiftName, for: column.name) }
    let stem = SwiftName.upperCamel(table.name.value) ?? ""
    for column in table.columns {
      if let same = columns.first(where: { $0.name.value == column.name.value }) {
        diagnostics.error(
          .nameClash, at: column.name.place,
          "\"\(column.name.value)\" is already a column, for it is a property of the schema \"\(table.schema?.value ?? "")\"; remove it here or rename it",
          notes: [.init(place: same.name.place, message: "the property is here")])
        continue
      }
      let swiftName = names.lowerCamel(column.name, &diagnostics)
      let typeName = stem + (SwiftName.upperCamel(column.name.value) ?? "")
      guard let schema = schema(column.value, as: typeName) else { continue }
      if let value = schema.defaultValue { check(value, is: schema, .invalidDefault) }
      columns.append(
        .init(name: column.name, swiftName: swiftName, schema: schema, isNullable: isNullable(schema), isPublic: false))
    }
    for column in columns {
      checkSQLName(column.name, "a column")
      checkDefault(ofColumn: column)
    }
    if table.schema == nil && table.columns.isEmpty {
      diagnostics.error(
        .tableKey, at: table.name.place,
        "the table \"\(table.name.value)\" has no columns; give it a \"schema\" or \"columns\"")
    }
    return columns
  }

  /// The properties of the table's schema, those left out that are computed.
  private mutating func publicColumns(of table: OpenAPI.Table) -> [ResolvedColumn] {
    guard let name = table.schema else {
      if let first = table.omitted.first {
        diagnostics.error(
          .unknownColumn, at: first.place, "\"omit\" is for properties of a schema, and this table has none; remove it")
      }
      return []
    }
    let known = document.components.schemas.map(\.name.value)
    guard known.contains(name.value) else {
      if isWritten("#/components/schemas/\(name.value.asPointerToken)") { return [] }
      diagnostics.error(
        .unknownSchema, at: name.place,
        "there is no \"\(name.value)\" in \"#/components/schemas\""
          + Suggestion.text(
            for: name.value, among: known, else: "; write the name of a schema, without \"#/components/schemas/\""))
      return []
    }
    // One that did not resolve has an error of its own.
    guard let declaration = schemas.first(where: { $0.name.value == name.value }) else { return [] }
    // So has a chain of references that does not end.
    guard let target = target(of: declaration.schema) else { return [] }
    guard case .object(let object) = target.kind else {
      diagnostics.error(
        .unknownSchema, at: name.place,
        "\"\(name.value)\" is no object with properties, so it gives a table no columns; name another schema")
      return []
    }
    if object.otherMembers != nil {
      diagnostics.error(
        .unknownSchema, at: name.place,
        "\"\(name.value)\" has members that \"additionalProperties\" allows, for which a table has no column; name another schema"
      )
    }
    let properties = object.properties
    for omitted in table.omitted where !properties.contains(where: { $0.name.value == omitted.value }) {
      diagnostics.error(
        .unknownColumn, at: omitted.place,
        "\"\(name.value)\" has no property \"\(omitted.value)\""
          + Suggestion.text(for: omitted.value, among: properties.map(\.name.value), else: "; remove it from \"omit\""))
    }
    return properties.filter { property in !table.omitted.contains { $0.value == property.name.value } }.map {
      ResolvedColumn(
        name: $0.name, swiftName: $0.swiftName, schema: $0.schema,
        isNullable: !$0.isRequired || isNullable($0.schema), isPublic: true)
    }
  }

  /// A name that needs no quotes in SQL and fits PostgreSQL's 63 bytes.
  mutating func checkSQLName(_ name: Located<String>, _ what: String) {
    let bytes = Array(name.value.utf8)
    let isPlain =
      bytes.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
      && bytes.first.map { !(0x30...0x39).contains($0) } ?? false
    if !isPlain || bytes.count > 63 {
      diagnostics.error(
        .invalidName, at: name.place,
        "the name of \(what) is at most 63 small letters, digits and \"_\", and begins with a letter; rename \"\(name.value)\""
      )
    }
  }

  /// Whether the document has the column, right or wrong: a property or column whose schema is wrong has an error of
  /// its own.
  private func isWrittenColumn(_ name: String, of table: OpenAPI.Table) -> Bool {
    let token = name.asPointerToken
    if isWritten("\(table.pointer)/columns/\(token)") { return true }
    guard let schema = table.schema?.value, !table.omitted.contains(where: { $0.value == name }) else { return false }
    return isWritten("#/components/schemas/\(schema.asPointerToken)/properties/\(token)")
  }

  /// The columns of this table that are named; unknown ones are errors.
  mutating func known(
    _ names: [Located<String>], _ table: OpenAPI.Table, _ columns: [ResolvedColumn], in what: String
  ) -> [ResolvedColumn] {
    var seen: Set<String> = []
    return names.compactMap { name in
      guard let column = columns.first(where: { $0.name.value == name.value }) else {
        // A column whose schema is wrong has an error of its own.
        if table.columns.contains(where: { $0.name.value == name.value }) { return nil }
        if table.schema != nil && !columns.contains(where: \.isPublic) { return nil }
        if isWrittenColumn(name.value, of: table) { return nil }
        diagnostics.error(
          .unknownColumn, at: name.place,
          "the table \"\(table.name.value)\" has no column \"\(name.value)\""
            + Suggestion.text(
              for: name.value, among: columns.map(\.name.value), else: "; correct the name or add the column"))
        return nil
      }
      if !seen.insert(name.value).inserted {
        diagnostics.error(.tableKey, at: name.place, "\"\(name.value)\" is already in \(what); remove it")
        return nil
      }
      return column
    }
  }

  // MARK: Keys

  private mutating func primaryKey(of table: OpenAPI.Table, _ columns: [ResolvedColumn]) -> [String] {
    if table.primaryKey.isEmpty {
      diagnostics.error(
        .tableKey, at: table.name.place, "the table \"\(table.name.value)\" needs at least one column as \"primaryKey\""
      )
    }
    let key = known(table.primaryKey, table, columns, in: "the primary key")
    for column in key where column.isNullable {
      let place = table.primaryKey.first { $0.value == column.name.value }?.place ?? table.name.place
      diagnostics.error(
        .tableKey, at: place,
        "\"\(column.name.value)\" may be null, but a primary key never is; make it required and not null")
    }
    return key.map(\.name.value)
  }

  private mutating func uniqueKeys(
    of table: OpenAPI.Table, _ columns: [ResolvedColumn], _ names: inout [String: Place]
  ) -> [UniqueKey] {
    table.uniqueKeys.map { key in
      if key.columns.isEmpty {
        diagnostics.error(.tableKey, at: key.place, "a unique key needs at least one column")
      }
      let found = known(key.columns, table, columns, in: "this key")
      for column in found where key.ignoresCase {
        guard let target = target(of: column.schema), !Self.isString(target) else { continue }
        let place = key.columns.first { $0.value == column.name.value }?.place ?? key.place
        diagnostics.error(
          .columnType, at: place,
          "\"ignoreCase\" is for text, and \"\(column.name.value)\" is not; remove \"ignoreCase\" or the column")
      }
      let name =
        key.name
        ?? Located(([table.name.value] + key.columns.map(\.value) + ["key"]).joined(separator: "_"), at: key.place)
      checkIndexName(name, &names)
      return UniqueKey(name: name.value, columns: found.map(\.name.value), ignoresCase: key.ignoresCase)
    }
  }

  private mutating func checkIndexName(_ name: Located<String>, _ names: inout [String: Place]) {
    checkSQLName(name, "a key or an index")
    if let first = names[name.value] {
      diagnostics.error(
        .nameClash, at: name.place,
        "another key or index has the name \"\(name.value)\"; give this one another \"name\"",
        notes: [.init(place: first, message: "the other one is here")])
    } else {
      names[name.value] = name.place
    }
  }

  private static func isString(_ schema: ResolvedSchema) -> Bool {
    switch schema.kind {
    case .string, .enumeration, .constant: true
    default: false
    }
  }

  private mutating func indexes(
    of table: OpenAPI.Table, _ columns: [ResolvedColumn], _ names: inout [String: Place]
  ) -> [Index] {
    var functions = NameScope("the indexes of \"\(table.name.value)\"")
    return table.indexes.map { index in
      let swiftName = functions.lowerCamel(index.name, &diagnostics)
      if ["insert", "find", "update", "delete", "search"].contains(swiftName) {
        diagnostics.error(
          .nameClash, at: index.name.place,
          "a table has a function \"\(swiftName)\", so its index cannot be named like it; choose another name")
      }
      checkIndexName(Located("\(table.name.value)_\(index.name.value)", at: index.name.place), &names)
      let order = index.order.map { entry in
        let isDescending = entry.value.hasPrefix("-")
        return (
          column: Located(String(entry.value.dropFirst(isDescending ? 1 : 0)), at: entry.place),
          isDescending: isDescending
        )
      }
      let all = known(index.by + order.map(\.column), table, columns, in: "this index")
      if all.count == index.by.count + order.count {
        let what = Located("the index \"\(index.name.value)\"", at: index.name.place)
        checkPage(what, order.map(\.column), all, of: table, columns)
      }
      return Index(
        name: index.name.value, swiftName: swiftName, by: index.by.map(\.value),
        order: order.map { .init(column: $0.column.value, isDescending: $0.isDescending) })
    }
  }

  /// A keyset page needs an order in which no two rows are equal and nothing is null.
  mutating func checkPage(
    _ what: Located<String>, _ order: [Located<String>], _ all: [ResolvedColumn], of table: OpenAPI.Table,
    _ columns: [ResolvedColumn]
  ) {
    for name in order where columns.contains(where: { $0.name.value == name.value && $0.isNullable }) {
      diagnostics.error(
        .tableKey, at: name.place,
        "\"\(name.value)\" may be null, and a page cannot go on after null; sort by columns that are required and not null"
      )
    }
    let names = Set(all.map(\.name.value))
    let keys = [table.primaryKey.map(\.value)] + table.uniqueKeys.map { $0.columns.map(\.value) }
    if keys.contains(where: { !$0.isEmpty && names.isSuperset(of: $0) }) { return }
    let missing = table.primaryKey.map(\.value).filter { !names.contains($0) }
    if missing.isEmpty { return }
    diagnostics.error(
      .tableKey, at: what.place,
      "\(what.value) does not give every row a place of its own, so a page would lose rows; add \(missing.map { "\"\($0)\"" }.joined(separator: ", ")) to its \"order\""
    )
  }

  // MARK: References

  private mutating func references(
    of table: OpenAPI.Table, _ columns: [ResolvedColumn], _ all: [String: [ResolvedColumn]]
  ) -> [Reference] {
    table.references.compactMap { reference in
      let own = known(reference.columns, table, columns, in: "this reference")
      let tables = document.tables.map(\.name.value)
      guard let other = document.tables.first(where: { $0.name.value == reference.table.value }) else {
        diagnostics.error(
          .unknownTable, at: reference.table.place,
          "there is no table \"\(reference.table.value)\""
            + Suggestion.text(
              for: reference.table.value, among: tables, else: "; add it to \"x-tables\" or correct the name"))
        return nil
      }
      let key = other.primaryKey.map(\.value)
      if reference.columns.count != key.count {
        diagnostics.error(
          .tableKey, at: reference.columns.first?.place ?? reference.table.place,
          "a reference to \"\(other.name.value)\" names one column for each of its primary key (\(key.joined(separator: ", "))); it names \(reference.columns.count)"
        )
        return nil
      }
      if own.count == key.count { checkTypes(reference, own, key, of: other, all[other.name.value] ?? []) }
      if reference.onDelete == .setNull, let column = own.first(where: { !$0.isNullable }) {
        let place = reference.columns.first { $0.value == column.name.value }?.place ?? reference.table.place
        diagnostics.error(
          .tableKey, at: place,
          "\"onDelete: set-null\" writes null into \"\(column.name.value)\", which may not be null; let it be null or choose cascade or restrict"
        )
      }
      return Reference(
        columns: reference.columns.map(\.value), table: other.name.value, referencedColumns: key,
        onDelete: reference.onDelete)
    }
  }

  private mutating func checkTypes(
    _ reference: OpenAPI.Table.Reference, _ own: [ResolvedColumn], _ key: [String], of other: OpenAPI.Table,
    _ others: [ResolvedColumn]
  ) {
    for (index, column) in own.enumerated() {
      guard let theirs = others.first(where: { $0.name.value == key[index] }).flatMap({ target(of: $0.schema) }),
        let ours = target(of: column.schema), Self.typeWord(ours) != Self.typeWord(theirs)
      else { continue }
      diagnostics.error(
        .columnType, at: reference.columns[index].place,
        "\"\(column.name.value)\" is \(Self.typeWord(ours)), but \"\(key[index])\" of \"\(other.name.value)\" is \(Self.typeWord(theirs)); give both the same type"
      )
    }
  }

  static func typeWord(_ schema: ResolvedSchema) -> String {
    switch schema.kind {
    case .string, .enumeration, .constant: "a string"
    case .integer: "an integer"
    case .number: "a number"
    case .boolean: "a boolean"
    case .uuid: "a UUID"
    case .timestamp: "a date and time"
    case .bytes: "bytes"
    case .date: "a date"
    case .literal(let values):
      switch LiteralType(values) {
      case .integer: "an integer"
      case .number: "a number"
      case .boolean: "a boolean"
      case .any: "JSON"
      }
    default: "JSON"
    }
  }
}

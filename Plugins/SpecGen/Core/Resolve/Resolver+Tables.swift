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
}

import Storage

/// The tests' own SQL: what a database really holds, and how rows come into it.
enum LiveRows {
  /// Every row of the tables, by the names and types of the spec.
  static func read(_ spec: Spec, from database: any Database) async throws -> Content {
    var content: Content = [:]
    for table in spec.tables {
      let columns = table.columns
      let sql = "SELECT \(columns.map { quoted($0.name) }.joined(separator: ", ")) FROM \(quoted(table.name))"
      let statement = Statement(name: "test.rows", postgres: sql, sqlite: sql, effect: .read)
      content[table.id] = try await database.run(
        Query<[Row]>.all(statement) { row throws(StorageError) -> Row in
          var values: Row = [:]
          for (index, column) in columns.enumerated() { values[column.id] = try row.value(index, column.type) }
          return values
        })
    }
    return content
  }

  static func insert(_ rows: [Row], into table: Spec.Table, of database: any Database) async throws {
    if rows.isEmpty { return }
    let columns = table.columns
    let names = columns.map { quoted($0.name) }.joined(separator: ", ")
    let statement = Statement(
      name: "test.insert",
      postgres: "INSERT INTO \(quoted(table.name)) (\(names)) VALUES (\(list(columns.indices) { "$\($0 + 1)" }))",
      sqlite: "INSERT INTO \(quoted(table.name)) (\(names)) VALUES (\(list(columns.indices) { "?\($0 + 1)" }))",
      parameters: columns.map(\.type), effect: .write)
    _ = try await database.run(rows.map { row in Query<Void>(statement, columns.map { row[$0.id] ?? .null }) })
  }

  private static func list(_ indices: Range<Int>, _ text: (Int) -> String) -> String {
    indices.map(text).joined(separator: ", ")
  }
}

func quoted(_ name: String) -> String { "\"\(name)\"" }

extension Rows {
  func value(_ index: Int, _ type: ColumnType) throws(StorageError) -> SQLValue {
    if try isNull(index) { return .null }
    return switch type {
    case .bool: .bool(try bool(index))
    case .int: .int(Int64(try int(index)))
    case .double: .double(try double(index))
    case .text: .text(try text(index))
    case .uuid: .uuid(try uuid(index))
    case .timestamp: .timestamp(try timestamp(index))
    case .date: .date(try date(index))
    case .json: .json(try json(index))
    case .bytes: .bytes(try bytes(index))
    }
  }
}

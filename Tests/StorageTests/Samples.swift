import FoundationEssentials
import Storage
import Values

/// A table with a column of every type, and one with keys and constraints.
enum Samples {
  static let tables = [values, people, pets]

  static let values = TableDefinition(
    name: "values",
    columns: [
      ColumnDefinition(name: "id", type: .int),
      ColumnDefinition(name: "bool", type: .bool, isNullable: true),
      ColumnDefinition(name: "int", type: .int, isNullable: true),
      ColumnDefinition(name: "double", type: .double, isNullable: true),
      ColumnDefinition(name: "text", type: .text, isNullable: true),
      ColumnDefinition(name: "uuid", type: .uuid, isNullable: true),
      ColumnDefinition(name: "timestamp", type: .timestamp, isNullable: true),
      ColumnDefinition(name: "date", type: .date, isNullable: true),
      ColumnDefinition(name: "json", type: .json, isNullable: true),
      ColumnDefinition(name: "bytes", type: .bytes, isNullable: true),
    ], primaryKey: ["id"])

  static let people = TableDefinition(
    name: "people",
    columns: [
      ColumnDefinition(name: "id", type: .uuid),
      ColumnDefinition(
        name: "name", type: .text, checks: [CheckDefinition(name: "people_name_length", "length(\"name\") <= 5")]),
      ColumnDefinition(name: "email", type: .text, isNullable: true),
      ColumnDefinition(name: "age", type: .int, defaultValue: .value(.int(18))),
    ],
    primaryKey: ["id"],
    indexes: [
      IndexDefinition(
        name: "people_name_key", columns: [IndexColumn("name", isCaseInsensitive: true)], isUnique: true),
      IndexDefinition(name: "people_email_key", columns: [IndexColumn("email")], isUnique: true),
      IndexDefinition(name: "people_age", columns: [IndexColumn("age", isDescending: true), IndexColumn("id")]),
    ])

  static let pets = TableDefinition(
    name: "pets",
    columns: [
      ColumnDefinition(name: "id", type: .uuid),
      ColumnDefinition(name: "person_id", type: .uuid),
    ],
    primaryKey: ["id"],
    foreignKeys: [
      ForeignKey(
        name: "pets_person_id_fkey", columns: ["person_id"], referencedTable: "people", referencedColumns: ["id"],
        onDelete: .cascade)
    ])

  // MARK: values

  static let insertValues = Statement(
    number: 1, name: "values.insert",
    postgres: "INSERT INTO \"values\" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    sqlite: "INSERT INTO \"values\" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    parameters: [.int, .bool, .int, .double, .text, .uuid, .timestamp, .date, .json, .bytes], effect: .write)

  static let findValues = Statement(
    number: 2, name: "values.find",
    postgres: """
      SELECT "bool", "int", "double", "text", "uuid", "timestamp", "date", "json", "bytes" FROM "values" WHERE id = $1
      """,
    sqlite: """
      SELECT "bool", "int", "double", "text", "uuid", "timestamp", "date", "json", "bytes" FROM "values" WHERE id = ?1
      """,
    parameters: [.int], effect: .read)

  /// A row that holds `value` in the column of its type and null elsewhere.
  static func insert(_ id: Int, _ value: SQLValue) -> Query<Void> {
    let columns: [ColumnType] = [.bool, .int, .double, .text, .uuid, .timestamp, .date, .json, .bytes]
    return Query(insertValues, [.int(Int64(id))] + columns.map { $0 == value.type ? value : .null })
  }

  /// The value of such a row, read as its type.
  static func find(_ id: Int) -> Query<SQLValue?> {
    .first(findValues, [.int(Int64(id))]) { row throws(StorageError) in
      if let value = try row.optionalBool(0) { return .bool(value) }
      if let value = try row.optionalInt(1) { return .int(Int64(value)) }
      if let value = try row.optionalDouble(2) { return .double(value) }
      if let value = try row.optionalText(3) { return .text(value) }
      if let value = try row.optionalUUID(4) { return .uuid(value) }
      if let value = try row.optionalTimestamp(5) { return .timestamp(value) }
      if let value = try row.optionalDate(6) { return .date(value) }
      if let value = try row.optionalJSON(7) { return .json(value) }
      if let value = try row.optionalBytes(8) { return .bytes(value) }
      return .null
    }
  }

  // MARK: people and pets

  static func insertPerson(_ id: UUID = .v7(), name: String, email: String? = nil) -> Query<Void> {
    Query(
      Statement(
        number: 3, name: "people.insert", postgres: "INSERT INTO people (id, name, email) VALUES ($1, $2, $3)",
        sqlite: "INSERT INTO people (id, name, email) VALUES (?1, ?2, ?3)", parameters: [.uuid, .text, .text],
        effect: .write), [.uuid(id), .text(name), SQLValue(email)])
  }

  static let names = Query<[String]>.all(
    Statement(
      number: 4, name: "people.names", postgres: "SELECT name FROM people ORDER BY id",
      sqlite: "SELECT name FROM people ORDER BY id", parameters: [], effect: .read)
  ) { row throws(StorageError) in try row.text(0) }

  static let countPeople = Query<Int?>.first(
    Statement(
      number: 5, name: "people.count", postgres: "SELECT count(*) FROM people", sqlite: "SELECT count(*) FROM people",
      parameters: [], effect: .read)
  ) { row throws(StorageError) in try row.int(0) }

  static func insertPet(of person: UUID) -> Query<Void> {
    Query(
      Statement(
        number: 6, name: "pets.insert", postgres: "INSERT INTO pets VALUES ($1, $2)",
        sqlite: "INSERT INTO pets VALUES (?1, ?2)", parameters: [.uuid, .uuid], effect: .write),
      [.uuid(.v7()), .uuid(person)])
  }

  static func deletePerson(_ id: UUID) -> Query<Bool> {
    .changes(
      Statement(
        number: 7, name: "people.delete", postgres: "DELETE FROM people WHERE id = $1",
        sqlite: "DELETE FROM people WHERE id = ?1", parameters: [.uuid], effect: .write), [.uuid(id)])
  }

  static func birthday(_ id: UUID) -> Query<Int?> {
    .first(
      Statement(
        number: 8, name: "people.birthday", postgres: "UPDATE people SET age = age + 1 WHERE id = $1 RETURNING age",
        sqlite: "UPDATE people SET age = age + 1 WHERE id = ?1 RETURNING age", parameters: [.uuid], effect: .write),
      [.uuid(id)]
    ) { row throws(StorageError) in try row.int(0) }
  }

  static let countPets = Query<Int?>.first(
    Statement(
      number: 9, name: "pets.count", postgres: "SELECT count(*) FROM pets", sqlite: "SELECT count(*) FROM pets",
      parameters: [], effect: .read)
  ) { row throws(StorageError) in try row.int(0) }

  static let insertNameless = Query<Void>(
    Statement(
      number: 10, name: "people.nameless", postgres: "INSERT INTO people (id) VALUES ($1)",
      sqlite: "INSERT INTO people (id) VALUES (?1)", parameters: [.uuid], effect: .write), [.uuid(.v7())])
}

import FoundationEssentials
import Storage
import Testing
import Values

@testable import SpecGenCore

/// What SpecGen writes for each operator of a filter, against the same said in Swift.
@Suite("Operators of lists")
struct ListOperatorsTests {
  private typealias Comparison = ListQuery.Filter.Comparison

  private static let texts: [String?] = [
    nil, "", "a", "A", "b", "B", "ä", "Ä", "a%", "a_", #"a\"#, "'", "\"", "日本", "🙂",
  ]
  private static let numbers: [Int?] = [nil, 0, -1, 1, .min, .max]
  private static let ids: [UUID?] = [nil] + (0..<4).map { UUID(high: $0 &* 0x4000_0000_0000_0000, low: $0) }
  private static let moments: [Timestamp?] =
    [nil] + [0, -1, 1, 1_767_225_600_000].map { Timestamp(milliseconds: $0) }

  @Test("An operator means the same on both engines", arguments: Engine.allCases)
  func operators(engine: Engine) async throws {
    try await TestDatabase.with(engine) { database, _ in
      for comparison in [Comparison.equal, .different, .less, .atMost, .greater, .atLeast] {
        try await check(comparison, .string(StringConstraints()), Self.texts, in: database) {
          order($0, $1, by: precedes)
        }
        try await check(comparison, .integer(IntegerConstraints()), Self.numbers, in: database) {
          order($0, $1, by: <)
        }
        try await check(comparison, .uuid, Self.ids, in: database) { order($0, $1) { $0.words < $1.words } }
        try await check(comparison, .timestamp, Self.moments, in: database) { order($0, $1, by: <) }
      }
      for comparison in [Comparison.equal, .different] {
        try await check(comparison, .boolean, [nil, true, false], in: database) { $0 == $1 ? 0 : 1 }
      }
    }
  }

  @Test(
    "What a text contains and begins with is found without regard to the case of A to Z", arguments: Engine.allCases)
  func pieces(engine: Engine) async throws {
    try await TestDatabase.with(engine) { database, _ in
      let type = TypeUse.string(StringConstraints())
      let texts = sql(Self.texts)
      for piece in Self.texts.compactMap({ $0 }) {
        let contains = try await chosen(.contains, type, texts, SQLValue(piece), in: database)
        let prefix = try await chosen(.prefix, type, texts, SQLValue(piece), in: database)
        func folded(_ text: String) -> [UInt8] { text.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 } }
        #expect(
          contains
            == Self.texts.indices.filter { index in
              Self.texts[index].map { piece.isEmpty || folded($0).firstRange(of: folded(piece)) != nil } ?? false
            }, "\(piece)")
        #expect(
          prefix
            == Self.texts.indices.filter { index in
              Self.texts[index].map { folded($0).starts(with: folded(piece)) } ?? false
            }, "\(piece)")
      }
    }
  }

  @Test("A value is found among others", arguments: Engine.allCases)
  func among(engine: Engine) async throws {
    try await TestDatabase.with(engine) { database, _ in
      let strings = TypeUse.string(StringConstraints())
      let texts = sql(Self.texts)
      try await expect(.among, strings, texts, .json(#"["a","\"","ä","'","?"]"#), [2, 6, 11, 12], in: database)
      try await expect(.among, strings, texts, .json("[]"), [], in: database)
      let numbers = sql(Self.numbers)
      let list = SQLValue.json("[0,\(Int.min),7]")
      try await expect(.among, .integer(IntegerConstraints()), numbers, list, [1, 4], in: database)
      let ids = sql(Self.ids)
      let two = SQLValue.json("[\"\(Self.ids[2]?.canonical ?? "")\",\"\(Self.ids[4]?.canonical ?? "")\"]")
      try await expect(.among, .uuid, ids, two, [2, 4], in: database)
    }
  }

  @Test("Null is asked for, or refused", arguments: Engine.allCases)
  func null(engine: Engine) async throws {
    try await TestDatabase.with(engine) { database, _ in
      let values = sql(Self.moments)
      try await expect(.isNull, .timestamp, values, .bool(true), [0], in: database)
      try await expect(.isNull, .timestamp, values, .bool(false), [1, 2, 3, 4], in: database)
    }
  }

  private func expect(
    _ comparison: Comparison, _ type: TypeUse, _ values: [SQLValue], _ given: SQLValue, _ expected: [Int],
    in database: any Database
  ) async throws {
    let found = try await chosen(comparison, type, values, given, in: database)
    #expect(found == expected, "\(comparison) \(given)")
  }

  // MARK: Reference

  /// -1, 0 or 1; nil when one of the two is null.
  private func order<Value: Equatable>(_ left: Value, _ right: Value, by precedes: (Value, Value) -> Bool) -> Int {
    left == right ? 0 : precedes(left, right) ? -1 : 1
  }

  /// By bytes, not by what characters are taken to be alike.
  private func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  private func check<Value: Sendable>(
    _ comparison: Comparison, _ type: TypeUse, _ values: [Value?], in database: any Database,
    _ order: (Value, Value) -> Int
  ) async throws where Value: SQLConvertible {
    for given in values.compactMap({ $0 }) {
      let found = try await chosen(comparison, type, sql(values), given.sql, in: database)
      let expected = values.indices.filter { index in
        guard let value = values[index] else { return comparison == .different }
        let order = order(value, given)
        return switch comparison {
        case .equal: order == 0
        case .different: order != 0
        case .less: order < 0
        case .atMost: order <= 0
        case .greater: order > 0
        default: order >= 0
        }
      }
      #expect(found == expected, "\(comparison) \(given)")
    }
  }

  private func sql(_ values: [(some SQLConvertible)?]) -> [SQLValue] { values.map { $0?.sql ?? .null } }

  /// The indexes of the values for which the condition holds in a table of them.
  private func chosen(
    _ comparison: Comparison, _ type: TypeUse, _ values: [SQLValue], _ given: SQLValue, in database: any Database
  ) async throws -> [Int] {
    let column = SpecGenCore.Column(name: "value", swiftName: "value", type: type, isNullable: true, isPublic: false)
    let coding = ColumnCoding(column, types: TypeTable(API(title: "", version: "")))
    let columnType = try #require(ColumnType(rawValue: String(coding.columnType.dropFirst())))
    let table = "values_\(columnType.rawValue)"
    try await database.execute(
      script: """
        DROP TABLE IF EXISTS \(table);
        CREATE TABLE \(table) (place BIGINT NOT NULL, value \(columnType.sql(for: database.engine)))
        """)
    let insert = Storage.Statement(
      name: "insert", postgres: "INSERT INTO \(table) VALUES ($1, $2)", sqlite: "INSERT INTO \(table) VALUES (?1, ?2)",
      parameters: [.int, columnType], effect: .write)
    for (index, value) in values.enumerated() {
      try await database.run(Query<Void>(insert, [SQLValue(index), value]))
    }
    let condition = ListSQL(comparison, coding, 1)
    let select = Storage.Statement(
      name: "select", postgres: "SELECT place FROM \(table) WHERE \(condition.postgres) ORDER BY place",
      sqlite: "SELECT place FROM \(table) WHERE \(condition.sqlite) ORDER BY place",
      parameters: [given.type ?? .text], effect: .read)
    return try await database.run(
      Query<[Int]>.all(select, [given]) { row throws(StorageError) in try row.int(0) })
  }
}

private protocol SQLConvertible {
  var sql: SQLValue { get }
}

extension String: SQLConvertible { fileprivate var sql: SQLValue { .text(self) } }
extension Int: SQLConvertible { fileprivate var sql: SQLValue { .int(Int64(self)) } }
extension Bool: SQLConvertible { fileprivate var sql: SQLValue { .bool(self) } }
extension UUID: SQLConvertible { fileprivate var sql: SQLValue { .uuid(self) } }
extension Timestamp: SQLConvertible { fileprivate var sql: SQLValue { .timestamp(self) } }

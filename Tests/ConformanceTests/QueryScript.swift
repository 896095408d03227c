import FoundationEssentials
import Storage
import Values

/// Steps that run statements whose meaning only their SQL tells: each with the values of rows that are there, and with
/// such as hurt. What they must answer is what the other engine answers.
struct QueryScript {
  private(set) var steps: [Step] = []
  private let tables: [TableDefinition]
  private let rows: [String: [Model.Row]]
  private var turn = 0

  /// - Parameter rows: those that are in the tables.
  init(_ tables: [TableDefinition], rows: [String: [Model.Row]]) {
    self.tables = tables
    self.rows = rows
  }

  /// Runs each statement for some rows of each table, then reads all tables.
  mutating func write(_ declarations: [StatementDeclaration]) {
    for declaration in declarations {
      for table in tables {
        for row in sample(of: rows[table.name] ?? []) {
          for isWide in [true, false] {
            let values = values(for: declaration, of: row, in: table, isWide: isWide)
            steps.append(
              Step(
                statement: declaration.statement, values: values, columns: declaration.columns.map(\.type),
                expected: []))
          }
        }
      }
    }
    for table in tables { steps.append(Self.dump(table)) }
  }

  private static let amounts: Set = ["allowance", "wanted", "tokens", "reserved"]

  private func sample(of rows: [Model.Row]) -> [Model.Row] {
    let stride = max(1, rows.count / 6)
    return rows.indices.filter { $0 % stride == 0 || $0 == rows.count - 1 }.map { rows[$0] }
  }

  /// Values by their names: a parameter that is called like a column, or ends so (`next_digest`), is given the row's.
  ///
  /// - Parameter isWide: whether moments are the first and the last there are, as the ends of a range that holds all.
  private mutating func values(
    for declaration: StatementDeclaration, of row: Model.Row, in table: TableDefinition, isWide: Bool
  ) -> [SQLValue] {
    var moments = 0
    return declaration.parameters.map { parameter in
      turn += 1
      // A limit is never negative: the API's validation sees to that.
      if parameter.name == "limit" { return .int(Int64(turn % 5)) }
      // Nor are amounts of tokens beyond what can be added up: models and the configuration see to that.
      if Self.amounts.contains(parameter.name) { return .int(Int64(turn % 7) * 10) }
      let own = table.columns.indices.filter { table.columns[$0].type == parameter.type && row[$0] != .null }
      if let column = own.first(where: { table.columns[$0].name == parameter.name }) { return row[column] }
      if let column = own.first(where: { table.columns[$0].name.hasSuffix(parameter.name) }) { return row[column] }
      if parameter.type == .timestamp, isWide {
        moments += 1
        return .timestamp(moments == 1 ? .earliest : .latest)
      }
      let candidates = own.map { row[$0] } + HurtfulValues.of(parameter.type)
      return candidates[turn % candidates.count]
    }
  }

  /// All rows of a table, in the order of its key.
  static func dump(_ table: TableDefinition) -> Step {
    let columns = table.columns.map { "\"\($0.name)\"" }.joined(separator: ", ")
    let key = table.primaryKey.map { "\"\($0)\"" }.joined(separator: ", ")
    let sql = "SELECT \(columns) FROM \"\(table.name)\" ORDER BY \(key)"
    return Step(
      statement: Statement(name: "\(table.name).dump", postgres: sql, sqlite: sql, effect: .read), values: [],
      columns: table.columns.map(\.type), expected: [])
  }
}

extension TableScript {
  /// The steps that leave the tables with rows that hurt, and these rows.
  static func hurtfulRows(_ tables: [TableDefinition], _ statements: [Statement]) throws -> ([Step], Model) {
    var script = try TableScript(tables, statements)
    try script.writeRows()
    return (script.steps.filter { $0.expected == [.changed(1)] }, script.model)
  }

  /// The steps that leave the tables with rows of every kind that is to be expected, and these rows.
  static func plainRows(_ tables: [TableDefinition], _ statements: [Statement]) throws -> ([Step], Model) {
    var script = try TableScript(tables, statements)
    try script.writePlainRows(12)
    return (script.steps.filter { $0.expected == [.changed(1)] }, script.model)
  }
}

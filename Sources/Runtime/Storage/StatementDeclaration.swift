/// A statement and what `api.yaml` says of its values: tests compare it with what an engine says of the same SQL.
public struct StatementDeclaration: Sendable {
  /// A parameter, or a column of a result.
  public struct Value: Sendable, Hashable {
    /// As `api.yaml` writes it: `user_id`.
    public var name: String
    public var type: ColumnType
    public var isNullable: Bool

    public init(_ name: String, _ type: ColumnType, isNullable: Bool = false) {
      self.name = name
      self.type = type
      self.isNullable = isNullable
    }
  }

  public let statement: Statement
  /// Where `api.yaml` declares it, as a JSON Pointer (RFC 6901): `/x-queries/usageTotals`, or `/x-tables/users`.
  public let pointer: String
  /// Of a query, in the order of their numbers; empty for a statement that was derived from a table, whose parameters
  /// are the table's columns.
  public let parameters: [Value]
  /// Of each row, in order; empty when the statement gives no rows.
  public let columns: [Value]

  public init(_ statement: Statement, pointer: String, parameters: [Value] = [], columns: [Value] = []) {
    self.statement = statement
    self.pointer = pointer
    self.parameters = parameters
    self.columns = columns
  }
}

extension TableDefinition {
  /// What a row of the table is made of.
  public var values: [StatementDeclaration.Value] {
    columns.map { .init($0.name, $0.type, isNullable: $0.isNullable) }
  }
}

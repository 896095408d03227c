/// A table as `api.yaml` wants it, on either engine.
public struct TableDefinition: Sendable, Hashable {
  public var name: String
  public var columns: [ColumnDefinition]
  /// Column names, in order.
  public var primaryKey: [String]
  /// Unique keys are unique indexes.
  public var indexes: [IndexDefinition]
  public var foreignKeys: [ForeignKey]
  /// What the table was called before, so that a migration keeps its rows.
  public var renamedFrom: String?
  /// What of the rows can be searched for words.
  public var search: SearchDefinition?

  public init(
    name: String, columns: [ColumnDefinition], primaryKey: [String], indexes: [IndexDefinition] = [],
    foreignKeys: [ForeignKey] = [], renamedFrom: String? = nil, search: SearchDefinition? = nil
  ) {
    self.name = name
    self.columns = columns
    self.primaryKey = primaryKey
    self.indexes = indexes
    self.foreignKeys = foreignKeys
    self.renamedFrom = renamedFrom
    self.search = search
  }

  /// What a violated primary key is called, on both engines.
  public var primaryKeyName: String { "\(name)_pkey" }
}

public struct ColumnDefinition: Sendable, Hashable {
  public var name: String
  public var type: ColumnType
  public var isNullable: Bool
  public var defaultValue: DefaultValue?
  public var checks: [CheckDefinition]
  /// What the column was called before, so that a migration keeps its values.
  public var renamedFrom: String?
  /// Values of an enum that are spelt otherwise now: the new spelling of each old one.
  public var renamedValues: [String: String]

  public init(
    name: String, type: ColumnType, isNullable: Bool = false, defaultValue: DefaultValue? = nil,
    checks: [CheckDefinition] = [], renamedFrom: String? = nil, renamedValues: [String: String] = [:]
  ) {
    self.name = name
    self.type = type
    self.isNullable = isNullable
    self.defaultValue = defaultValue
    self.checks = checks
    self.renamedFrom = renamedFrom
    self.renamedValues = renamedValues
  }
}

public enum DefaultValue: Sendable, Hashable {
  case value(SQLValue)
  /// SQL of each dialect. SQLite cannot add a column whose default is not a constant to a table that exists.
  case expression(postgres: String, sqlite: String)
}

/// A constraint on the values of one column.
public struct CheckDefinition: Sendable, Hashable {
  /// Unique in the schema, such as `users_username_length`: how a violation is told.
  public var name: String
  public var postgres: String
  public var sqlite: String

  public init(name: String, postgres: String, sqlite: String) {
    self.name = name
    self.postgres = postgres
    self.sqlite = sqlite
  }

  /// The same expression in both dialects. `length(x)` counts characters in both.
  public init(name: String, _ expression: String) {
    self.init(name: name, postgres: expression, sqlite: expression)
  }
}

public struct IndexDefinition: Sendable, Hashable {
  /// Unique in the schema. A violated unique index is told by this name on both engines.
  public var name: String
  public var columns: [IndexColumn]
  public var isUnique: Bool
  /// Of a PostgreSQL index for full-text search, which has no columns: the expression of type `tsvector`.
  var document: String?

  public init(name: String, columns: [IndexColumn], isUnique: Bool = false) {
    self.init(name: name, columns: columns, isUnique: isUnique, document: nil)
  }

  init(name: String, columns: [IndexColumn], isUnique: Bool = false, document: String?) {
    self.name = name
    self.columns = columns
    self.isUnique = isUnique
    self.document = document
  }
}

public struct IndexColumn: Sendable, Hashable {
  public var name: String
  public var isDescending: Bool
  /// Indexes `lower(column)`: statements that use it compare `lower(column)` with `lower(parameter)`. On both engines
  /// that folds A to Z only: what more is folded would depend on the locale, and change with a version of ICU or libc.
  public var isCaseInsensitive: Bool

  public init(_ name: String, isDescending: Bool = false, isCaseInsensitive: Bool = false) {
    self.name = name
    self.isDescending = isDescending
    self.isCaseInsensitive = isCaseInsensitive
  }
}

public struct ForeignKey: Sendable, Hashable {
  public enum Action: String, Sendable, Hashable {
    case restrict = "RESTRICT"
    case cascade = "CASCADE"
    case setNull = "SET NULL"
  }

  /// Unique in the schema, such as `messages_conversation_id_fkey`.
  public var name: String
  public var columns: [String]
  public var referencedTable: String
  public var referencedColumns: [String]
  public var onDelete: Action

  public init(
    name: String, columns: [String], referencedTable: String, referencedColumns: [String], onDelete: Action
  ) {
    self.name = name
    self.columns = columns
    self.referencedTable = referencedTable
    self.referencedColumns = referencedColumns
    self.onDelete = onDelete
  }
}

/// A table of `x-tables`.
public struct Table: Equatable, Sendable {
  /// `token_usage`.
  public var name: String
  /// `TokenUsage`: the stem of `TokenUsageRow`, `TokenUsageTable`, `TokenUsageChanges`.
  public var typeName: String
  public var description: String?
  /// The schema whose properties are columns, by its Swift name.
  public var schemaType: String?
  /// The schema's columns in the order of its properties, then the server's own.
  public var columns: [Column]
  public var primaryKey: [String]
  public var uniqueKeys: [UniqueKey]
  public var indexes: [Index]
  public var references: [Reference]
  /// The columns of text whose words can be searched for, within the rows of one owner: the first column of the primary
  /// key. Empty without a search.
  public var searched: [String]
  /// What the table was called before.
  public var renamedFrom: String?
  public var pointer: String

  public init(
    name: String, typeName: String, description: String? = nil, schemaType: String? = nil, columns: [Column],
    primaryKey: [String], uniqueKeys: [UniqueKey] = [], indexes: [Index] = [], references: [Reference] = [],
    searched: [String] = [], renamedFrom: String? = nil, pointer: String = ""
  ) {
    self.name = name
    self.typeName = typeName
    self.description = description
    self.schemaType = schemaType
    self.columns = columns
    self.primaryKey = primaryKey
    self.uniqueKeys = uniqueKeys
    self.indexes = indexes
    self.references = references
    self.searched = searched
    self.renamedFrom = renamedFrom
    self.pointer = pointer
  }
}

public struct Column: Equatable, Sendable {
  public var name: String
  public var swiftName: String
  public var type: TypeUse
  public var isNullable: Bool
  public var defaultValue: DocumentValue?
  /// Whether the value is a property of the table's schema; otherwise it never leaves the server.
  public var isPublic: Bool
  public var description: String?
  /// What the column was called before.
  public var renamedFrom: String?

  public init(
    name: String, swiftName: String, type: TypeUse, isNullable: Bool, defaultValue: DocumentValue? = nil,
    isPublic: Bool, description: String? = nil, renamedFrom: String? = nil
  ) {
    self.name = name
    self.swiftName = swiftName
    self.type = type
    self.isNullable = isNullable
    self.defaultValue = defaultValue
    self.isPublic = isPublic
    self.description = description
    self.renamedFrom = renamedFrom
  }
}

public struct UniqueKey: Equatable, Sendable {
  /// The index's name in both databases: `users_username_key`.
  public var name: String
  public var columns: [String]
  /// ASCII and database lower-casing: `lower(column)`.
  public var ignoresCase: Bool

  public init(name: String, columns: [String], ignoresCase: Bool) {
    self.name = name
    self.columns = columns
    self.ignoresCase = ignoresCase
  }
}

/// An index, and the keyset page that follows it.
public struct Index: Equatable, Sendable {
  public struct Order: Equatable, Sendable {
    public var column: String
    public var isDescending: Bool

    public init(column: String, isDescending: Bool) {
      self.column = column
      self.isDescending = isDescending
    }
  }

  /// As written: `by_user`. In a database it is `TABLE_NAME`: `messages_by_conversation`.
  public var name: String
  public var swiftName: String
  /// Columns compared for equality, first in the index.
  public var by: [String]
  /// Columns that sort, after them; unique together with `by`, so that a page has a definite end.
  public var order: [Order]

  public init(name: String, swiftName: String, by: [String], order: [Order]) {
    self.name = name
    self.swiftName = swiftName
    self.by = by
    self.order = order
  }
}

public struct Reference: Equatable, Sendable {
  public enum Action: String, Equatable, Sendable, CaseIterable {
    case cascade
    case setNull = "set-null"
    case restrict
  }

  /// The columns of this table, in the order of the referenced primary key.
  public var columns: [String]
  public var table: String
  /// The referenced table's primary key.
  public var referencedColumns: [String]
  public var onDelete: Action

  public init(columns: [String], table: String, referencedColumns: [String], onDelete: Action) {
    self.columns = columns
    self.table = table
    self.referencedColumns = referencedColumns
    self.onDelete = onDelete
  }
}

/// An entry of `x-queries`.
public struct NamedQuery: Equatable, Sendable {
  public enum Rows: String, Equatable, Sendable, CaseIterable {
    case many, one, none, count
    /// Without a row, the whole batch that requires the query is refused.
    case required
  }

  public enum Result: Equatable, Sendable {
    /// No rows are read.
    case none
    /// Full rows of a table, by its name. In the SQL, `{columns}` (or `{alias.columns}`) stands for its columns in
    /// their order; Translate replaces it.
    case table(String)
    /// A struct of its own: `QueryNameRow`.
    case columns([Column])
  }

  public var name: String
  public var swiftName: String
  /// `ConversationTotals`: the stem of the result's type.
  public var typeName: String
  public var description: String?
  /// With named parameters replaced: `$1`, and `?1`.
  public var postgres: String
  public var sqlite: String
  /// In the order of their numbers.
  public var parameters: [Column]
  public var result: Result
  public var rows: Rows
  public var isRead: Bool
  public var pointer: String

  public init(
    name: String, swiftName: String, typeName: String, description: String? = nil, postgres: String,
    sqlite: String, parameters: [Column], result: Result, rows: Rows, isRead: Bool, pointer: String = ""
  ) {
    self.name = name
    self.swiftName = swiftName
    self.typeName = typeName
    self.description = description
    self.postgres = postgres
    self.sqlite = sqlite
    self.parameters = parameters
    self.result = result
    self.rows = rows
    self.isRead = isRead
    self.pointer = pointer
  }
}

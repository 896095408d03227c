/// A table of `x-tables`.
struct Table: Equatable, Sendable {
  /// `token_usage`.
  var name: String
  /// `TokenUsage`: the stem of `TokenUsageRow`, `TokenUsageTable`, `TokenUsageChanges`.
  var typeName: String
  var description: String?
  /// The schema whose properties are columns, by its Swift name.
  var schemaType: String?
  /// The schema's columns in the order of its properties, then the server's own.
  var columns: [Column]
  var primaryKey: [String]
  var uniqueKeys: [UniqueKey] = []
  var indexes: [Index] = []
  var references: [Reference] = []
  /// The columns of text whose words can be searched for, within the rows of one owner: the first column of the primary
  /// key. Empty without a search.
  var searched: [String] = []
  /// What the table was called before.
  var renamedFrom: String?
  var pointer = ""
}

struct Column: Equatable, Sendable {
  var name: String
  var swiftName: String
  var type: TypeUse
  var isNullable: Bool
  var defaultValue: DocumentValue?
  /// Whether the value is a property of the table's schema; otherwise it never leaves the server.
  var isPublic: Bool
  var description: String?
  /// What the column was called before.
  var renamedFrom: String?
}

struct UniqueKey: Equatable, Sendable {
  /// The index's name in both databases: `users_username_key`.
  var name: String
  var columns: [String]
  /// ASCII and database lower-casing: `lower(column)`.
  var ignoresCase: Bool
}

/// An index, and the keyset page that follows it.
struct Index: Equatable, Sendable {
  struct Order: Equatable, Sendable {
    var column: String
    var isDescending: Bool
  }

  /// As written: `by_user`. In a database it is `TABLE_NAME`: `messages_by_conversation`.
  var name: String
  var swiftName: String
  /// Columns compared for equality, first in the index.
  var by: [String]
  /// Columns that sort, after them; unique together with `by`, so that a page has a definite end.
  var order: [Order]
}

struct Reference: Equatable, Sendable {
  enum Action: String, Equatable, Sendable, CaseIterable {
    case cascade
    case setNull = "set-null"
    case restrict
  }

  /// The columns of this table, in the order of the referenced primary key.
  var columns: [String]
  var table: String
  /// The referenced table's primary key.
  var referencedColumns: [String]
  var onDelete: Action
}

/// An entry of `x-queries`.
struct NamedQuery: Equatable, Sendable {
  enum Rows: String, Equatable, Sendable, CaseIterable {
    case many, one, none, count
    /// Without a row, the whole batch that requires the query is refused.
    case required
  }

  enum Result: Equatable, Sendable {
    /// No rows are read.
    case none
    /// Full rows of a table, by its name. In the SQL, `{columns}` (or `{alias.columns}`) stands for its columns in
    /// their order; Translate replaces it.
    case table(String)
    /// A struct of its own: `QueryNameRow`.
    case columns([Column])
  }

  var name: String
  var swiftName: String
  /// `ConversationTotals`: the stem of the result's type.
  var typeName: String
  var description: String?
  /// With named parameters replaced: `$1`, and `?1`.
  var postgres: String
  var sqlite: String
  /// In the order of their numbers.
  var parameters: [Column]
  var result: Result
  var rows: Rows
  var isRead: Bool
}

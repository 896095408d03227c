/// Why the database did not do what it was asked.
public struct StorageError: Error, Sendable, Hashable {
  public enum Code: Sendable, Hashable {
    /// A unique or primary key holds that value already; `constraint` names it.
    case uniqueViolation
    /// What is referred to does not exist, or what is deleted is still referred to.
    case foreignKeyViolation
    case checkViolation
    case notNullViolation
    /// A value that the column cannot hold. Nothing was changed.
    case invalidValue
    /// A row does not look as the statement promised.
    case decoding
    /// What a batch requires does not hold; see ``QueryRunner/run(requiring:_:)``. Nothing was changed.
    case requirementFailed
    /// An earlier statement of this transaction failed, or it waited too long, so nothing of it is saved.
    case transactionAborted
    /// The database cannot be reached, or went away before anything was changed. Trying again later is safe.
    case unavailable
    /// The statement took longer than it may and was stopped. Nothing was changed.
    case timeout
    /// Every connection stayed busy for as long as a task may wait. Nothing was changed.
    case poolExhausted
    /// The connection was lost after a change was sent: it may have been saved or not.
    case outcomeUnknown
    /// The task was cancelled. Nothing was changed.
    case cancelled
    /// The migration would have lost data, or cannot be done in one step.
    case migrationRefused
    /// The database URL or another setting is wrong.
    case configuration
    /// Any other refusal of PostgreSQL: the five characters of its SQLSTATE.
    case sqlState(String)
    /// Any other refusal of SQLite: its extended result code.
    case sqlite(Int32)
  }

  public var code: Code
  /// Safe to show to an operator; holds no values of rows.
  public var description: String
  /// The violated constraint or unique index, by its name, the same on both engines. Of several that are violated at
  /// once, it is one; which one may differ. SQLite does not tell which foreign key was violated.
  public var constraint: String?
  public var table: String?
  /// The column that must not be null.
  public var column: String?
  /// The statement that the engine refused, by its name.
  public var statement: String?
  /// What the engine said, values of rows included: for logs that only operators read.
  public var detail: String?

  public init(
    _ code: Code, _ description: String, constraint: String? = nil, table: String? = nil, column: String? = nil,
    detail: String? = nil
  ) {
    self.code = code
    self.description = description
    self.constraint = constraint
    self.table = table
    self.column = column
    self.detail = detail
  }

  /// Whether trying the same again later may succeed, nothing having been changed.
  public var isTransient: Bool {
    switch code {
    case .unavailable, .timeout, .poolExhausted: true
    case .sqlState(let state): state == "40001" || state == "40P01"
    default: false
    }
  }

  package static func invalidValue(_ description: String) -> StorageError { .init(.invalidValue, description) }
  package static func decoding(_ description: String) -> StorageError { .init(.decoding, description) }
  static func requirementFailed(_ requirement: Statement) -> StorageError {
    var error = StorageError(
      .requirementFailed, "What the statements require does not hold, so nothing of them was done.")
    error.statement = requirement.name
    return error
  }
  package static let cancelled = StorageError(.cancelled, "The task was cancelled before the database was asked.")
  package static let closed = StorageError(.unavailable, "The database is closed.")
  package static let aborted = StorageError(
    .transactionAborted, "A statement of this transaction failed before, so nothing of it can be saved.")
}

extension StorageError: CustomStringConvertible, CustomDebugStringConvertible {
  public var debugDescription: String {
    var text = "\(code): \(description)"
    if let statement { text += " statement: \(statement)." }
    if let table { text += " table: \(table)." }
    if let column { text += " column: \(column)." }
    if let constraint { text += " constraint: \(constraint)." }
    if let detail { text += " detail: \(detail)" }
    return text
  }
}

/// One SQL statement in both dialects, with an identity that is known when the program is compiled.
///
/// A class, so that who passes it on counts one reference rather than those of its texts.
public final class Statement: Sendable {
  public enum Effect: Sendable, Hashable {
    /// Changes nothing: may be sent again when its connection is lost, and runs where no lock is taken.
    case read
    case write
  }

  /// Unique in the program: the key of each connection's prepared statements. Generated statements count from 1;
  /// negative numbers belong to the runtime; what is numbered 0 is prepared anew each time.
  public let number: Int
  /// For logs and messages, such as `users.find`.
  public let name: String
  /// The text for PostgreSQL, with parameters `$1`, `$2`, ...
  public let postgres: String
  /// The text for SQLite, with parameters `?1`, `?2`, ...
  public let sqlite: String
  public let parameters: [ColumnType]
  public let effect: Effect

  public init(
    number: Int, name: StaticString, postgres: StaticString, sqlite: StaticString, parameters: [ColumnType],
    effect: Effect
  ) {
    self.number = number
    self.name = "\(name)"
    self.postgres = "\(postgres)"
    self.sqlite = "\(sqlite)"
    self.parameters = parameters
    self.effect = effect
  }

  /// A statement made while the program runs; never from what a user typed.
  package init(name: String, postgres: String, sqlite: String, parameters: [ColumnType] = [], effect: Effect) {
    self.number = 0
    self.name = name
    self.postgres = postgres
    self.sqlite = sqlite
    self.parameters = parameters
    self.effect = effect
  }

  /// A statement put together from texts that are known when the program is compiled.
  init(number: Int, assembled name: String, postgres: String, sqlite: String, parameters: [ColumnType]) {
    self.number = number
    self.name = name
    self.postgres = postgres
    self.sqlite = sqlite
    self.parameters = parameters
    self.effect = .read
  }

  /// Whether it was made while the program runs, as migrations do: what looks at all rows of a table takes as long as the
  /// table is large.
  package var isForMigration: Bool { number == 0 }

  /// Refuses values that are not those the statement was written for. What this throws is a mistake of the program;
  /// generated code does not make it.
  package func check(_ values: [SQLValue]) throws(StorageError) {
    guard values.count == parameters.count else {
      throw .invalidValue("\(name) takes \(parameters.count) values, not \(values.count).")
    }
    for (value, type) in zip(values, parameters) {
      if let actual = value.type, actual != type {
        throw .invalidValue("\(name) takes a value of type \(type), not \(actual).")
      }
      try value.check()
    }
  }
}

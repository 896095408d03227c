/// The steps that bring a live database to what `api.yaml` says, in the order in which they run; empty when there is
/// nothing to do.
public struct Migration: Sendable, Hashable {
  public var steps: [Step]
  /// Tables of the definitions' names that another program made; as long as there are any, nothing else is planned.
  public var strangers: [Stranger]

  public init(steps: [Step] = [], strangers: [Stranger] = []) {
    self.steps = steps
    self.strangers = strangers
  }

  public struct Options: Sendable, Hashable {
    public enum Scope: Sendable, Hashable {
      /// What runs by itself when a server starts: what adds and what relaxes. What the program could not run without
      /// and is more than that makes `apply` throw; tables, columns and indexes that are too many are left alone.
      case additive
      case all
    }

    public var scope: Scope
    /// The names of steps that may lose data.
    public var allowing: Set<String>
    /// How to take over the tables of another program; nil to refuse them.
    public var adoption: Adoption?
    /// Who migrates, for the history: such as `ada@laptop`.
    public var author: String
    /// What the definitions were made from, for the history: a digest of `api.yaml`.
    public var source: String

    public init(
      scope: Scope = .additive, allowing: Set<String> = [], adoption: Adoption? = nil, author: String = "",
      source: String = ""
    ) {
      self.adoption = adoption
      self.scope = scope
      self.allowing = allowing
      self.author = author
      self.source = source
    }
  }

  /// Compares the database with the definitions, and counts the rows that steps concern; changes nothing.
  public static func plan(
    _ tables: [TableDefinition], for database: any Database
  ) async throws(StorageError) -> Migration {
    do {
      let options = Options(scope: .all)
      return try await MigrationRun(tables: tables, database: database, options: options).plan().migration
    } catch {
      throw StorageError(migrating: error)
    }
  }

  /// Brings the database to the definitions, step by step, each with its line in the history; what was interrupted is
  /// finished by the next call. Of several that run at once, one migrates and the others wait for it.
  ///
  /// - Returns: the steps that were taken.
  /// - Throws: `migrationRefused` before anything was changed when a step could lose data and is not named in `options`;
  ///   `timeout` when others kept a table locked.
  @discardableResult
  public static func apply(
    _ tables: [TableDefinition], to database: any Database, _ options: Options = Options()
  ) async throws -> Migration {
    let run = MigrationRun(tables: tables, database: database, options: options)
    let migration = try await run.finish()
    try await run.retrying {
      try await SearchIndex.install(tables, to: database, isMigrated: !migration.steps.isEmpty)
    }
    return migration
  }
}

extension StorageError {
  /// What a transaction's body threw, which is a `StorageError` unless the task was cancelled.
  init(migrating error: any Error) {
    self = error as? StorageError ?? StorageError(.cancelled, "The migration was cancelled.")
  }
}

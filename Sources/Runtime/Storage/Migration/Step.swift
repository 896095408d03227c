extension Migration {
  public struct Step: Sendable, Hashable {
    /// Stable, for the command line: `drop-column:users.nickname`.
    public var name: String
    /// One line for people, such as `drop column users.nickname`.
    public var description: String
    /// Statements, in order. Empty for what the rebuild of the table does on SQLite, a step of its own.
    public var sql: [String]
    /// The lock that it takes, and for how long (PostgreSQL documentation §13.3).
    public var lock: String
    /// Whether every row is written anew.
    public var rewritesTable: Bool
    /// What could be lost; nil for nothing.
    public var loss: Loss?
    /// Whether it runs by itself when a server starts.
    public var isAdditive: Bool
    /// Whether the program could do without it: it only takes away what is too many.
    package var isSurplus = false
    var mode = Mode.together

    init(
      _ name: String, _ description: String, sql: [String], lock: Lock, rewritesTable: Bool = false, loss: Loss? = nil,
      isAdditive: Bool = false, isSurplus: Bool = false, mode: Mode = .together
    ) {
      self.name = name
      self.description = description
      self.sql = sql
      self.lock = lock.description
      self.rewritesTable = rewritesTable
      self.loss = loss
      self.isAdditive = isAdditive
      self.isSurplus = isSurplus
      self.mode = mode
    }
  }

  /// What a step takes away, or the rows that stand against it.
  public struct Loss: Sendable, Hashable {
    /// How many rows are concerned, counted when the plan was made.
    public var rows: Int
    /// What happens to them when the step is allowed, or what to do first when it cannot be.
    public var description: String
    /// False when there is no way to do the step with these rows.
    public var canBeAllowed = true
  }

  /// How a step runs.
  enum Mode: Sendable, Hashable {
    /// Quick: in one transaction with its neighbours.
    case together
    /// In a transaction of its own, because it takes as long as the table is large.
    case alone
    /// Outside of a transaction.
    case concurrently
    /// Deletes or clears what stands against a constraint. All of the plan is one transaction then: should something
    /// turn out not to be possible, nothing was deleted for it.
    case fix
  }

  enum Lock: Sendable {
    case none, brief, rows, scan, share, reference, long, file

    /// What changes only the catalog.
    static func brief(_ engine: Engine) -> Lock { engine == .postgres ? .brief : .file }

    var description: String {
      switch self {
      case .none: "none, the table is new"
      case .brief: "ACCESS EXCLUSIVE, briefly"
      case .rows: "ROW EXCLUSIVE; the rows it changes, for as long as it runs"
      case .scan: "SHARE UPDATE EXCLUSIVE, for as long as it runs; rows are read and written meanwhile"
      case .share: "SHARE, for as long as it runs; rows are read meanwhile"
      case .reference: "SHARE ROW EXCLUSIVE on both tables, briefly"
      case .long: "ACCESS EXCLUSIVE, for as long as it runs"
      case .file: "the file's write lock, for as long as it runs"
      }
    }
  }
}

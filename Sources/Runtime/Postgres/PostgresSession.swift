import Storage

/// What a session or a transaction must have set.
///
/// On a connection to the server itself, it is set once. Behind a pooler that gives each transaction another server
/// process (PgBouncer's transaction mode), a setting would stay behind for others, so each transaction sets its own, and
/// prepares its own statements. A pooler tells a process number of its own, which is how it is recognised.
struct PostgresSession {
  private var isReader = false
  private var preparesStatements: Bool?
  private(set) var isDirect = true

  init() {}

  init(_ url: PostgresURL, isReader: Bool) {
    self.isReader = isReader
    preparesStatements = url.preparesStatements
  }

  /// Whether what is prepared can be used by the next transaction.
  var keepsStatements: Bool { preparesStatements ?? isDirect }

  /// `statement_timeout` bounds what a slow statement can hold up, the other time limit a transaction whose owner hangs.
  /// A read that was cut off is sent again, so it must not be a write in disguise.
  private var settings: [(name: String, value: String)] {
    [("statement_timeout", "30s"), ("idle_in_transaction_session_timeout", "60s")]
  }

  /// What a new connection runs first.
  func script(serverProcess: Int32) -> String {
    let settings = settings + (isReader ? [("default_transaction_read_only", "on")] : [])
    let calls = settings.map { "set_config('\($0)', '\($1)', false)" }.joined(separator: " || ")
    // PgBouncer keeps the time zone for each of its clients.
    return """
      SET TimeZone = 'UTC';
      SELECT pg_backend_pid() = \(serverProcess), CASE WHEN pg_backend_pid() = \(serverProcess) THEN \(calls) END
      """
  }

  mutating func receive(_ result: PostgresResult) {
    if let isDirect = result.firstText { self.isDirect = isDirect == "t" }
  }

  /// The statements that a transaction begins with.
  func prelude(isInteractive: Bool) -> [String] {
    let begin = isInteractive ? ["BEGIN"] : []
    if isDirect { return begin }
    let settings = settings + (isReader ? [("transaction_read_only", "on")] : [])
    return begin + ["SELECT " + settings.map { "set_config('\($0)', '\($1)', true)" }.joined(separator: ", ")]
  }
}

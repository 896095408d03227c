public import Foundation

/// The cluster that `script/postgres` starts.
public struct PostgresCluster: Sendable {
  /// The URL of its superuser.
  public let url: URLComponents

  public static func fromEnvironment() throws -> PostgresCluster {
    guard let text = ProcessInfo.processInfo.environment["PARLEY_TEST_POSTGRES"], let url = URLComponents(string: text)
    else { throw Trouble("PARLEY_TEST_POSTGRES is not set. Run 'script/test', or 'script/postgres swift test'.") }
    return PostgresCluster(url: url)
  }

  public var port: Int { url.port ?? 5432 }

  /// The URL of another database of the cluster.
  public func url(ofDatabase name: String) -> String {
    var url = url
    url.path = "/" + name
    return url.string ?? ""
  }

  /// Runs a statement and returns what psql prints: rows as lines, columns parted by '|'.
  @discardableResult
  public func run(_ sql: String, database: String? = nil) async throws -> String {
    let target = database.map { url(ofDatabase: $0) } ?? url.string ?? ""
    let psql = try ChildProcess(
      "psql",
      ["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", "--command=\(sql)", target],
      environment: ProcessInfo.processInfo.environment)
    let end = try await psql.end()
    guard end == .exit(0) else { throw Trouble("psql: \(psql.output)") }
    return psql.output
  }
}

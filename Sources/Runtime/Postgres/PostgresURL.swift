import CLibpq
import Storage

/// What libpq is told about a connection: the parameters of a URL, and ours.
struct PostgresURL: Sendable, Hashable {
  /// libpq's keywords and values.
  let parameters: [String: String]
  /// Whether prepared statements can be used again by later transactions; nil: where there is no pooler in between.
  let preparesStatements: Bool?

  /// Reads the URLs of libpq (`postgresql://`, `postgres://`, several hosts and sockets included) and those of
  /// SQLAlchemy, whose driver suffix (`postgresql+asyncpg://`) and `ssl` option mean what libpq's `sslmode` does.
  /// `prepared_statement_cache_size` (SQLAlchemy) and `statement_cache_size` (asyncpg) say whether statements stay
  /// prepared: 0 for no, any other number for yes.
  init(_ url: String) throws(StorageError) {
    guard let end = url.firstRange(of: "://"),
      let scheme = url[..<end.lowerBound].split(separator: "+").first, scheme == "postgresql" || scheme == "postgres"
    else {
      throw StorageError(
        .configuration, "This is not a URL of PostgreSQL. Write postgresql://USER:PASSWORD@HOST:PORT/DATABASE.")
    }
    var message: UnsafeMutablePointer<CChar>?
    let (rest, cacheSize) = try Self.translatingOptions(url[end.upperBound...])
    preparesStatements = cacheSize.map { $0 > 0 }
    let plain = "postgresql://" + rest
    guard let options = PQconninfoParse(plain, &message) else {
      let reason = message.map { String(cString: $0) } ?? "out of memory"
      PQfreemem(message)
      // libpq's message may quote the part with the password.
      throw StorageError(.configuration, "libpq cannot read the database URL.", detail: reason)
    }
    defer { PQconninfoFree(options) }
    var parameters: [String: String] = [:]
    var option = options
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val { parameters[String(cString: keyword)] = String(cString: value) }
      option += 1
    }
    parameters["client_encoding"] = "UTF8"
    if parameters["application_name"] == nil { parameters["fallback_application_name"] = "parley" }
    // A network that is gone is noticed in a minute, not in the hours that TCP takes by default.
    for (name, value) in [("keepalives_idle", "20"), ("keepalives_interval", "10"), ("keepalives_count", "3")]
    where parameters[name] == nil {
      parameters[name] = value
    }
    self.parameters = parameters
  }

  /// `?ssl=require` is how asyncpg spells `?sslmode=require`; `true` asks for no more than `require`.
  private static func translatingOptions(_ rest: Substring) throws(StorageError) -> (String, cacheSize: Int?) {
    guard let mark = rest.firstIndex(of: "?") else { return (String(rest), nil) }
    var options: [Substring] = []
    var cacheSize: Int?
    for option in rest[rest.index(after: mark)...].split(separator: "&") {
      let parts = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let value = parts.count > 1 ? parts[1] : ""
      switch parts[0] {
      case "ssl": options.append("sslmode=\(value == "true" ? "require" : value == "false" ? "disable" : value)")
      case "prepared_statement_cache_size", "statement_cache_size":
        guard let size = Int(value), size >= 0 else {
          throw StorageError(.configuration, "\(parts[0]) in the database URL must be a number: 0 behind PgBouncer.")
        }
        cacheSize = size
      default: options.append(option)
      }
    }
    return (options.isEmpty ? String(rest[..<mark]) : "\(rest[..<mark])?\(options.joined(separator: "&"))", cacheSize)
  }
}

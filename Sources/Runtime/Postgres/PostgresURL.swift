import CLibpq
import Storage

/// What libpq is told about a connection: the parameters of a URL, and ours.
struct PostgresURL: Sendable, Hashable {
  /// libpq's keywords and values.
  let parameters: [String: String]
  /// How many hosts are tried in turn.
  let hostCount: Int

  /// Reads the URLs of libpq (`postgresql://`, `postgres://`, several hosts and sockets included) and those of
  /// SQLAlchemy, whose driver suffix (`postgresql+asyncpg://`) and `ssl` option mean what libpq's `sslmode` does.
  init(_ url: String) throws(StorageError) {
    guard let end = url.firstRange(of: "://"),
      let scheme = url[..<end.lowerBound].split(separator: "+").first, scheme == "postgresql" || scheme == "postgres"
    else {
      throw StorageError(
        .configuration, "This is not a URL of PostgreSQL. Write postgresql://USER:PASSWORD@HOST:PORT/DATABASE.")
    }
    var message: UnsafeMutablePointer<CChar>?
    let plain = "postgresql://" + Self.renamingSSL(url[end.upperBound...])
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
    let hosts = parameters["hostaddr"] ?? parameters["host"] ?? ""
    hostCount = max(1, hosts.split(separator: ",").count)
    // Who polls has no time limit for each host: one that swallows packets would use up the time of the others.
    if hostCount > 1, parameters["tcp_user_timeout"] == nil { parameters["tcp_user_timeout"] = "8000" }
    self.parameters = parameters
  }

  /// `?ssl=require` is how asyncpg spells `?sslmode=require`; `true` asks for no more than `require`.
  private static func renamingSSL(_ rest: Substring) -> String {
    guard let mark = rest.firstIndex(of: "?") else { return String(rest) }
    let options = rest[rest.index(after: mark)...].split(separator: "&").map { option -> String in
      guard option.hasPrefix("ssl=") else { return String(option) }
      let value = option.dropFirst(4)
      return "sslmode=\(value == "true" ? "require" : value == "false" ? "disable" : value)"
    }
    return "\(rest[..<mark])?\(options.joined(separator: "&"))"
  }
}

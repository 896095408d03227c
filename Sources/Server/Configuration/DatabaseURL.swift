/// Which database `DATABASE_URL` names, as SQLAlchemy writes it, its driver included.
struct DatabaseURL {
  enum Engine {
    case sqlite
    case postgres
  }

  let engine: Engine
  /// As it was configured, password and driver included: for the engine, never for people.
  let text: String

  /// - Throws: `ConfigurationError` for a scheme that is none of ours.
  init(_ text: String) throws(ConfigurationError) {
    self.text = text
    let scheme = text.prefix { $0 != ":" }
    switch scheme.prefix(while: { $0 != "+" }) {
    case "sqlite": engine = .sqlite
    case "postgresql", "postgres": engine = .postgres
    default:
      // What has no scheme may be a password; it is not repeated.
      let known = "write sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE"
      guard scheme.endIndex < text.endIndex else {
        throw ConfigurationError(.databaseURL, "the value is not a URL; \(known)")
      }
      throw ConfigurationError(.databaseURL, String(scheme), "is not a database that Parley knows; \(known)")
    }
  }

  /// The database for people: `SQLite parley.db`, `PostgreSQL chatbot on localhost`. No password, no options.
  var summary: String {
    let rest = text.drop { $0 != ":" }.drop { $0 == ":" }
    switch engine {
    case .sqlite:
      let file = rest.dropFirst(3)
      return file.isEmpty || file == ":memory:" ? "SQLite in memory" : "SQLite \(file)"
    case .postgres:
      let whole = rest.dropFirst(2)
      // libpq takes a question mark before the @ for a part of the password.
      let credentials = whole.prefix { $0 != "/" }.lastIndex(of: "@")
      let address = whole[(credentials.map(whole.index(after:)) ?? whole.startIndex)...].prefix { $0 != "?" }
      let parts = address.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
      let host = parts.first.map { $0.isEmpty ? "the local socket" : String($0) } ?? "the local socket"
      let name = parts.count > 1 && !parts[1].isEmpty ? "\(parts[1]) " : ""
      return "PostgreSQL \(name)on \(host)"
    }
  }
}

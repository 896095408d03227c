import Storage

/// Where a database URL says the database is.
enum SQLiteLocation: Sendable, Hashable {
  case file(String)
  /// In memory, gone when it is closed.
  case memory

  /// Reads the forms of SQLAlchemy: `sqlite:///relative.db`, `sqlite:////absolute.db`, `sqlite:///:memory:`, with or
  /// without a driver (`sqlite+aiosqlite:`), which means nothing here.
  init(url: String) throws(StorageError) {
    let form = "Write sqlite:///FILE (relative), sqlite:////DIRECTORY/FILE (absolute) or sqlite:///:memory:."
    guard let colon = url.firstIndex(of: ":"), url[..<colon].split(separator: "+").first == "sqlite" else {
      throw StorageError(.configuration, "This is not a URL of SQLite. \(form)")
    }
    let rest = url[url.index(after: colon)...]
    guard rest.hasPrefix("//") else {
      throw StorageError(.configuration, "The SQLite URL lacks slashes behind the colon. \(form)")
    }
    let path = rest.dropFirst(2)
    if path.isEmpty || path == "/" || path == "/:memory:" {
      self = .memory
      return
    }
    guard path.hasPrefix("/") else {
      throw StorageError(.configuration, "The SQLite URL names a host; the database is a file. \(form)")
    }
    guard !path.contains("?") && !path.contains("\0") else {
      throw StorageError(.configuration, "The SQLite URL has options behind a question mark, and takes none. \(form)")
    }
    self = .file(String(path.dropFirst()))
  }

  var path: String {
    switch self {
    case .file(let path): path
    case .memory: ":memory:"
    }
  }
}

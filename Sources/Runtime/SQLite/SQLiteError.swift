import CSQLite
import Storage

extension StorageError {
  /// - Parameters:
  ///   - code: the extended result code.
  ///   - uniqueIndex: the name of the unique index of a table on columns.
  init(sqlite code: Int32, message: String, uniqueIndex: (_ table: String, _ columns: [String]) -> String?) {
    // Messages of violated constraints end in what they are about, in the same words since 2013:
    // "UNIQUE constraint failed: users.email", "UNIQUE constraint failed: index 'users_username_key'".
    let subject = message.firstRange(of: "constraint failed: ").map { String(message[$0.upperBound...]) }
    switch code {
    case constraintUnique, constraintPrimaryKey, constraintRowID:
      self.init(.uniqueViolation, "A row with this key exists already.", detail: message)
      if let subject, let quote = subject.firstIndex(of: "'"), subject.hasPrefix("index ") {
        constraint = String(subject[subject.index(after: quote)...].dropLast())
      } else if let subject {
        let columns = subject.split(separator: ",").map { $0.drop { $0 == " " }.split(separator: ".") }
        table = columns.first?.first.map(String.init)
        if let table {
          let index = uniqueIndex(table, columns.map { $0.last.map(String.init) ?? "" })
          // An index that SQLite made itself belongs to the primary key.
          constraint = index.flatMap { $0.hasPrefix("sqlite_autoindex_") ? nil : $0 } ?? "\(table)_pkey"
        }
      }
    case constraintForeignKey,
      // ON DELETE RESTRICT is a trigger to SQLite.
      constraintTrigger where message == "FOREIGN KEY constraint failed":
      self.init(
        .foreignKeyViolation, "The row refers to one that does not exist, or is referred to.", detail: message)
    case constraintCheck:
      self.init(.checkViolation, "A value violates a constraint.", constraint: subject, detail: message)
    case constraintNotNull:
      let names = subject?.split(separator: ".").map(String.init) ?? []
      self.init(
        .notNullViolation, "A required value is missing.", table: names.first, column: names.last, detail: message)
    case constraintDataType:
      self.init(.invalidValue, "A value is of the wrong type for its column.", detail: message)
    default:
      self.init(primary: code & 0xFF, code: code, message: message)
    }
  }

  private init(primary: Int32, code: Int32, message: String) {
    switch primary {
    case SQLITE_BUSY, SQLITE_LOCKED:
      self.init(.timeout, "Another process kept the database locked for too long.", detail: message)
    case SQLITE_INTERRUPT:
      self.init(.timeout, "The statement took longer than it may.", detail: message)
    case SQLITE_FULL:
      self.init(.unavailable, "There is no space left for the database.", detail: message)
    case SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_READONLY:
      self.init(.unavailable, "The database file cannot be read or written: \(message).", detail: message)
    // A sum, or abs(): SQLite has no code of its own for it.
    case SQLITE_ERROR where message == "integer overflow":
      self.init(.invalidValue, "A number is too large for the statement.", detail: message)
    case SQLITE_TOOBIG, SQLITE_MISMATCH, SQLITE_RANGE:
      self.init(.invalidValue, "A value is too large or of the wrong type for its column.", detail: message)
    default:
      self.init(.sqlite(code), "SQLite refused the statement (code \(code)): \(message).", detail: message)
    }
  }
}

// SQLite builds its extended codes with shifts in macros, which Swift does not import.
private let constraintCheck = SQLITE_CONSTRAINT | 1 << 8
private let constraintForeignKey = SQLITE_CONSTRAINT | 3 << 8
private let constraintNotNull = SQLITE_CONSTRAINT | 5 << 8
private let constraintPrimaryKey = SQLITE_CONSTRAINT | 6 << 8
private let constraintTrigger = SQLITE_CONSTRAINT | 7 << 8
private let constraintUnique = SQLITE_CONSTRAINT | 8 << 8
private let constraintRowID = SQLITE_CONSTRAINT | 10 << 8
private let constraintDataType = SQLITE_CONSTRAINT | 12 << 8

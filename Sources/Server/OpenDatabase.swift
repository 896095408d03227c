import Postgres
import SQLite
import Storage

/// Opens the database that `DATABASE_URL` names.
func openDatabase(_ configuration: Configuration) async throws(StorageError) -> any Database {
  switch configuration.database.engine {
  case .sqlite: try await SQLiteDatabase.open(url: configuration.database.text)
  case .postgres:
    if let poolSize = configuration.dbPoolSize {
      try await PostgresDatabase.open(url: configuration.database.text, poolSize: poolSize)
    } else {
      try await PostgresDatabase.open(url: configuration.database.text)
    }
  }
}

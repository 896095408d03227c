import Postgres
import SQLite
import Storage

/// Opens the database that `DATABASE_URL` names.
func openDatabase(_ configuration: Configuration) async throws(ConfigurationError) -> any Database {
  let url = configuration.database.text
  do {
    switch configuration.database.engine {
    case .sqlite: return try await SQLiteDatabase.open(url: url)
    case .postgres:
      guard let poolSize = configuration.dbPoolSize else { return try await PostgresDatabase.open(url: url) }
      return try await PostgresDatabase.open(url: url, poolSize: poolSize)
    }
  } catch {
    throw ConfigurationError(.databaseURL, error.description)
  }
}

import Glibc
import Postgres
import SQLite
import Storage

/// `migrator URL VERSION`: migrates a database to one of the two versions, so that a test can kill it on the way.
@main enum Migrator {
  static func main() async {
    let arguments = CommandLine.arguments.dropFirst()
    guard arguments.count == 2, let url = arguments.first, let version = arguments.last.flatMap(Version.init) else {
      print("Usage: migrator URL before|after")
      exit(64)
    }
    do {
      let database: any Database =
        url.hasPrefix("sqlite") ? try await SQLiteDatabase.open(url: url) : try await PostgresDatabase.open(url: url)
      let done = try await migrate(database, to: version)
      print("migrator: \(done.steps.count) steps")
      await database.close()
    } catch {
      print("migrator: \((error as? StorageError)?.debugDescription ?? "\(error)")")
      exit(1)
    }
  }

  /// With everything allowed that the way back takes, such as dropping the table that is new in `after`.
  package static func migrate(_ database: any Database, to version: Version) async throws -> Migration {
    let plan = try await Migration.plan(version.tables, for: database)
    let lossy = plan.steps.filter { $0.loss != nil }.map(\.name)
    return try await Migration.apply(
      version.tables, to: database, Migration.Options(scope: .all, allowing: Set(lossy)))
  }
}

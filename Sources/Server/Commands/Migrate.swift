import ArgumentParser
import Generated
import Storage

/// `parley migrate`
struct Migrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Bring the database to what api.yaml says; serve does the same at its start.")

  @OptionGroup var settings: SettingsOptions
  @Flag(help: "Only print the steps.")
  var plan = false

  func run() async throws {
    try await reporting {
      let configuration = try settings.configuration()
      let database = try await openDatabase(configuration)
      do {
        try await migrate(database)
      } catch {
        await database.close()
        throw error
      }
      await database.close()
    }
  }

  private func migrate(_ database: any Database) async throws {
    let tables = DatabaseSchema.tables
    let migration =
      plan
      ? try await Migration.plan(tables, for: database) : try await Migration.apply(tables, to: database)
    if migration.steps.isEmpty { say("The database is up to date.") }
    for step in migration.steps { say(plan ? "-- \(step.description)\n\(step.sql);" : step.description) }
  }
}

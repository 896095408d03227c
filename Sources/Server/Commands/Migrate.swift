import ArgumentParser
import FoundationEssentials
import Generated
import Storage

/// `parley migrate`
struct Migrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Bring the database to what api.yaml says.",
    discussion: """
      serve does what only adds at its start. What could lose data is refused here too, until it is named with --allow.
      """)

  @OptionGroup var settings: SettingsOptions
  @Flag(help: "Only print the steps: their SQL, the lock each takes, and what it could lose.")
  var plan = false
  @Option(help: "The name of a step that may lose data, as --plan prints it; can be repeated.")
  var allow: [String] = []

  @Flag(help: "Take over the tables of another program: rename them, and copy the rows that fit into new ones.")
  var adopt = false

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
    if plan {
      say(try await Migration.plan(tables, for: database).report)
      return
    }
    let options = Migration.Options(
      scope: .all, allowing: Set(allow), adoption: adopt ? .fastAPI : nil, author: Migration.operatingSystemUser,
      source: Documents.digest)
    let done = try await Migration.apply(tables, to: database, options).steps
    for step in done { say(step.description) }
    for name in allow where !done.contains(where: { $0.name == name }) {
      say("No step of this migration is called \(name), so --allow \(name) changed nothing.")
    }
    say(done.isEmpty ? "The database is up to date." : "Done: \(done.count == 1 ? "1 step" : "\(done.count) steps").")
  }
}

extension Migration {
  /// `ada@laptop`
  static var operatingSystemUser: String {
    let process = ProcessInfo.processInfo
    return "\(process.userName)@\(process.hostName)"
  }
}

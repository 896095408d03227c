import AIClient
import ArgumentParser
import Generated
import Storage

/// `parley check`
struct Check: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say whether configuration, database and model work; exits with 1 when one does not.")

  @OptionGroup var settings: SettingsOptions

  func run() async throws {
    let configuration: Configuration
    do {
      configuration = try settings.configuration()
      say("configuration: ok")
    } catch {
      say("configuration: failed: \(error)")
      throw ExitCode(1)
    }
    // Both, whatever the first one says.
    let results = [await checkDatabase(configuration), await checkModel(configuration)]
    if results.contains(false) { throw ExitCode(1) }
  }

  private func checkDatabase(_ configuration: Configuration) async -> Bool {
    do {
      let database = try await openDatabase(configuration)
      let plan: Result<Migration, any Error>
      do {
        plan = .success(try await Migration.plan(DatabaseSchema.tables, for: database))
      } catch {
        plan = .failure(error)
      }
      await database.close()
      let state = try plan.get().summary
      say("database: ok (\(configuration.database.summary), \(state))")
      return true
    } catch {
      say("database: failed (\(configuration.database.summary)): \(error)")
      return false
    }
  }

  private func checkModel(_ configuration: Configuration) async -> Bool {
    do {
      try await chatModel(configuration.ai).probe()
      say("model: ok (\(configuration.ai))")
      return true
    } catch {
      say("model: failed (\(configuration.ai)): \(error) Check AI_MODEL_ENDPOINT.")
      return false
    }
  }
}

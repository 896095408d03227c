public import AIClient
public import Generated
public import Storage
import Values

/// Tells operators the truth.
public struct HealthHandlers: HealthAPI {
  let database: any Database
  let model: any ChatModel
  let ambient: Ambient

  public init(database: any Database, model: any ChatModel, ambient: Ambient = Ambient()) {
    self.database = database
    self.model = model
    self.ambient = ambient
  }

  /// How long after the end of its lease a turn is settled, or stuck.
  private static let grace = Duration.seconds(60)

  public func getLiveness(_ input: GetLiveness.Input) async throws -> GetLiveness.Output {
    .ok(Liveness(status: "live"))
  }

  public func getReadiness(_ input: GetReadiness.Input) async throws -> GetReadiness.Output {
    let stuck: Int
    do {
      // Both statements are one transaction that writes: a database that only answers reads is not ready.
      let (_, count) = try await database.run(
        Queries.settleTokens(userID: ambient.newID(), month: .init(ambient.now()), tokens: 0, reserved: 0),
        Queries.countStaleTurns(before: ambient.now() - HealthHandlers.grace))
      stuck = count?.turns ?? 0
    } catch {
      return .problem(.notReady, detail: "The database does not take writes: \(error)")
    }
    do {
      try await model.probe()
    } catch {
      return .problem(.notReady, detail: "The model does not answer: \(error)")
    }
    return .ok(
      Readiness(
        status: "ready", database: database.engine.rawValue, model: model.models.first ?? "", stuckTurns: stuck))
  }
}

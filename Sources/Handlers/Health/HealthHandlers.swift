public import AIClient
public import Generated
public import Storage
import Values

/// Tells operators the truth.
public struct HealthHandlers: HealthAPI {
  let database: any Database
  let model: any ChatModel
  let turnLimit: Duration
  let ambient: Ambient

  /// - Parameter turnLimit: The time after which an open turn cannot be running any more.
  public init(database: any Database, model: any ChatModel, turnLimit: Duration, ambient: Ambient = Ambient()) {
    self.database = database
    self.model = model
    self.turnLimit = turnLimit
    self.ambient = ambient
  }

  public func getLiveness(_ input: GetLiveness.Input) async throws -> GetLiveness.Output {
    .ok(Liveness(status: "live"))
  }

  public func getReadiness(_ input: GetReadiness.Input) async throws -> GetReadiness.Output {
    let stuck: Int
    do {
      // Both statements are one transaction that writes: a database that only answers reads is not ready.
      let (_, count) = try await database.run(
        Queries.interruptStaleTurns(before: .earliest),
        Queries.countStaleTurns(before: ambient.now() - turnLimit))
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

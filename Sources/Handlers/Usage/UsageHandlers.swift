public import Generated
public import HTTP
import JSON
public import Storage
import Values

/// What was spent: sums over the ledger.
public struct UsageHandlers: UsageAPI {
  let database: any Database
  let allowance: MonthlyAllowance

  public init(database: any Database, allowance: MonthlyAllowance) {
    self.database = database
    self.allowance = allowance
  }

  public func getUsage(_ input: GetUsage.Input, as principal: Principal) async throws -> GetUsage.Output {
    if let from = input.from, let to = input.to, to < from {
      throw Problem.validationFailed([
        Fault(location: .query, pointer: "/to", code: "range", detail: "must not be before from")
      ])
    }
    let start = input.from?.start ?? .earliest
    let end = input.to.map { min($0.start + .seconds(24 * 60 * 60), .latest) } ?? .latest
    let (totals, thisMonth) = try await database.run(
      Queries.usageTotals(userID: principal.userID, start: start, end: end),
      allowance.spent(by: principal.userID))
    let spent = thisMonth?.tokens ?? 0
    return .ok(
      UsageReport(
        from: input.from, to: input.to, totals: totals.map(UsageTotals.init) ?? UsageTotals.nothing,
        buckets: try await buckets(of: principal, by: input.groupBy, from: start, to: end), limit: allowance.limit,
        remaining: allowance.limit.map { max(0, $0 - spent) }))
  }

  private func buckets(
    of principal: Principal, by grouping: UsageGrouping?, from start: Timestamp, to end: Timestamp
  ) async throws -> [UsageBucket] {
    switch grouping {
    case nil:
      []
    case .day:
      try await database.run(Queries.usageByDay(userID: principal.userID, start: start, end: end)).map {
        UsageBucket($0.key, $0.promptTokens, $0.completionTokens, $0.turns, $0.costMicros)
      }
    case .model:
      try await database.run(Queries.usageByModel(userID: principal.userID, start: start, end: end)).map {
        UsageBucket($0.key, $0.promptTokens, $0.completionTokens, $0.turns, $0.costMicros)
      }
    case .conversation:
      try await database.run(Queries.usageByConversation(userID: principal.userID, start: start, end: end)).map {
        UsageBucket($0.key, $0.promptTokens, $0.completionTokens, $0.turns, $0.costMicros)
      }
    }
  }
}

/// Millionths of the currency make one of it.
private let micros = 1_000_000.0

extension UsageTotals {
  fileprivate static let nothing = UsageTotals(
    promptTokens: 0, completionTokens: 0, totalTokens: 0, turns: 0, cost: 0)

  fileprivate init(_ row: UsageTotalsRow) {
    self.init(
      promptTokens: row.promptTokens, completionTokens: row.completionTokens,
      totalTokens: row.tokens, turns: row.turns, cost: Double(row.costMicros) / micros)
  }
}

extension UsageBucket {
  fileprivate init(_ key: String, _ promptTokens: Int, _ completionTokens: Int, _ turns: Int, _ costMicros: Int) {
    self.init(
      key: key, promptTokens: promptTokens, completionTokens: completionTokens,
      totalTokens: promptTokens + completionTokens, turns: turns, cost: Double(costMicros) / micros)
  }
}

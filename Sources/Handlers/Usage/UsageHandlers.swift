public import Generated
public import HTTP
import JSON
import Storage
import Values

/// What was spent: sums over the ledger.
public struct UsageHandlers: UsageAPI {
  let database: SecuredDatabase
  let allowance: MonthlyAllowance

  public init(database: SecuredDatabase, allowance: MonthlyAllowance) {
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
    let totals = Queries.usageTotals(userID: principal.userID, start: start, end: end)
    let thisMonth = allowance.spent(by: principal.userID)
    let all: UsageTotalsRow?
    let spent: UsageTotalsRow?
    var groups: [UsageBucket] = []
    if let buckets = buckets(of: principal, by: input.groupBy, from: start, to: end) {
      (all, spent, groups) = try await database.run(for: principal, totals, thisMonth, buckets)
    } else {
      (all, spent) = try await database.run(for: principal, totals, thisMonth)
    }
    return .ok(
      UsageReport(
        from: input.from, to: input.to, totals: all.map(UsageTotals.init) ?? UsageTotals.nothing, buckets: groups,
        limit: allowance.limit, remaining: allowance.limit.map { max(0, $0 - (spent?.tokens ?? 0)) }))
  }

  /// nil: no groups.
  private func buckets(
    of principal: Principal, by grouping: UsageGrouping?, from start: Timestamp, to end: Timestamp
  ) -> Query<[UsageBucket]>? {
    switch grouping {
    case nil:
      nil
    case .day:
      Queries.usageByDay(userID: principal.userID, start: start, end: end).map { rows in
        rows.map { UsageBucket($0.key, $0.promptTokens, $0.completionTokens, $0.turns, $0.costMicros) }
      }
    case .model:
      Queries.usageByModel(userID: principal.userID, start: start, end: end).map { rows in
        rows.map { UsageBucket($0.key, $0.promptTokens, $0.completionTokens, $0.turns, $0.costMicros) }
      }
    case .conversation:
      Queries.usageByConversation(userID: principal.userID, start: start, end: end).map { rows in
        rows.map { UsageBucket($0.key, $0.promptTokens, $0.completionTokens, $0.turns, $0.costMicros) }
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

import Generated
import HTTP
import Storage
import Values

import struct FoundationEssentials.UUID

/// How many tokens a user may spend in a calendar month (UTC).
///
/// A turn reserves what it may cost before it begins, or what is left, and gives back what it did not spend; so turns
/// beside one another, on whatever instances, do not spend the same tokens. What a prompt costs nobody knows before it
/// is counted: the turn that takes the last tokens may go beyond the limit by its prompt.
public struct MonthlyAllowance: Sendable {
  let database: SecuredDatabase
  /// nil: no limit.
  let limit: Int?
  let ambient: Ambient

  /// - Parameter limit: Tokens a month; nil for no limit.
  public init(database: SecuredDatabase, limit: Int?, ambient: Ambient = Ambient()) {
    self.database = database
    self.limit = limit
    self.ambient = ambient
  }

  /// What a transaction does that opens a turn, whose row is there.
  ///
  /// - Parameter tokens: what the turn may cost.
  func reserving(_ tokens: Int, for messageID: UUID, of userID: UUID, at moment: Timestamp) -> [Query<Void>] {
    guard let limit else { return [] }
    let month = Month(of: moment)
    return [
      Queries.openBudget(userID: userID, month: month.first, start: month.start, end: month.next).map { _ in },
      Queries.reserveTokens(userID: userID, month: month.first, allowance: limit, wanted: tokens).map { _ in },
      isLeft(to: userID, at: moment).query,
      Queries.takeReservation(userID: userID, messageID: messageID, month: month.first).map { _ in },
    ]
  }

  /// What does not hold for a user whose month is spent.
  func isLeft(to userID: UUID, at moment: Timestamp) -> Requirement {
    Queries.grantedTokens(userID: userID, month: Month(of: moment).first)
  }

  /// The problem `monthly-limit-reached`, with the time until there may be tokens again.
  func refusal(for principal: Principal) async throws -> Problem {
    let now = ambient.now()
    let month = Month(of: now)
    let spent = try await database.run(for: principal, spent(by: principal.userID))
    let seconds = Int((month.next - now).components.seconds)
    let isSpent = (spent?.tokens ?? 0) >= limit ?? .max
    var problem = Problem.tooManyRequests(retryAfter: isSpent ? seconds + 1 : 5)
    problem.code = "monthly-limit-reached"
    problem.title = "Monthly limit reached"
    problem.detail =
      isSpent
      ? "You spent your \(limit ?? 0) tokens of this month; the next month begins in \(seconds / 3600) h."
      : "Your running turns may need what is left of your \(limit ?? 0) tokens of this month; wait for them to end."
    return problem
  }

  func spent(by userID: UUID) -> Query<UsageTotalsRow?> {
    let month = Month(of: ambient.now())
    return Queries.usageTotals(userID: userID, start: month.start, end: month.next)
  }
}

extension UsageTotalsRow {
  var tokens: Int { promptTokens + completionTokens }
}

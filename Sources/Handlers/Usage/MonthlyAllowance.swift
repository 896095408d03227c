import Generated
import HTTP
import Storage
import Values

import struct FoundationEssentials.UUID

/// How many tokens a user may spend in a calendar month (UTC).
///
/// A turn reserves the model's window before it begins, or what is left, and gives back what it did not spend; so turns
/// beside one another, on whatever instances, do not spend the same tokens. With what is left it is told less of the
/// conversation, and is refused when not even its message fits. What a prompt costs nobody knows before the provider
/// counts it: the turn that takes the last tokens may go beyond the limit by its system prompt, by what the estimate is
/// wrong, and by what its attempts cost that failed.
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
  /// - Parameters:
  ///   - tokens: what the turn may cost.
  ///   - message: what its message alone costs.
  func reserving(
    _ tokens: Int, message: Int, for messageID: UUID, of userID: UUID, at moment: Timestamp
  ) -> [Query<Void>] {
    guard let limit else { return [] }
    let month = Month(of: moment)
    return [
      Queries.openBudget(userID: userID, month: month.first, start: month.start, end: month.next).map { _ in },
      Queries.reserveTokens(
        userID: userID, month: month.first, allowance: limit, wanted: max(tokens, message + 1)
      ).map { _ in },
      isLeft(to: userID, at: moment, message: message).query,
      Queries.takeReservation(userID: userID, messageID: messageID, month: month.first).map { _ in },
    ]
  }

  /// What does not hold for a user to whom less is left than a message takes.
  func isLeft(to userID: UUID, at moment: Timestamp, message: Int = 0) -> Requirement {
    Queries.grantedTokens(userID: userID, month: Month(of: moment).first, messageTokens: message)
  }

  /// The problem `monthly-limit-reached`, with the time until there may be tokens again.
  func refusal(for principal: Principal) async throws -> Problem {
    let now = ambient.now()
    let month = Month(of: now)
    let (spent, budget) = try await database.run(
      for: principal, spent(by: principal.userID),
      TokenBudgetsTable.find(userID: principal.userID, month: month.first))
    let seconds = Int((month.next - now).components.seconds)
    let limit = limit ?? .max
    let left = max(0, limit - (spent?.tokens ?? 0))
    let mayComeBack = left > 0 && (budget?.reserved ?? 0) > 0
    var problem = Problem.tooManyRequests(retryAfter: mayComeBack ? 5 : seconds + 1)
    problem.code = "monthly-limit-reached"
    problem.title = "Monthly limit reached"
    problem.detail =
      if mayComeBack {
        "Your running turns may need what is left of your \(limit) tokens of this month; wait for them to end."
      } else if left > 0 {
        "This message takes more than the \(left) that are left of your \(limit) tokens of this month; the next month "
          + "begins in \(seconds / 3600) h."
      } else {
        "You spent your \(limit) tokens of this month; the next month begins in \(seconds / 3600) h."
      }
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

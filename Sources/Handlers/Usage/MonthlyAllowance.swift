import Generated
import HTTP
import Storage
import Values

import struct FoundationEssentials.UUID

/// How many tokens a user may spend in a calendar month (UTC).
///
/// It is looked at before a turn begins: the turn that reaches the limit is finished, and so are those beside it.
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

  /// The problem `monthly-limit-reached`, with the time until the next month, for a user who spent it all.
  func refusal(for principal: Principal) async throws -> Problem? {
    guard let limit else { return nil }
    let month = Month(of: ambient.now())
    let sums = try await database.run(for: principal, spent(by: principal.userID, in: month))
    let spent = sums?.tokens ?? 0
    guard spent >= limit else { return nil }
    let seconds = (month.next - ambient.now()).components.seconds
    var problem = Problem.tooManyRequests(retryAfter: Int(seconds) + 1)
    problem.code = "monthly-limit-reached"
    problem.title = "Monthly limit reached"
    problem.detail = "You spent your \(limit) tokens of this month; the next month begins in \(seconds / 3600) h."
    return problem
  }

  func spent(by userID: UUID) -> Query<UsageTotalsRow?> {
    spent(by: userID, in: Month(of: ambient.now()))
  }

  private func spent(by userID: UUID, in month: Month) -> Query<UsageTotalsRow?> {
    Queries.usageTotals(userID: userID, start: month.start, end: month.next)
  }
}

extension UsageTotalsRow {
  var tokens: Int { promptTokens + completionTokens }
}

/// A calendar month in UTC.
private struct Month {
  let start: Timestamp
  /// The start of the month after it.
  let next: Timestamp

  init(of moment: Timestamp) {
    let today = CalendarDate(moment)
    start = today.start - .seconds((today.day - 1) * 24 * 60 * 60)
    // No month has more than 31 days, and none ends before the fourth day of 31.
    let beyond = CalendarDate(start + .seconds(31 * 24 * 60 * 60))
    next = beyond.start - .seconds((beyond.day - 1) * 24 * 60 * 60)
  }
}

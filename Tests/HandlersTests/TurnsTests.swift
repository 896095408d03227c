import AIClient
import Generated
import HTTP
import Logging
import SQLite
import Storage
import Testing
import Values

import struct FoundationEssentials.UUID

@testable import Handlers

@Suite("Saving an answer")
struct TurnsTests {
  let session = UUID.v7()
  let user = User(id: .v7(), username: "ada", email: nil, createdAt: .now)

  /// Turns on a database in memory that fails as told at each try to save an answer.
  func turns(_ faults: [FaultyDatabase.Fault]) async throws -> (Turns, FaultyDatabase) {
    let database = try await SQLiteDatabase.open(url: "sqlite://")
    try await Migration.apply(DatabaseSchema.tables, to: database)
    try await database.run(UsersTable.insert(UsersRow(user, passwordHash: "")))
    try await database.run(
      SessionsTable.insert(
        SessionsRow(
          userID: user.id, id: session, refreshDigest: "", refreshedAt: .now, createdAt: .now,
          expiresAt: .now + .seconds(60))))
    let faulty = FaultyDatabase(database, statement: TokenUsageTable.Statements.insert, faults: faults)
    let turns = Turns(
      database: faulty, model: OfflineModel(),
      allowance: MonthlyAllowance(database: SecuredDatabase(faulty), limit: nil),
      log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    return (turns, faulty)
  }

  func draft() -> Draft {
    Draft(
      principal: Principal(userID: user.id, sessionID: session), conversationID: nil, content: "Hello", attachments: [],
      idempotencyKey: "one")
  }

  @Test(
    "is tried again while the database is away or does not tell whether it saved, and counts once",
    arguments: [
      [.before(.unavailable)], [.before(.poolExhausted)], [.before(.outcomeUnknown)], [.after(.outcomeUnknown)],
      [.before(.unavailable), .after(.outcomeUnknown)],
    ] as [[FaultyDatabase.Fault]])
  func triesAgain(faults: [FaultyDatabase.Fault]) async throws {
    let (turns, database) = try await turns(faults)
    guard case .finished(let turn) = try await turns.take(draft()) else {
      Issue.record("not finished")
      return
    }
    #expect(database.faults.isEmpty)
    let answer = try await database.run(MessagesTable.find(userID: user.id, id: turn.message.id))
    #expect(answer?.message == turn.message && answer?.status == .complete)
    let charges = try await database.run(
      TokenUsageTable.byMessage(userID: user.id, messageID: turn.message.id, after: nil, limit: 10))
    #expect(charges.map(\.completionTokens) == [turn.usage.completionTokens])
  }

  @Test("is not tried again where another try would fail as well")
  func givesUp() async throws {
    let (turns, database) = try await turns([.before(.invalidValue), .before(.invalidValue)])
    let error = await #expect(throws: StorageError.self) { _ = try await turns.take(draft()) }
    #expect(error?.code == .invalidValue)
    #expect(database.faults.count == 1)
  }
}

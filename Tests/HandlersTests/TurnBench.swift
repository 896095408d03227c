import AIClient
import Generated
import HTTP
import Logging
import Postgres
import SQLite
import Security
import Storage
import Synchronization
import Testing
import Values

import struct FoundationEssentials.UUID
import enum TestSupport.Engine
import class TestSupport.TemporaryFolder
import struct TestSupport.TestDatabase

@testable import Handlers

/// A user, a model that says what the test says, and instances that share a database.
struct TurnBench: Sendable {
  typealias Engine = TestSupport.Engine

  let database: FaultyDatabase
  let model: ScriptedModel
  let principal: Principal
  let clock: TestClock
  let limits: TurnLimits
  let monthlyTokens: Int?

  /// - Parameter faults: of the transactions that settle a turn.
  static func with(
    _ engine: Engine, monthlyTokens: Int? = nil, faults: [FaultyDatabase.Fault] = [],
    _ body: (TurnBench) async throws -> Void
  ) async throws {
    let folder = try TemporaryFolder()
    let test = try await TestDatabase(engine, in: folder)
    let real: any Database =
      switch engine {
      case .sqlite: try await SQLiteDatabase.open(url: test.url)
      case .postgres: try await PostgresDatabase.open(url: test.url, poolSize: 6)
      }
    let database = FaultyDatabase(real, statement: TokenUsageTable.Statements.insert, faults: faults)
    let result: Result<Void, any Error>
    do {
      try await Migration.apply(DatabaseSchema.tables, to: database)
      var limits = TurnLimits()
      (limits.checkpoint, limits.heartbeat) = (.milliseconds(20), .milliseconds(20))
      (limits.tick, limits.poll) = (.milliseconds(5), .milliseconds(10))
      let bench = TurnBench(
        database: database, model: ScriptedModel(), principal: Principal(userID: .v7(), sessionID: .v7()),
        clock: TestClock(), limits: limits, monthlyTokens: monthlyTokens)
      try await bench.addUser()
      result = .success(try await body(bench))
    } catch {
      result = .failure(error)
    }
    await database.close()
    try await test.drop()
    try result.get()
  }

  private func addUser() async throws {
    let user = User(id: principal.userID, username: "ada", email: nil, createdAt: clock.now)
    _ = try await database.run(
      UsersTable.insert(UsersRow(user, passwordHash: "")),
      SessionsTable.insert(
        SessionsRow(
          userID: user.id, id: principal.sessionID, refreshDigest: "", refreshedAt: clock.now, createdAt: clock.now,
          expiresAt: clock.now + .seconds(100_000))))
  }

  var ambient: Ambient { Ambient(now: { [clock] in clock.now }) }

  /// One of the instances.
  func instance() -> Turns {
    Turns(
      database: database, model: model,
      allowance: MonthlyAllowance(
        database: SecuredDatabase(database, ambient: ambient), limit: monthlyTokens, ambient: ambient),
      limits: limits, ambient: ambient, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  func handlers(_ turns: Turns) -> ChatHandlers {
    ChatHandlers(database: SecuredDatabase(database, ambient: ambient), model: model, turns: turns, ambient: ambient)
  }

  func usersHandlers(_ turns: Turns) -> UsersHandlers {
    UsersHandlers(
      database: SecuredDatabase(database, ambient: ambient), hasher: TurnBench.hasher, turns: turns, model: model,
      ambient: ambient)
  }

  private static let hasher = PasswordHasher(cost: PasswordHasher.costs.lowerBound)

  func setPassword(_ password: String) async throws {
    let hash = try await TurnBench.hasher.hash(password)
    _ = try await database.run(UsersTable.update(id: principal.userID, UsersChanges(passwordHash: hash)))
  }

  func draft(_ content: String = "Hello", in conversation: UUID? = nil, key: String? = nil) -> Draft {
    Draft(
      principal: principal, place: conversation.map { .end(of: $0) } ?? .newConversation, content: content,
      idempotencyKey: key)
  }

  /// A turn that was begun or found.
  func turn(_ outcome: Turns.Outcome) throws -> (question: Message, source: any TurnSource) {
    guard case .taken(let question, let source) = outcome else { throw Unexpected(outcome: "\(outcome)") }
    return (question, source)
  }

  /// Takes a turn on an instance, whose model answers at once.
  func answered(_ draft: Draft, by turns: Turns, _ text: String = "Hi") async throws -> (Message, SettledTurn) {
    let (question, source) = try turn(try await turns.take(draft))
    let call = await model.call()
    call.say(text)
    call.finish()
    return (question, try await source.settled())
  }

  func ledger(of messageID: UUID) async throws -> [TokenUsageRow] {
    try await database.run(
      TokenUsageTable.byMessage(userID: principal.userID, messageID: messageID, after: nil, limit: 10))
  }

  func message(_ id: UUID) async throws -> Message? {
    try await database.run(MessagesTable.find(userID: principal.userID, id: id))?.message
  }

  func row(_ messageID: UUID) async throws -> TurnsRow? {
    try await database.run(TurnsTable.find(userID: principal.userID, messageID: messageID))
  }

  /// Waits until a row of `turns` is as told.
  func row(_ messageID: UUID, until isMet: (TurnsRow?) -> Bool) async throws {
    while true {
      if isMet(try await row(messageID)) { return }
      try await Task.sleep(for: .milliseconds(2))
    }
  }

  func budget() async throws -> TokenBudgetsRow? {
    try await database.run(
      TokenBudgetsTable.find(userID: principal.userID, month: Month(of: clock.now).first))
  }

  func history(of conversationID: UUID, _ turns: Turns, limit: Int = 50) async throws -> [Message] {
    var items: [Message] = []
    var cursor: String?
    repeat {
      let output = try await handlers(turns).getHistory(
        GetHistory.Input(conversationID: conversationID, limit: limit, cursor: cursor), as: principal)
      guard case .ok(let page) = output else { throw Unexpected(outcome: "\(output)") }
      items = page.items + items
      cursor = page.nextCursor
    } while cursor != nil
    return items
  }

  struct Unexpected: Error {
    let outcome: String
  }
}

/// A clock that a test moves, and that moves on by a millisecond whenever somebody looks.
final class TestClock: Sendable {
  private let moment = Mutex(Timestamp.now)

  var now: Timestamp {
    moment.withLock { moment in
      moment = moment + .milliseconds(1)
      return moment
    }
  }

  func advance(by duration: Duration) {
    moment.withLock { $0 = $0 + duration }
  }
}

import Generated
import HTTP
import Security
import Storage
import Testing
import Values

import enum TestSupport.Engine

@testable import Handlers

/// What happens between the look at a password and the session that it opens.
@Suite("Logging in", .timeLimit(.minutes(2)))
struct LogInTests {
  @Test("A password that was changed meanwhile opens no session", arguments: TurnBench.Engine.allCases)
  func changed(on engine: TurnBench.Engine) async throws {
    try await TurnBench.with(engine) { bench in
      let other = try await PasswordHasher(cost: 4).hash("another horse")
      let output = try await logIn(bench, whileHashBecomes: other)
      guard case .problem(.invalidCredentials, _, _) = output else {
        Issue.record("\(output)")
        return
      }
    }
  }

  @Test("An account that was deleted meanwhile opens no session", arguments: TurnBench.Engine.allCases)
  func deleted(on engine: TurnBench.Engine) async throws {
    try await TurnBench.with(engine) { bench in
      let id = bench.principal.userID
      let output = try await logIn(bench) { database throws(StorageError) in
        _ = try await database.run(UsersTable.delete(id: id))
      }
      guard case .problem(.invalidCredentials, _, _) = output else {
        Issue.record("\(output)")
        return
      }
    }
  }

  @Test("Of two who log in while hashes grow stronger, both get a session", arguments: TurnBench.Engine.allCases)
  func rehashed(on engine: TurnBench.Engine) async throws {
    try await TurnBench.with(engine) { bench in
      let stronger = try await PasswordHasher(cost: 5).hash("correct horse")
      let output = try await logIn(bench, whileHashBecomes: stronger)
      guard case .ok = output else {
        Issue.record("\(output)")
        return
      }
    }
  }

  /// Logs in while the stored hash becomes another one, which must stay.
  private func logIn(_ bench: TurnBench, whileHashBecomes hash: String) async throws -> LogIn.Output {
    let id = bench.principal.userID
    let output = try await logIn(bench) { database throws(StorageError) in
      _ = try await database.run(UsersTable.update(id: id, UsersChanges(passwordHash: hash)))
    }
    #expect(try await bench.database.run(UsersTable.find(id: id))?.passwordHash == hash)
    return output
  }

  /// Logs in with the right password, with something that happens just before the session is opened.
  private func logIn(
    _ bench: TurnBench, meanwhile: @escaping @Sendable (any Database) async throws(StorageError) -> Void
  ) async throws -> LogIn.Output {
    try await bench.setPassword("correct horse")
    let database = FaultyDatabase(
      bench.database, statement: SessionsTable.Statements.insert, faults: [.meanwhile(meanwhile)])
    let secret = "a secret that is long enough for a test"
    let sessions = Sessions(
      database: database, signer: try TokenSigner(secret: secret, algorithm: .hs256),
      refreshKey: try RefreshKey(secret: secret), ambient: bench.ambient)
    let handlers = AuthHandlers(
      database: database, hasher: PasswordHasher(cost: 5), sessions: sessions, ambient: bench.ambient)
    let output = try await handlers.logIn(
      LogIn.Input(body: .json(LogInRequest(username: "ada", password: "correct horse"))))
    #expect(database.faults.isEmpty)
    return output
  }
}

public import Generated
public import HTTP
import Security
import Storage

/// What changes the account itself.
extension UsersHandlers {
  public func updateCurrentUser(
    _ input: UpdateCurrentUser.Input, as principal: Principal
  ) async throws -> UpdateCurrentUser.Output {
    do {
      return .ok(try await row(of: principal, after: UsersChanges(email: input.body.email)).user)
    } catch let error as StorageError where error.violates(UsersTable.emailKey) {
      return .problem(.emailTaken)
    }
  }

  public func changePassword(
    _ input: ChangePassword.Input, as principal: Principal
  ) async throws -> ChangePassword.Output {
    guard try await verify(input.body.currentPassword, of: principal) else { return .problem(.wrongPassword) }
    let hash = try await hasher.hash(input.body.newPassword)
    _ = try await database.run(
      for: principal,
      UsersTable.update(id: principal.userID, UsersChanges(passwordHash: hash)),
      Queries.endOtherSessions(userID: principal.userID, id: principal.sessionID, now: ambient.now()))
    return .noContent
  }

  public func deleteCurrentUser(
    _ input: DeleteCurrentUser.Input, as principal: Principal
  ) async throws -> DeleteCurrentUser.Output {
    guard try await verify(input.body.password, of: principal) else { return .problem(.wrongPassword) }
    // All else refers to this row, and goes with it; turns are locked first, as by everybody.
    let (running, _) = try await database.run(
      for: principal, Queries.userTurns(userID: principal.userID), UsersTable.delete(id: principal.userID))
    await turns.stop(running.map(\.messageID))
    return .noContent
  }

  /// Whether a text is the password of the caller.
  private func verify(_ password: String, of principal: Principal) async throws -> Bool {
    try await hasher.verify(password, against: row(of: principal).passwordHash)
  }
}

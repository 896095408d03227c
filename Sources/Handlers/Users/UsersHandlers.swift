public import AIClient
public import Generated
public import HTTP
import JSON
public import Security
import Storage
import Values

/// The caller's own account and preferences.
public struct UsersHandlers: UsersAPI {
  let database: SecuredDatabase
  let hasher: PasswordHasher
  let turns: Turns
  let model: any ChatModel
  let ambient: Ambient

  public init(
    database: SecuredDatabase, hasher: PasswordHasher, turns: Turns, model: any ChatModel,
    ambient: Ambient = Ambient()
  ) {
    self.database = database
    self.hasher = hasher
    self.turns = turns
    self.model = model
    self.ambient = ambient
  }

  public func getCurrentUser(
    _ input: GetCurrentUser.Input, as principal: Principal
  ) async throws -> GetCurrentUser.Output {
    .ok(try await row(of: principal).user)
  }

  public func getPreferences(
    _ input: GetPreferences.Input, as principal: Principal
  ) async throws -> GetPreferences.Output {
    .ok(try await row(of: principal).preferences)
  }

  public func replacePreferences(
    _ input: ReplacePreferences.Input, as principal: Principal
  ) async throws -> ReplacePreferences.Output {
    let body = input.body
    return .ok(
      try await save(
        UsersChanges(
          model: body.model.orNull, temperature: body.temperature.orNull, maxTokens: body.maxTokens.orNull,
          systemPrompt: body.systemPrompt.orNull),
        of: principal))
  }

  public func updatePreferences(
    _ input: UpdatePreferences.Input, as principal: Principal
  ) async throws -> UpdatePreferences.Output {
    let body = input.body
    return .ok(
      try await save(
        UsersChanges(
          model: body.model, temperature: body.temperature, maxTokens: body.maxTokens,
          systemPrompt: body.systemPrompt),
        of: principal))
  }

  private func save(_ changes: UsersChanges, of principal: Principal) async throws -> Preferences {
    if let name = changes.model.value, !model.models.contains(name) {
      let known = model.models.joined(separator: ", ")
      throw Problem.validationFailed([
        Fault(location: .body, pointer: "/model", code: "unknown-model", detail: "must be one of: \(known)")
      ])
    }
    return try await row(of: principal, after: changes).preferences
  }

  /// The caller's row, once something of it has changed.
  func row(of principal: Principal, after changes: UsersChanges) async throws -> UsersRow {
    let (_, row) = try await database.run(
      for: principal, UsersTable.update(id: principal.userID, changes), UsersTable.find(id: principal.userID))
    guard let row else { throw Problem.unauthorized }
    return row
  }

  func row(of principal: Principal) async throws -> UsersRow {
    let row = try await database.run(for: principal, UsersTable.find(id: principal.userID))
    guard let row else { throw Problem.unauthorized }
    return row
  }
}

extension UsersRow {
  fileprivate var preferences: Preferences {
    Preferences(model: model, temperature: temperature, maxTokens: maxTokens, systemPrompt: systemPrompt)
  }
}

extension Presence {
  /// A member that is left out means null: the rule of a replacement.
  fileprivate var orNull: Presence {
    value.map { .value($0) } ?? .null
  }
}

public import Generated
public import HTTP
public import Security
public import Storage
import Values

/// Accounts and sessions.
public struct AuthHandlers: AuthAPI {
  let database: any Database
  let secured: SecuredDatabase
  let hasher: PasswordHasher
  let sessions: Sessions
  let ambient: Ambient

  public init(database: any Database, hasher: PasswordHasher, sessions: Sessions, ambient: Ambient = Ambient()) {
    self.database = database
    secured = SecuredDatabase(database, ambient: ambient)
    self.hasher = hasher
    self.sessions = sessions
    self.ambient = ambient
  }

  public func signUp(_ input: SignUp.Input) async throws -> SignUp.Output {
    let user = User(
      id: ambient.newID(), username: input.body.username, email: input.body.email.value, createdAt: ambient.now())
    let hash = try await hasher.hash(input.body.password)
    do {
      try await database.run(UsersTable.insert(UsersRow(user, passwordHash: hash)))
    } catch let error where error.violates(UsersTable.usernameKey) {
      return .problem(.usernameTaken)
    } catch let error where error.violates(UsersTable.emailKey) {
      return .problem(.emailTaken)
    }
    return .created(user)
  }

  public func logIn(_ input: LogIn.Input) async throws -> LogIn.Output {
    let (username, password) =
      switch input.body {
      case .json(let body): (body.username, body.password)
      case .form(let body): (body.username, body.password)
      }
    guard let user = try await database.run(UsersTable.find(username: username)) else {
      try await hasher.verifyAgainstNothing(password)
      return .problem(.invalidCredentials)
    }
    guard try await hasher.verify(password, against: user.passwordHash) else {
      return .problem(.invalidCredentials)
    }
    var first: [Query<Void>] = []
    // A hash of another cost would tell by its time that the account exists.
    if hasher.needsRehash(user.passwordHash) {
      let hash = try await hasher.hash(password)
      first.append(UsersTable.update(id: user.id, UsersChanges(passwordHash: hash)).map { _ in })
    }
    let current = Queries.currentPassword(id: user.id, passwordHash: user.passwordHash)
    do {
      return .ok(try await sessions.open(for: user.id, requiring: current, after: first))
    } catch let error as StorageError where error.violates(current) {
      // Meanwhile the password was changed, or the account deleted.
      return try await logIn(input)
    }
  }

  public func refreshTokens(_ input: RefreshTokens.Input) async throws -> RefreshTokens.Output {
    guard let tokens = try await sessions.refresh(input.body.refreshToken) else {
      return .problem(.invalidRefreshToken)
    }
    return .ok(tokens)
  }

  public func logOut(_ input: LogOut.Input, as principal: Principal) async throws -> LogOut.Output {
    _ = try await secured.run(for: principal, sessions.ending(principal))
    return .noContent
  }
}

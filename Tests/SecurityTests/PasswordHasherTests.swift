import Testing

@testable import Security

@Suite("Passwords")
struct PasswordHasherTests {
  let hasher = PasswordHasher(cost: 4)

  @Test("A new hash is $2b$ with the cost asked for, and verifies only its password")
  func roundTrip() async throws {
    let hash = try await hasher.hash("correct horse battery staple")
    #expect(hash.hasPrefix("$2b$04$"))
    #expect(hash.utf8.count == 60)
    #expect(try await hasher.verify("correct horse battery staple", against: hash))
    #expect(try await hasher.verify("correct horse battery stapler", against: hash) == false)
    #expect(try await hasher.verify("", against: hash) == false)
  }

  @Test("Two hashes of one password differ by their salt")
  func salt() async throws {
    let first = try await hasher.hash("same")
    let second = try await hasher.hash("same")
    #expect(first != second)
  }

  /// Made by Python's bcrypt 5.0 (`hashpw`); `$2y$` is what passlib and PHP write for the same function.
  static let python = [
    ("correct horse battery staple", "$2b$04$menhPCj4wSQScr96iYeT6O3Lt0EfkHyMaxYJKOTeYlCYepMLOKTLW"),
    ("correct horse battery staple", "$2a$04$GJWQUb6Qe5yOwJVdm/vn6Odbt/9qCj3pY3rDcoR604.Uu1eJlXCTa"),
    ("correct horse battery staple", "$2y$05$3sxJu/I1bmkGmzg2KsYVuOZQ7QbUyxSBbkLZKayMJcDa2Z7GmKDXq"),
    ("correct horse battery staple", "$2b$12$IBAgZPswq7Bh08aR6Z6i8OGQckjbTiY..sgVBTzWmFmytsrltkvzy"),
    ("", "$2b$04$w3rZ2JRrtnOv.G5vUrqOP.eMAR5iL2.tjZ.AbB.QEp9pVuDIet2yS"),
    ("naïve café ✓", "$2b$04$sfi7TYpgeNwLO2H/bkO.T.2THaxFkFvNH8i8ySJmNVc.hHHz8C1dm"),
    ("naïve café ✓", "$2a$04$mYpR.i4Th/cDkzYeiOssMeU0AC7cT.HRxy76XzcyLM1DqiIL7FBZu"),
    (String(repeating: "x", count: 72), "$2a$04$7e0npmGlawQCRXvQjsPUOeaGGbkoPeLA6UbrlYMdTycMlt9xpmfme"),
  ]

  @Test("Hashes made by Python verify", arguments: python)
  func interoperability(password: String, hash: String) async throws {
    #expect(try await hasher.verify(password, against: hash))
    #expect(try await hasher.verify(password.isEmpty ? "x" : String(password.dropLast()), against: hash) == false)
  }

  @Test("A hash of another cost or kind is to be made anew")
  func rehash() async throws {
    #expect(try await hasher.needsRehash(hasher.hash("x")) == false)
    #expect(hasher.needsRehash("$2b$12$IBAgZPswq7Bh08aR6Z6i8OGQckjbTiY..sgVBTzWmFmytsrltkvzy"))
    #expect(hasher.needsRehash("$2a$04$GJWQUb6Qe5yOwJVdm/vn6Odbt/9qCj3pY3rDcoR604.Uu1eJlXCTa"))
  }

  @Test("72 bytes are taken, 73 are refused and not cut")
  func length() async throws {
    let longest = String(repeating: "é", count: 36)
    let hash = try await hasher.hash(longest)
    #expect(try await hasher.verify(longest, against: hash))
    await expect(.passwordTooLong) { _ = try await hasher.hash(longest + "a") }
    await expect(.passwordTooLong) { _ = try await hasher.verify(longest + "a", against: hash) }
    await expect(.passwordTooLong) { try await hasher.verifyAgainstNothing(longest + "a") }
  }

  @Test("A NUL is refused and does not end the password")
  func nul() async throws {
    await expect(.passwordContainsNUL) { _ = try await hasher.hash("pass\u{0}word") }
  }

  @Test(
    "What is no bcrypt hash is refused",
    arguments: [
      "", "x", "$1$abc$def", "$2b$04$short", "$2x$04$menhPCj4wSQScr96iYeT6O3Lt0EfkHyMaxYJKOTeYlCYepMLOKTLW",
      "$2b$99$menhPCj4wSQScr96iYeT6O3Lt0EfkHyMaxYJKOTeYlCYepMLOKTLW",
      "$2b$-4$menhPCj4wSQScr96iYeT6O3Lt0EfkHyMaxYJKOTeYlCYepMLOKTLW",
      "$2b$04$menhPCj4wSQScr96iYeT6O3Lt0EfkHyMaxYJKOTeYlCYepMLOKTL:",
    ])
  func malformed(hash: String) async {
    await expect(.invalidHash) { _ = try await hasher.verify("x", against: hash) }
  }

  @Test("A cost that bcrypt does not know fails every hash", arguments: [3, 32, -1])
  func cost(cost: Int) async {
    let hasher = PasswordHasher(cost: cost, threads: 1)
    await expect(.invalidCost) { _ = try await hasher.hash("x") }
    await expect(.invalidCost) { try await hasher.verifyAgainstNothing("x") }
  }

  @Test("An unknown user costs the same work as a known one", arguments: [4, 6])
  func unknownUser(cost: Int) async throws {
    let hasher = PasswordHasher(cost: cost, threads: 1)
    let setting = try await hasher.hash("secret").prefix(7)
    #expect(hasher.settingOfNobody.hasPrefix(setting))
    try await hasher.verifyAgainstNothing("secret")
  }

  @Test("A full queue refuses at once, and what it took is finished")
  func overload() async throws {
    let hasher = PasswordHasher(cost: 10, threads: 1, queueLimit: 2)
    let tasks = (0..<6).map { _ in Task.immediate { try await hasher.hash("x") } }
    var finished = 0
    var refused = 0
    for task in tasks {
      switch await task.result {
      case .success: finished += 1
      case .failure(let error):
        #expect((error as? SecurityError)?.code == .overloaded)
        refused += 1
      }
    }
    #expect(finished >= 2)
    #expect(refused >= 3)
  }

  @Test("A task that is cancelled while it waits stops waiting")
  func cancellation() async throws {
    let hasher = PasswordHasher(cost: 10, threads: 1)
    let ahead = (0..<3).map { _ in Task.immediate { try await hasher.hash("x") } }
    let waiting = Task.immediate { try await hasher.hash("x") }
    waiting.cancel()
    await expect(.cancelled) { _ = try await waiting.value }
    for task in ahead { _ = try await task.value }
  }

  @Test("Shutting down refuses what waits and what comes")
  func shutdown() async throws {
    let hasher = PasswordHasher(cost: 10, threads: 1)
    let tasks = (0..<3).map { _ in Task.immediate { try await hasher.hash("x") } }
    hasher.shutdown()
    await expect(.shutDown) { _ = try await tasks[2].value }
    await expect(.shutDown) { _ = try await hasher.hash("x") }
    // The first may have been taken by the thread before; then it is finished.
    if case .failure(let error) = await tasks[0].result { #expect((error as? SecurityError)?.code == .shutDown) }
  }
}

/// Expects a `SecurityError` of this code.
func expect(
  _ code: SecurityError.Code, from body: () async throws -> Void, at location: SourceLocation = #_sourceLocation
) async {
  let error = await #expect(throws: SecurityError.self, sourceLocation: location) { try await body() }
  #expect(error?.code == code, sourceLocation: location)
}

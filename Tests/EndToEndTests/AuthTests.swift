import Foundation
import JSON
import TestSupport
import Testing

@Suite("Accounts and sessions")
struct AuthTests {
  @Test("An account is made, logged into with JSON or a form, and told about", arguments: Engine.allCases)
  func signUp(on engine: Engine) async throws {
    try await Stand.serving(engine) { _, parley in
      let created = try await parley.client.post(
        "/auth/signup", ["username": "Ada.L-1_2", "password": "correct horse", "email": "Ada@Example.com"])
      try created.require(201)
      let user = try created.json
      #expect(user.object?.members.map(\.name) == ["id", "username", "email", "created_at"])
      #expect(
        user.text("id").wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
      #expect(user.text("username") == "Ada.L-1_2")
      #expect(user.text("email") == "Ada@Example.com")
      #expect(user.text("created_at").wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)

      let logins: [HTTPClient.Body] = [
        .json(["username": "ada.l-1_2", "password": "correct horse"]),
        .form([("grant_type", "password"), ("username", "Ada.L-1_2"), ("password", "correct horse"), ("scope", "")]),
      ]
      for body in logins {
        let reply = try await parley.client.send("POST", "/auth/login", body: body)
        try reply.require(200)
        #expect(try reply.member("/token_type") == "bearer")
        #expect(try reply.number("/expires_in") > 0)
        #expect(reply.header("cache-control")?.contains("no-store") == true, "tokens are not for caches")
        var client = parley.client
        client.token = try reply.member("/access_token")
        let me = try await client.get("/users/me")
        try me.require(200)
        #expect(try me.json == user)
      }
    }
  }

  @Test("A name or an email that is taken is refused, whatever its case", arguments: Engine.allCases)
  func taken(on engine: Engine) async throws {
    try await Stand.serving(engine) { _, parley in
      func signUp(_ username: String, _ email: JSONValue) async throws -> HTTPReply {
        try await parley.client.post(
          "/auth/signup", ["username": .string(username), "password": "correct horse", "email": email])
      }
      try await signUp("ada", "ada@example.com").require(201)
      try await signUp("ADA", "other@example.com").expectProblem(409, "username-taken")
      try await signUp("grace", "Ada@example.com").expectProblem(409, "email-taken")
      try await signUp("grace", .null).require(201)
      try await signUp("joan", .null).require(201)
    }
  }

  @Test("Wrong credentials are refused, alike for unknown users", arguments: Engine.allCases)
  func wrongCredentials(on engine: Engine) async throws {
    try await Stand.serving(engine) { _, parley in
      _ = try await Account.make("ada", on: parley)
      for username in ["ada", "nobody"] {
        let reply = try await parley.client.post("/auth/login", ["username": .string(username), "password": "wrong"])
        try reply.expectProblem(401, "invalid-credentials")
        #expect(reply.header("www-authenticate")?.hasPrefix("Bearer") == true)
      }
    }
  }

  @Test("An unknown user costs as much work as a wrong password")
  func timing() async throws {
    try await Stand.serving(.sqlite, settings: ["BCRYPT_COST": "10"]) { _, parley in
      _ = try await Account.make("ada", on: parley)
      /// The server's own work: what the machine does besides is not in it.
      func work(_ username: String) async throws -> Int {
        let before = try parley.process.processorTicks()
        for _ in 0..<5 {
          _ = try await parley.client.post("/auth/login", ["username": .string(username), "password": "wrong"])
        }
        return try parley.process.processorTicks() - before
      }
      let known = try await work("ada")
      let unknown = try await work("nobody")
      // Without a hash, an unknown user costs a fiftieth.
      #expect(unknown > known / 8, "\(unknown) and \(known) ticks")
    }
  }

  @Test("A refresh token serves once; parallel tabs get the same answer", arguments: Engine.allCases)
  func refresh(on engine: Engine) async throws {
    try await Stand.serving(engine) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      func refresh(_ token: String) async throws -> HTTPReply {
        try await parley.client.post("/auth/refresh", ["refresh_token": .string(token)])
      }
      async let one = refresh(ada.refreshToken)
      async let other = refresh(ada.refreshToken)
      let (tab, otherTab) = try await (one, other)
      try tab.require(200)
      try otherTab.require(200)
      let next = try tab.member("/refresh_token")
      #expect(try otherTab.member("/refresh_token") == next)
      #expect(next != ada.refreshToken)

      for token in [try tab.member("/access_token"), try otherTab.member("/access_token")] {
        try await HTTPClient(port: parley.port, token: token).get("/users/me").require(200)
      }
      try await refresh(next).require(200)
      try await refresh("nonsense").expectProblem(401, "invalid-refresh-token")
    }
  }

  @Test("A refresh token that served long ago ends its session, and no other", arguments: Engine.allCases)
  func reuse(on engine: Engine) async throws {
    try await Stand.serving(engine) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      let elsewhere = try await ada.again(on: parley)
      func refresh(_ token: String) async throws -> HTTPReply {
        try await parley.client.post("/auth/refresh", ["refresh_token": .string(token)])
      }
      let second = try await refresh(ada.refreshToken).member("/refresh_token")
      let third = try await refresh(second)
      try third.require(200)

      try await refresh(ada.refreshToken).expectProblem(401, "invalid-refresh-token")
      try await refresh(third.member("/refresh_token")).expectProblem(401, "invalid-refresh-token")
      let token = try third.member("/access_token")
      try await HTTPClient(port: parley.port, token: token).get("/users/me").expectProblem(401, "unauthorized")
      try await elsewhere.client.get("/users/me").require(200)
    }
  }

  @Test("A session is dead at once when it is logged out of", arguments: Engine.allCases)
  func logOut(on engine: Engine) async throws {
    try await Stand.serving(engine) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      let elsewhere = try await ada.again(on: parley)
      let reply = try await ada.client.send("POST", "/auth/logout")
      try reply.require(204)
      #expect(reply.body.isEmpty)
      try await ada.client.get("/users/me").expectProblem(401, "unauthorized")
      try await ada.client.send("POST", "/auth/logout").expectProblem(401, "unauthorized")
      try await parley.client.post("/auth/refresh", ["refresh_token": .string(ada.refreshToken)])
        .expectProblem(401, "invalid-refresh-token")
      try await elsewhere.client.get("/users/me").require(200)
    }
  }

  @Test("No or bad credentials are told how to do better", arguments: Engine.allCases)
  func badCredentials(on engine: Engine) async throws {
    try await Stand.serving(engine) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      let token = try #require(ada.client.token)
      let refused: [[String: String]] = [
        [:], ["Authorization": ""], ["Authorization": token], ["Authorization": "Basic \(token)"],
        ["Authorization": "Bearer"], ["Authorization": "Bearer nonsense"], ["Authorization": "Bearer \(token)x"],
        ["Authorization": "Bearer \(token) \(token)"], ["Authorization": "Bearer \(ada.refreshToken)"],
      ]
      for headers in refused {
        let reply = try await parley.client.get("/users/me", headers: headers)
        try reply.expectProblem(401, "unauthorized")
        #expect(reply.header("www-authenticate")?.hasPrefix("Bearer") == true, "\(headers)")
      }
      // The scheme's case does not matter (RFC 9110 §11.1).
      try await parley.client.get("/users/me", headers: ["Authorization": "bearer \(token)"]).require(200)
    }
  }

  @Test("A refresh token forged from a session's ids does not end the session", arguments: Engine.allCases)
  func forgedRefreshToken(on engine: Engine) async throws {
    try await Stand.serving(engine) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      // A token is both ids, a secret of 32 bytes, and a seal of as many.
      let real = try #require(Data(base64Encoded: ada.refreshToken.replacing("-", with: "+").replacing("_", with: "/")))
      #expect(real.count == 96)
      for zeros in [64, 32] {
        let forged = (real.prefix(32) + Data(count: zeros)).base64EncodedString()
          .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        try await parley.client.post("/auth/refresh", ["refresh_token": .string(forged)])
          .expectProblem(401, "invalid-refresh-token")
        try await ada.client.get("/users/me").require(200)
      }
      try await parley.client.post("/auth/refresh", ["refresh_token": .string(ada.refreshToken)]).require(200)
    }
  }

  @Test("A hash of another cost is made anew at the next log-in", arguments: Engine.allCases)
  func otherCost(on engine: Engine) async throws {
    try await Stand.with(engine) { stand in
      func hash() async throws -> String { try await stand.database.rows("SELECT password_hash FROM users") }
      let first = try await stand.start(["BCRYPT_COST": "4"])
      _ = try await Account.make("ada", on: first)
      let cheap = try await hash()
      #expect(cheap.hasPrefix("$2b$04$"))
      try await first.stop()

      let second = try await stand.start(["BCRYPT_COST": "5"])
      try await second.client.post("/auth/login", ["username": "ada", "password": "wrong"])
        .expectProblem(401, "invalid-credentials")
      #expect(try await hash() == cheap)
      _ = try await Account.logIn("ada", on: second)
      let dear = try await hash()
      #expect(dear.hasPrefix("$2b$05$"))
      _ = try await Account.logIn("ada", on: second)
      #expect(try await hash() == dear)
      try await second.stop()
    }
  }
}

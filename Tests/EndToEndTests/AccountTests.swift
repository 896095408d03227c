import JSON
import TestSupport
import Testing

@Suite("The caller's account")
struct AccountTests {
  @Test("An email is changed, taken away and left as it is", arguments: Engine.allCases)
  func email(on engine: Engine) async throws {
    try await Stand.serving(engine) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      let grace = try await Account.make("grace", on: parley)
      func change(_ body: JSONValue, of account: Account) async throws -> HTTPReply {
        try await account.client.send("PATCH", "/users/me", body: .json(body))
      }
      let changed = try await change(["email": "Ada@Example.com"], of: ada)
      try changed.require(200)
      #expect(try changed.member("/email") == "Ada@Example.com")
      try await change(["email": "ada@example.com"], of: grace).expectProblem(409, "email-taken")
      try await change(["email": "nowhere"], of: ada).expectFaults(["body /email format"])
      try await change(["username": "root"], of: ada).expectFaults(["body /username unknown-member"])
      #expect(try await change([:], of: ada).json == changed.json)
      #expect(try await change(["email": "ADA@example.com"], of: ada).member("/email") == "ADA@example.com")
      #expect(try await change(["email": nil], of: ada).value("/email") == JSONValue.null)
      #expect(try await ada.client.get("/users/me").value("/email") == JSONValue.null)
      try await change(["email": "ada@example.com"], of: grace).require(200)
    }
  }

  @Test("A new password ends the other sessions, and the old one serves no more", arguments: Engine.allCases)
  func password(on engine: Engine) async throws {
    try await Stand.serving(engine) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      let elsewhere = try await ada.again(on: parley)
      let grace = try await Account.make("grace", on: parley)
      func change(from current: String, to new: String) async throws -> HTTPReply {
        try await ada.client.post(
          "/users/me/password", ["current_password": .string(current), "new_password": .string(new)])
      }
      func logIn(_ password: String) async throws -> HTTPReply {
        try await parley.client.post("/auth/login", ["username": "ada", "password": .string(password)])
      }
      try await change(from: "wrong", to: "another horse").expectProblem(403, "wrong-password")
      try await change(from: Account.password, to: "short").expectFaults(["body /new_password min-length"])
      try await elsewhere.client.get("/users/me").require(200)

      try await change(from: Account.password, to: "another horse").require(204)
      try await ada.client.get("/users/me").require(200)
      try await elsewhere.client.get("/users/me").require(401)
      try await parley.client.post("/auth/refresh", ["refresh_token": .string(elsewhere.refreshToken)])
        .expectProblem(401, "invalid-refresh-token")
      try await parley.client.post("/auth/refresh", ["refresh_token": .string(ada.refreshToken)]).require(200)
      try await grace.client.get("/users/me").require(200)
      try await logIn(Account.password).expectProblem(401, "invalid-credentials")
      try await logIn("another horse").require(200)
    }
  }

  @Test("An account is deleted with all it owns, and nothing of another one's", arguments: Engine.allCases)
  func delete(on engine: Engine) async throws {
    try await Stand.serving(engine) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      let grace = try await Account.make("grace", on: parley)
      for account in [ada, grace] { try await account.send("Hello").require(200) }
      func delete(_ password: String) async throws -> HTTPReply {
        try await ada.client.post("/users/me/delete", ["password": .string(password)])
      }
      try await delete("wrong").expectProblem(403, "wrong-password")
      #expect(try await ada.conversations().count == 1)

      try await delete(Account.password).require(204)
      try await ada.client.get("/users/me").require(401)
      try await delete(Account.password).require(401)
      try await parley.client.post("/auth/refresh", ["refresh_token": .string(ada.refreshToken)])
        .expectProblem(401, "invalid-refresh-token")
      try await parley.client.post("/auth/login", ["username": "ada", "password": .string(Account.password)])
        .expectProblem(401, "invalid-credentials")
      #expect(try await grace.conversations().count == 1)

      let again = try await Account.make("ada", on: parley)
      #expect(again.id != ada.id)
      #expect(try await again.conversations().isEmpty)
      #expect(try await again.client.get("/usage").number("/totals/turns") == 0)
    }
  }
}

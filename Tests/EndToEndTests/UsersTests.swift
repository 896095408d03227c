import JSON
import TestSupport
import Testing

@Suite("The caller's preferences")
struct UsersTests {
  @Test("PUT replaces: what is left out goes back to the default", arguments: Engine.allCases)
  func replace(on engine: Engine) async throws {
    try await Stand.serving(engine) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      let nothing: JSONValue = ["model": nil, "temperature": nil, "max_tokens": nil, "system_prompt": nil]
      #expect(try await ada.client.get("/users/preferences").json == nothing)

      let all: JSONValue = ["temperature": 0.25, "max_tokens": 64, "system_prompt": "Be brief. 你好", "model": nil]
      let saved = try await ada.client.send("PUT", "/users/preferences", body: .json(all))
      try saved.require(200)
      #expect(try saved.json == all)
      #expect(try await ada.client.get("/users/preferences").json == all)

      let fewer = try await ada.client.send("PUT", "/users/preferences", body: .json(["temperature": 1]))
      #expect(try fewer.json == ["model": nil, "temperature": 1, "max_tokens": nil, "system_prompt": nil])
      #expect(try await ada.client.send("PUT", "/users/preferences", body: .json([:])).json == nothing)
    }
  }

  @Test("PATCH changes: what is left out stays, null goes back to the default", arguments: Engine.allCases)
  func change(on engine: Engine) async throws {
    try await Stand.serving(engine) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      let model = try await ada.client.get("/chat/models").member("/items/0/id")
      func patch(_ body: JSONValue) async throws -> HTTPReply {
        try await ada.client.send("PATCH", "/users/preferences", body: .json(body))
      }
      try await patch(["model": .string(model), "temperature": 2, "system_prompt": "Be brief."]).require(200)
      let changed = try await patch(["temperature": nil, "max_tokens": 7])
      let expected: JSONValue = [
        "model": .string(model), "temperature": nil, "max_tokens": 7, "system_prompt": "Be brief.",
      ]
      #expect(try changed.json == expected)
      #expect(try await patch([:]).json == expected)
      #expect(try await ada.client.get("/users/preferences").json == expected)
    }
  }

  @Test("Every fault of new preferences is told, and nothing is saved", arguments: Engine.allCases)
  func faults(on engine: Engine) async throws {
    try await Stand.serving(engine) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      for method in ["PUT", "PATCH"] {
        try await ada.client.send(
          method, "/users/preferences",
          body: .json(["temperature": 2.5, "max_tokens": 0, "system_prompt": 1, "colour": "red"])
        ).expectFaults([
          "body /temperature maximum", "body /max_tokens minimum", "body /system_prompt type",
          "body /colour unknown-member",
        ])
        try await ada.client.send(
          method, "/users/preferences", body: .json(["model": "no-such-model", "max_tokens": 5])
        ).expectFaults(["body /model unknown-model"])
      }
      #expect(try await ada.client.get("/users/preferences").value("/max_tokens") == nil)
    }
  }

  @Test("Preferences belong to one user", arguments: Engine.allCases)
  func own(on engine: Engine) async throws {
    try await Stand.serving(engine) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      let grace = try await Account.make("grace", on: parley)
      try await ada.client.send("PATCH", "/users/preferences", body: .json(["max_tokens": 9])).require(200)
      #expect(try await grace.client.get("/users/preferences").value("/max_tokens") == nil)
    }
  }
}

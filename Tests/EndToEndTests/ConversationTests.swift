import JSON
import TestSupport
import Testing

@Suite("Conversations")
struct ConversationTests {
  @Test("Pinned ones come first, then the newest activity", arguments: Engine.allCases)
  func order(on engine: Engine) async throws {
    try await Stand.serving(engine) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      var ids: [String: String] = [:]
      for title in ["one", "two", "three", "four", "five"] {
        let created = try await ada.client.post("/chat/conversations", ["title": .string(title)])
        try created.require(201)
        ids[title] = try created.member("/id")
      }
      func change(_ title: String, _ body: JSONValue) async throws {
        try await ada.client.send(
          "PATCH", "/chat/conversations/\(ids[title] ?? "")", body: .json(body)
        ).require(200)
      }
      try await change("two", ["pinned": true])
      try await change("four", ["pinned": true])
      try await change("three", ["archived": true])
      try await ada.send("Hello", to: ids["one"]).require(200)
      try await ada.send("Hello", to: ids["two"]).require(200)
      let expected = ["two", "four", "one", "five", "three"]
      #expect(try await ada.conversations().map { $0.text("title") } == expected)

      // The same through pages of each size.
      for limit in 1...6 {
        var titles: [String] = []
        var cursor = ""
        while true {
          let page = try await ada.client.get("/chat/conversations?limit=\(limit)\(cursor)")
          try page.require(200)
          let items = try page.json["items"]?.array ?? []
          #expect(items.count <= limit)
          titles += items.map { $0.text("title") }
          guard let next = try page.json["next_cursor"]?.string else { break }
          cursor = "&cursor=\(next)"
        }
        #expect(titles == expected)
      }

      // Parts of it, in either order.
      func titles(_ query: String) async throws -> [String] {
        let page = try await ada.client.get("/chat/conversations?\(query)")
        try page.require(200)
        return try page.json["items"]?.array?.map { $0.text("title") } ?? []
      }
      #expect(try await titles("pinned=true") == ["two", "four"])
      #expect(try await titles("archived=false&pinned=false") == ["one", "five"])
      #expect(try await titles("title=O&sort=created") == ["four", "two", "one"])
      #expect(try await titles("title=%25") == [])
      let part = try await ada.client.get("/chat/conversations?pinned=true&limit=1")
      let cursor = try #require(try part.json["next_cursor"]?.string)
      #expect(try await titles("pinned=true&cursor=\(cursor)") == ["four"])
      #expect(try await ada.client.get("/chat/conversations?cursor=\(cursor)").status == 422)
      #expect(try await ada.client.get("/chat/conversations?pinned=true&sort=created&cursor=\(cursor)").status == 422)
    }
  }

  @Test("Words are found in the caller's own messages, and marked", arguments: Engine.allCases)
  func search(on engine: Engine) async throws {
    try await Stand.serving(engine) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      let eve = try await Account.make("eve", on: parley)
      let created = try await ada.client.post("/chat/conversations", [:])
      try created.require(201)
      let id = try created.member("/id")
      try await ada.send(#"Where is the "blue" teapot? 🙂"#, to: id).require(200)
      try await eve.send("My teapot is green").require(200)

      func found(_ query: String, by account: Account) async throws -> [JSONValue] {
        let reply = try await account.client.get("/chat/search?q=\(query)")
        try reply.require(200)
        return try reply.json["items"]?.array ?? []
      }
      let items = try await found("TEAPOT%20blue%22%20%F0%9F%98%80", by: ada)
      let questions = items.filter { $0["message"]?.text("role") == "user" }
      let question = try #require(questions.first)
      #expect(question["message"]?.text("conversation_id") == id)
      let parts = question["snippet"]?.array ?? []
      #expect(parts.map { $0.text("text") }.joined() == #"Where is the "blue" teapot? 🙂"#)
      #expect(parts.filter { $0["match"] == true }.map { $0.text("text") } == ["blue", "teapot"])
      #expect(try await found("green", by: ada).isEmpty)
      #expect(try await found("%22%20OR%20NOT%20*", by: ada).isEmpty)
      #expect(try await ada.client.get("/chat/search?q=").status == 422)
      #expect(try await ada.client.get("/chat/search").status == 422)

      try await ada.client.send("DELETE", "/chat/conversations/\(id)").require(204)
      #expect(try await found("teapot", by: ada).isEmpty)
    }
  }

  @Test("One is made, read, named, pinned, archived and deleted", arguments: Engine.allCases)
  func life(on engine: Engine) async throws {
    try await Stand.serving(engine) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      let created = try await ada.client.post("/chat/conversations", [:])
      try created.require(201)
      let path = "/chat/conversations/\(try created.member("/id"))"
      #expect(try await ada.client.get(path).json == created.json)
      #expect(try await ada.conversations() == [created.json])

      let changed = try await ada.client.send(
        "PATCH", path, body: .json(["title": "Plans", "pinned": true, "archived": true]))
      try changed.require(200)
      #expect(try changed.json["title"] == "Plans")
      #expect(try changed.json["pinned"] == true)
      #expect(try changed.json["archived"] == true)
      let unchanged = try await ada.client.send("PATCH", path, body: .json([:]))
      #expect(try unchanged.json == changed.json)

      let deleted = try await ada.client.send("DELETE", path)
      try deleted.require(204)
      #expect(deleted.body.isEmpty)
      try await ada.client.get(path).expectProblem(404, "conversation-not-found")
      try await ada.client.send("DELETE", path).expectProblem(404, "conversation-not-found")
      try await ada.client.send("PATCH", path, body: .json(["pinned": true])).expectProblem(
        404, "conversation-not-found")
      #expect(try await ada.conversations().isEmpty)
    }
  }

  @Test("Deleting one deletes its messages and keeps its usage", arguments: Engine.allCases)
  func delete(on engine: Engine) async throws {
    try await Stand.serving(engine) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      let id = try await ada.send("Hello").member("/conversation_id")
      let usage = try await ada.client.get("/usage").value("/totals")
      #expect(usage["turns"] == 1)
      try await ada.client.send("DELETE", "/chat/conversations/\(id)").require(204)
      try await ada.client.get("/chat/history/\(id)").expectProblem(404, "conversation-not-found")
      #expect(try await ada.client.get("/usage").value("/totals") == usage)
    }
  }

  @Test(
    "The title is the start of the first message, cut at a word, until someone names it", arguments: Engine.allCases)
  func title(on engine: Engine) async throws {
    try await Stand.serving(engine) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      func title(_ id: String) async throws -> String {
        try await ada.client.get("/chat/conversations/\(id)").member("/title")
      }
      let long = "Please tell me everything that you know about the history of the lighthouse of Alexandria"
      let id = try await ada.send(long).member("/conversation_id")
      let cut = try await title(id)
      #expect(cut.count <= 60)
      #expect(cut.count > 40)
      #expect(long.hasPrefix(cut + " ") || cut.hasSuffix("…"))
      try await ada.send("And now something else", to: id).require(200)
      #expect(try await title(id) == cut)

      // One that began empty takes the title of its first message too; a name given by hand stays.
      let empty = try await ada.client.post("/chat/conversations", [:]).member("/id")
      try await ada.send("  What is\na haiku?  ", to: empty).require(200)
      #expect(try await title(empty) == "What is a haiku?")
      let named = try await ada.client.post("/chat/conversations", ["title": "Named"]).member("/id")
      try await ada.send("Hello", to: named).require(200)
      #expect(try await title(named) == "Named")
      try await ada.client.send("PATCH", "/chat/conversations/\(empty)", body: .json(["title": "By hand"])).require(200)
      try await ada.send("Hello again", to: empty).require(200)
      #expect(try await title(empty) == "By hand")
    }
  }

  @Test("What belongs to another user is not there", arguments: Engine.allCases)
  func others(on engine: Engine) async throws {
    try await Stand.serving(engine) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      let grace = try await Account.make("grace", on: parley)
      let id = try await ada.send("A secret").member("/conversation_id")
      let before = try await ada.history(id)

      for id in [id, "01890a5d-ac96-774b-bcce-b302099a8057"] {
        let path = "/chat/conversations/\(id)"
        let replies = [
          try await grace.client.get(path),
          try await grace.client.get("/chat/history/\(id)"),
          try await grace.client.send("PATCH", path, body: .json(["title": "Mine"])),
          try await grace.client.send("DELETE", path),
          try await grace.send("Hello", to: id),
        ]
        for reply in replies { try reply.expectProblem(404, "conversation-not-found") }
      }
      #expect(try await grace.conversations().isEmpty)
      #expect(try await grace.client.get("/usage").value("/totals/turns") == 0)
      #expect(try await ada.history(id) == before)
    }
  }

  @Test(
    "A title is no longer than the database counts, whatever its characters are made of", arguments: Engine.allCases)
  func longCharacters(on engine: Engine) async throws {
    try await Stand.serving(engine) { _, parley in
      let ada = try await Account.make("ada", on: parley)
      let family = "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}\u{200D}\u{1F466}"
      let marks = "a" + String(repeating: "\u{301}", count: 300)
      let expected = [
        String(repeating: family, count: 60): String(repeating: family, count: 8), marks: "New conversation",
      ]
      for (message, title) in expected {
        let reply = try await ada.send(message)
        try reply.require(200)
        #expect(try reply.member("/user_message/content").unicodeScalars.elementsEqual(message.unicodeScalars))
        let id = try reply.member("/conversation_id")
        #expect(try await ada.client.get("/chat/conversations/\(id)").member("/title") == title)
      }
    }
  }
}

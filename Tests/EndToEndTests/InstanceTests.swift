import JSON
import TestSupport
import Testing

@Suite("Several instances on one database")
struct InstanceTests {
  private static func behindNginx(
    _ body: (UpstreamProcess, [ParleyProcess], NginxProcess) async throws -> Void
  ) async throws {
    let upstream = try await UpstreamProcess.start()
    try await Stand.with(.postgres, settings: upstream.settings) { stand in
      let servers = [try await stand.start(), try await stand.start(), try await stand.start()]
      let nginx = try await NginxProcess(before: servers.map(\.port))
      try await body(upstream, servers, nginx)
      for server in servers where server.process.isRunning { #expect(try await server.stop() == .exit(0)) }
    }
  }

  @Test("An answer comes through nginx word by word, buffering and compression on")
  func unbuffered() async throws {
    try await Self.behindNginx { upstream, servers, nginx in
      var ada = try await Account.make("ada", on: servers[0])
      ada.client = HTTPClient(port: nginx.port, token: ada.client.token)
      let stream = try await ada.events("one two three four [pause:gate]")
      var text = ""
      // The second half is not sent before the first was read.
      while text.isEmpty {
        let event = try #require(try await stream.next())
        if event.name == "delta" { text += try event.json["text"]?.string ?? "" }
      }
      try await upstream.waiting("gate")
      try await upstream.release("gate")
      let rest = try await StreamedTurn.reading(stream)
      #expect(text + rest.text == "echo: one two three four")
      #expect(rest.ended?["status"] == "complete")
    }
  }

  @Test("A stream that is lost goes on at every other instance, without gap and without repeat")
  func resume() async throws {
    try await Self.behindNginx { upstream, servers, nginx in
      var ada = try await Account.make("ada", on: servers[0])
      ada.client = HTTPClient(port: nginx.port, token: ada.client.token)
      let words = (0..<20).map { "wörd\($0)" }.joined(separator: " ")
      var stream = try await ada.events("\(words) [pause:gate] [pace:5]")
      var addresses: Set<String> = [try await stream.head().header("x-server") ?? ""]
      let answer = try #require(try await stream.next()?.json["message_id"]?.string)
      var text = ""
      var last = "0"
      while text.isEmpty {
        let event = try #require(try await stream.next())
        last = try #require(event.id)
        if event.name == "delta" { text += try event.json["text"]?.string ?? "" }
      }
      for _ in 0..<2 {
        stream.close()
        stream = try await ada.resume(answer, after: last)
        let head = try await stream.head()
        #expect(head.status == 200)
        addresses.insert(head.header("x-server") ?? "")
      }
      #expect(addresses.count == 3)
      try await upstream.waiting("gate")
      try await upstream.release("gate")
      let rest = try await StreamedTurn.reading(stream)
      #expect(text + rest.text == "echo: \(words)")
      #expect(try await upstream.ledger().count == 1)

      // What is over can be read again, from anywhere, with the same ids.
      for server in servers {
        var there = ada
        there.client = HTTPClient(port: server.port, token: ada.client.token)
        let again = try await StreamedTurn.reading(there.resume(answer))
        #expect(again.text == text + rest.text)
        #expect(again.events.last?.id == rest.events.last?.id)
        let tail = try await StreamedTurn.reading(there.resume(answer, after: last))
        #expect(tail.text == rest.text)
        let head = try await there.resume(answer, after: "100000").head()
        try head.expectProblem(400, "unknown-event")
      }
    }
  }

  @Test("Stop reaches the instance that answers, and the upstream's connection is closed")
  func stop() async throws {
    try await Self.behindNginx { upstream, servers, _ in
      let ada = try await Account.make("ada", on: servers[0])
      let stream = try await ada.events("one two three four [pause:gate]")
      let answer = try #require(try await stream.next()?.json["message_id"]?.string)
      try await upstream.waiting("gate")
      let other = ada.moved(to: servers[1])
      let reply = try await other.client.send("POST", "/chat/messages/\(answer)/stop")
      try reply.require(200)
      #expect(try reply.value("/message/status") == "cancelled")
      try await upstream.closed("gate")
      let turn = try await StreamedTurn.reading(stream)
      #expect(turn.ended == (try reply.value("/message")))
      #expect(try await upstream.ledger().map { $0.text("outcome") } == ["left"])
      // Once more changes nothing.
      #expect(try await ada.client.send("POST", "/chat/messages/\(answer)/stop").json == reply.json)
    }
  }

  @Test("A retry with the same key joins the turn at another instance")
  func join() async throws {
    try await Self.behindNginx { upstream, servers, _ in
      let ada = try await Account.make("ada", on: servers[0])
      let first = try await ada.events("one two three four [pause:gate]", key: "one")
      _ = try await first.next()
      try await upstream.waiting("gate")
      let second = try await ada.moved(to: servers[1]).events("one two three four [pause:gate]", key: "one")
      async let third = ada.moved(to: servers[2]).send("one two three four [pause:gate]", key: "one")
      let joined = try #require(try await second.next())
      #expect(joined.name == "message")
      try await upstream.release("gate")
      let turns = [try await StreamedTurn.reading(first), try await StreamedTurn.reading(second)]
      let whole = try await third
      try whole.require(200)
      for turn in turns { #expect(turn.ended == (try whole.value("/message"))) }
      #expect(try await upstream.ledger().count == 1)
    }
  }

  @Test("kill -9 of the instance that answers leaves what was saved, interrupted, and another tells it")
  func kill() async throws {
    try await Self.behindNginx { upstream, servers, _ in
      let ada = try await Account.make("ada", on: servers[0])
      let stream = try await ada.events("one two three four [pause:gate]")
      let answer = try #require(try await stream.next()?.json["message_id"]?.string)
      try await upstream.waiting("gate")
      let other = ada.moved(to: servers[1])
      let follower = try await other.resume(answer)
      var text = ""
      while text != "echo: one two" {
        let event = try #require(try await follower.next())
        if event.name == "delta" { text += try event.json["text"]?.string ?? "" }
      }
      try await servers[0].kill()
      let rest = try await StreamedTurn.reading(follower)
      #expect(rest.ended?["status"] == "interrupted")
      #expect(rest.ended?["content"] == .string(text + rest.text))
      // Who was told more than was saved is told what was.
      let behind = try await StreamedTurn.reading(other.resume(answer, after: "1000"))
      #expect(behind.events.map(\.id) == ["1001", "1002"])
      #expect(behind.ended == rest.ended && behind.ended?["finish_reason"] == "lost")
      #expect(try await other.client.get("/usage").value("/totals/turns") == 1)
    }
  }
}

import Foundation
import TestSupport
import Testing

@testable import AIClient

extension AttemptTests {
  // MARK: Connections

  @Test("A request is never sent twice by itself when a kept connection dies after it was read")
  func noResend() async throws {
    let server = try CannedServer { request in
      request.numberOnConnection == 0 ? [.completion("Hi.")] : [.close]
    }
    defer { server.stop() }
    let model = try model(upstream(server), retries: 0)
    #expect(await answer(model, prompt(streamed: false)).events == whole)
    let (events, error) = await answer(model, prompt("Once", streamed: false))
    #expect(events.isEmpty && error?.code == .interrupted && error?.mayHaveCost == true)
    #expect(server.requests.map(\.numberOnConnection) == [0, 1])
    #expect(server.requests.count { $0.body.contains("Once") } == 1)
  }

  @Test("A retry on a new connection is ours, and told")
  func retryAfterDeadConnection() async throws {
    let server = try CannedServer { request in
      request.numberOnConnection == 0 ? [.completion("Hi.")] : [.close]
    }
    defer { server.stop() }
    let model = try model(upstream(server))
    _ = await answer(model)
    let (events, error) = await answer(model)
    #expect(error == nil && failed(events).map(\.error.code) == [.interrupted] && events.dropFirst() == whole[...])
    #expect(server.requests.count == 3)
  }

  @Test("A streamed answer leaves its connection for the next one")
  func keptAfterStream() async throws {
    let isRead = DispatchSemaphore(value: 0)
    let server = try CannedServer { _ in
      let body = #"data: {"choices":[{"delta":{"content":"Hi."},"finish_reason":"stop"}]}"# + "\n\ndata: [DONE]\n\n"
      return [
        .send(
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n"),
        .await(isRead), .send("0\r\n\r\n"),
      ]
    }
    defer { server.stop() }
    let model = try model(upstream(server))
    // The end of a response comes after its answer was read.
    repeat {
      try #require(server.requests.count < 50)
      #expect(await answer(model).error == nil)
      isRead.signal()
    } while server.requests.last?.numberOnConnection != 1
  }

  @Test("A redirect is not followed, and the key stays")
  func redirect() async throws {
    let other = try CannedServer { _ in [.completion("Hi.")] }
    let server = try CannedServer { _ in [.respond(307, ["Location: \(other.address)/v1/chat/completions"])] }
    defer { for server in [server, other] { server.stop() } }
    let (_, error) = await answer(try model(upstream(server, key: "sk-secret")))
    #expect(error?.code == .upstreamStatus(307) && other.requests.isEmpty)
  }

  @Test("A key that the server repeats is not told")
  func secrecy() async throws {
    let server = try CannedServer { request in
      [.respond(401, [], "wrong key: \(request.headers["authorization"] ?? "")")]
    }
    defer { server.stop() }
    let (_, error) = await answer(try model(upstream(server, key: "sk-secret")))
    #expect(error?.code == .unauthorized && error?.detail.contains("Bearer [key]") == true)
    #expect(!String(reflecting: error).contains("sk-secret"))
  }

  @Test("Cancelling closes the connection at once, before the text and within it")
  func cancel() async throws {
    let server = try CannedServer { request in
      request.path.hasPrefix("/late") ? [.openEnded, .chunk("Hi"), .awaitClose] : [.awaitClose]
    }
    defer { server.stop() }
    var events = server.events.makeAsyncIterator()
    for path in ["/early/v1", "/late/v1"] {
      let model = try model(upstream(server, path))
      let task = Task { await answer(model) }
      #expect(await events.next() == .asked(path: path + "/chat/completions"))
      task.cancel()
      #expect(await events.next() == .closedByClient)
      #expect(await task.value.error?.code == .cancelled)
    }
  }

  // MARK: Limits

  @Test("Each timeout ends what it is for")
  func timeouts() async throws {
    let long = Duration.seconds(60)
    // Time enough for a request to reach the server, whatever else the machine has to do.
    let short = Duration.seconds(1)
    let silent = try CannedServer { _ in [.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"), .awaitClose] }
    let stalled = try CannedServer { _ in [.openEnded, .chunk("Hi"), .awaitClose] }
    let endless = try CannedServer { _ in [.openEnded, .sendWithoutEnd(CannedServer.Step.chunkText("Hi"))] }
    defer { for server in [silent, stalled, endless] { server.stop() } }
    for (server, timeouts) in [
      (silent, Timeouts(firstByte: short, idle: long, total: long)),
      (stalled, Timeouts(firstByte: long, idle: short, total: long)),
      (endless, Timeouts(firstByte: long, idle: long, total: short)),
    ] {
      let (events, error) = await answer(try model(upstream(server), timeouts: timeouts))
      #expect(error?.code == .timeout)
      // The total time of the endless one may be over before its text has come.
      if server.port != endless.port { #expect(events.isEmpty == (server.port == silent.port)) }
      #expect(server.requests.count == 1)
    }
  }

  @Test("A connection that does not come about in time is none, and costs nothing")
  func connectTimeout() async throws {
    let (listener, port) = try Loopback.listen()
    defer { close(listener) }
    // A queue of one that nobody empties: the kernel answers no more than the first.
    #expect(listen(listener, 0) == 0)
    let timeouts = Timeouts(connect: .milliseconds(300), firstByte: .milliseconds(900))
    let model = try model(.init("http://127.0.0.1:\(port)/v1", models: ["m"]), timeouts: timeouts, retries: 0)
    let errors = await withTaskGroup(of: AIError?.self) { group in
      for _ in 0..<4 { group.addTask { await answer(model).error } }
      return await group.reduce(into: []) { errors, error in errors.append(error) }
    }
    #expect(Set(errors.map { (error: AIError?) in error?.code }) == [.unreachable, .timeout])
    #expect(errors.allSatisfy { $0?.mayHaveCost == ($0?.code == .timeout) })
  }

  @Test("A wait that would take longer than the answer may is not begun")
  func waits() async throws {
    let server = try CannedServer { _ in [.respond(503, ["Retry-After: 9"])] }
    defer { server.stop() }
    let (_, error) = await answer(try model(upstream(server), timeouts: Timeouts(total: .seconds(8)), retries: 10))
    #expect(error?.code == .upstreamStatus(503) && server.requests.count == 1)
  }

  @Test("A head without end is refused")
  func endlessHead() async throws {
    let line = "X-A: \(String(repeating: "a", count: 60_000))\r\n"
    let server = try CannedServer { _ in
      [.send("HTTP/1.1 200 OK\r\n")] + (0..<400).map { _ in .send(line) } + [.awaitClose]
    }
    defer { server.stop() }
    let (_, error) = await answer(try model(upstream(server)), prompt(streamed: false))
    #expect(error?.code == .tooLarge || error?.code == .invalidResponse || error?.code == .interrupted)
  }

  @Test("An answer whose connection breaks behind its finish reason is whole")
  func brokenBehindReason() async throws {
    let server = try CannedServer { _ in
      [
        .send("HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n"), .chunk("Hi."),
        .send(#"data: {"choices":[{"delta":{},"finish_reason":"length"}]}"# + "\n\n"), .close,
      ]
    }
    defer { server.stop() }
    let (events, error) = await answer(try model(upstream(server)))
    #expect(error == nil && events.last == .finished(.length, model: "m"))
  }
}

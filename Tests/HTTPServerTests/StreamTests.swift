import HTTP
import HTTPServer
import HTTPTypes
import Logging
import ServiceLifecycle
import Testing

@Suite("A streamed response", .timeLimit(.minutes(5)))
struct StreamTests {
  @Test("arrives piece by piece and leaves the connection open")
  func pieces() async throws {
    let heard = Event<Void>()
    let toy = Toy { request in
      guard request.path == "/stream" else { return .text("next;") }
      return Response(
        status: .ok,
        body: .stream { writer in
          try await writer.write(Array("first;".utf8))
          await heard.value
          try await writer.write(Array("second;".utf8))
        })
    }
    try await serving(toy) { port, _ in
      try await RawClient.connected(to: port) { client in
        try await client.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try await client.read(until: "first;").contains("transfer-encoding: chunked"))
        heard.happen()
        _ = try await client.read(until: "second;\r\n0\r\n\r\n")
        try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        _ = try await client.read(until: "next;")
      }
    }
  }

  @Test("is cancelled when its reader leaves, although nothing is being written")
  func clientLeaves() async throws {
    let cancelled = Event<Void>()
    let toy = Toy { _ in
      Response(
        status: .ok,
        body: .stream { writer in
          try await writer.write(Array("first;".utf8))
          await withTaskCancellationHandler {
            await cancelled.value
          } onCancel: {
            cancelled.happen()
          }
        })
    }
    try await serving(toy) { port, _ in
      try await RawClient.connected(to: port) { client in
        try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        _ = try await client.read(until: "first;")
      }
      await cancelled.value
    }
  }

  @Test("is cut off, not ended, when it fails")
  func fails() async throws {
    struct Failure: Error {}
    let toy = Toy { _ in
      Response(
        status: .ok,
        body: .stream { writer in
          try await writer.write(Array("first;".utf8))
          throw Failure()
        })
    }
    try await serving(toy) { port, _ in
      let answer = try await RawClient.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n", with: port)
      #expect(answer.hasSuffix("first;\r\n"))
    }
  }

  @Test("that nobody reads is given up")
  func unread() async throws {
    let failed = Event<Void>()
    let toy = Toy { _ in
      Response(
        status: .ok,
        body: .stream { writer in
          do {
            while true { try await writer.write([UInt8](repeating: 0, count: 1 << 20)) }
          } catch {
            failed.happen()
          }
        })
    }
    try await serving(toy, limits: HTTPLimits(writeTimeout: .milliseconds(50))) { port, _ in
      try await RawClient.connected(to: port) { client in
        try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        await failed.value
      }
    }
  }

  @Test("of a handler whose client left still runs to its end before the server stops")
  func handlerOutlivesClient() async throws {
    let began = Event<Void>()
    let goOn = Event<Void>()
    let ended = Event<Bool>()
    let toy = Toy { _ in
      began.happen()
      await goOn.value
      ended.happen(Task.isCancelled)
      return .text("nobody hears this")
    }
    try await serving(toy) { port, server in
      try await RawClient.connected(to: port) { client in
        try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        await began.value
      }
      await server.triggerGracefulShutdown()
      goOn.happen()
      #expect(await ended.value == false)
    }
  }
}

@Suite("A graceful shutdown", .timeLimit(.minutes(5)))
struct ShutdownTests {
  @Test("lets a running request finish, closes idle connections and accepts no more")
  func finishes() async throws {
    let began = Event<Void>()
    let goOn = Event<Void>()
    let toy = Toy { _ in
      began.happen()
      await goOn.value
      return .text("done")
    }
    try await serving(toy) { port, server in
      try await RawClient.connected(to: port) { idle in
        try await RawClient.connected(to: port) { client in
          try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
          await began.value
          await server.triggerGracefulShutdown()
          #expect(try await idle.readToEnd() == "")
          await #expect(throws: (any Error).self) { try await RawClient.exchange("", with: port) }
          goOn.happen()
          let answer = try await client.readToEnd()
          #expect(answer.hasPrefix("HTTP/1.1 200") && answer.hasSuffix("done"))
          #expect(answer.contains("Connection: close"))
        }
      }
    }
  }

  @Test("ends what does not finish within its bound")
  func bound() async throws {
    let began = Event<Void>()
    let cancelled = Event<Void>()
    let toy = Toy { _ in
      Response(
        status: .ok,
        body: .stream { _ in
          began.happen()
          await withTaskCancellationHandler {
            await cancelled.value
          } onCancel: {
            cancelled.happen()
          }
        })
    }
    try await serving(toy, limits: HTTPLimits(shutdownGrace: .milliseconds(50))) { port, server in
      try await RawClient.connected(to: port) { client in
        try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        await began.value
        await server.triggerGracefulShutdown()
        await cancelled.value
      }
    }
  }

  @Test("A port that is taken is told in one line")
  func portInUse() async throws {
    try await serving(Toy { _ in .text("") }) { port, _ in
      let error = await #expect(throws: HTTPServiceError.self) {
        try await HTTPService(
          host: "127.0.0.1", port: port, responder: Toy { _ in .text("") }, logger: Logger(label: "test")
        ).run()
      }
      #expect(error?.code == .portInUse)
      #expect(
        error?.description
          == "port \(port) on 127.0.0.1 is in use: stop what listens there, or choose another PORT")
    }
  }
}

import HTTP
import HTTPServer
import HTTPTypes
import NIOCore
import Synchronization
import Testing

private final class Flag: Sendable {
  let value = Mutex(false)
}

/// Bodies that the handler reads piece by piece.
@Suite("A streamed request body", .timeLimit(.minutes(5)))
struct RequestBodyTests {
  /// Says how many bytes arrived, or why there are no more.
  private let counter = Toy { request in
    var count = 0
    do {
      for try await piece in request.body { count += piece.count }
      return .text("\(count) bytes.")
    } catch {
      return .text("\(count) bytes, \(error).", status: .badRequest)
    }
  }

  @Test("arrives in pieces, chunked or not, and the connection lives on")
  func pieces() async throws {
    try await serving(counter) { port, _ in
      try await RawClient.connected(to: port) { client in
        try await client.send("PUT /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")
        try await client.send("2\r\nde\r\n0\r\n\r\n")
        _ = try await client.read(until: "5 bytes.")
        try await client.send("PUT /p HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab")
        try await client.send("cd")
        _ = try await client.read(until: "4 bytes.")
        try await client.send("PUT /p HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
        #expect(try await client.read(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
        try await client.send("ok")
        _ = try await client.read(until: "2 bytes.")
      }
    }
  }

  @Test("waits at the client while the handler does not ask, and comes whole all the same")
  func backpressure() async throws {
    let mayRead = Event<Void>()
    let size = 32 * 1024 * 1024
    let slow = Toy { request in
      var count = 0
      var longest = 0
      do {
        for try await piece in request.body {
          if count == 0, request.path == "/p" { await mayRead.value }
          count += piece.count
          longest = max(longest, piece.count)
        }
      } catch {
        return .text("\(error)", status: .badRequest)
      }
      return .text("\(count) bytes, \(longest < 1024 * 1024 ? "little" : "much") at once.")
    }
    try await serving(slow) { port, _ in
      try await RawClient.connected(to: port) { client in
        let isSent = Flag()
        let outbound = client.outbound
        try await client.send("PUT /p HTTP/1.1\r\nHost: a\r\nContent-Length: \(size)\r\n\r\n")
        async let sending: Void = {
          for _ in 0..<(size / 65_536) { try await outbound.write(.init(repeating: 0x61, count: 65_536)) }
          isSent.value.withLock { $0 = true }
        }()
        // As large a body goes through beside it, and what the kernel's buffers hold is far less.
        try await RawClient.connected(to: port) { other in
          try await other.send("PUT /beside HTTP/1.1\r\nHost: a\r\nContent-Length: \(size)\r\n\r\n")
          for _ in 0..<(size / 65_536) { try await other.outbound.write(.init(repeating: 0x61, count: 65_536)) }
          _ = try await other.read(until: "\(size) bytes, little at once.")
        }
        #expect(!isSent.value.withLock { $0 })
        mayRead.happen()
        try await sending
        _ = try await client.read(until: "\(size) bytes, little at once.")
      }
    }
  }

  @Test("fails when the client leaves or takes too long for a piece; the handler may take its time")
  func interrupted() async throws {
    let limits = HTTPLimits(readTimeout: .seconds(1))
    try await serving(counter, limits: limits) { port, _ in
      let answer = try await RawClient.exchange(
        "PUT /p HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc", with: port)
      #expect(answer.contains("3 bytes, interrupted."))
      try await RawClient.connected(to: port) { client in
        try await client.send("PUT /p HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc")
        client.finish()
        #expect(try await client.readToEnd().contains("3 bytes, interrupted."))
      }
    }
    let mayGoOn = Event<Void>()
    let slow = Toy { request in
      var count = 0
      do {
        for try await piece in request.body {
          if count == 0, request.path == "/slow" { await mayGoOn.value }
          count += piece.count
        }
        return .text("\(count) bytes.")
      } catch {
        return .text("\(error)", status: .badRequest)
      }
    }
    try await serving(slow, limits: limits) { port, _ in
      try await RawClient.connected(to: port) { client in
        try await client.send("PUT /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 200000\r\n\r\n")
        try await client.send(String(repeating: "a", count: 200_000))
        // Somebody else's time for a piece begins and runs out meanwhile.
        let other = try await RawClient.exchange(
          "PUT /p HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc", with: port)
        #expect(other.contains("interrupted"))
        mayGoOn.happen()
        _ = try await client.read(until: "200000 bytes.")
      }
    }
  }

  @Test(
    "is not cut off where the handler takes its time before it asks, or with what came with the head",
    arguments: [0, 1])
  func unhurried(pieces: Int) async throws {
    let began = Event<Void>()
    let mayGoOn = Event<Void>()
    let slow = Toy { request in
      var iterator = request.body.makeAsyncIterator()
      var count = 0
      do {
        for _ in 0..<pieces { count += try await iterator.next()?.count ?? 0 }
        began.happen()
        await mayGoOn.value
        while let piece = try await iterator.next() { count += piece.count }
        return .text("\(count) bytes.")
      } catch {
        return .text("\(error)", status: .badRequest)
      }
    }
    let limits = HTTPLimits(readTimeout: .seconds(1))
    try await serving(slow, limits: limits) { port, _ in
      try await serving(counter, limits: limits) { other, _ in
        try await RawClient.connected(to: port) { client in
          try await client.send("PUT /p HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nabc")
          await began.value
          // Somebody else's time for a piece begins later, and runs out.
          let interrupted = try await RawClient.exchange(
            "PUT /p HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc", with: other)
          #expect(interrupted.contains("interrupted"))
          try await client.send("def")
          mayGoOn.happen()
          _ = try await client.read(until: "6 bytes.")
        }
      }
    }
  }

  @Test("is given to one task, and while there is no answer: who asks besides is refused")
  func once() async throws {
    let isRefused = Event<Void>()
    let isAnswered = Event<Void>()
    let late = Event<String>()
    let many = Toy { request in
      let collect: @Sendable () async -> String = {
        do {
          return "\(try await request.body.collect(upTo: 100).count) bytes"
        } catch {
          isRefused.happen()
          return "\(error)"
        }
      }
      if request.path == "/late" {
        Task {
          await isAnswered.value
          late.happen(await collect())
        }
        return .text("Answered.")
      }
      async let first = collect()
      async let second = collect()
      let outcomes = await [first, second]
      return .text(outcomes.sorted().joined(separator: ", ") + ".")
    }
    try await serving(many) { port, _ in
      try await RawClient.connected(to: port) { client in
        try await client.send("PUT /both HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nabc")
        await isRefused.value
        try await client.send("def")
        _ = try await client.read(until: "6 bytes, interrupted.")
        try await client.send("PUT /late HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nabc")
        _ = try await client.read(until: "Answered.")
        isAnswered.happen()
        #expect(await late.value == "interrupted")
        try await client.send("def")
      }
    }
  }

  @Test("that nobody reads to its end closes the connection behind the answer")
  func unread() async throws {
    let early = Toy { request in
      var iterator = request.body.makeAsyncIterator()
      let first = try? await iterator.next()
      return .text("\(first == nil ? "no" : "first") piece.")
    }
    try await serving(early) { port, _ in
      let answer = try await RawClient.exchange(
        "PUT /p HTTP/1.1\r\nHost: a\r\nContent-Length: 500000\r\n\r\n\(String(repeating: "a", count: 1000))", with: port
      )
      #expect(answer.contains("first piece.") && answer.lowercased().contains("connection: close"))
    }
  }
}

import EventLoop
import Storage
import Testing

@testable import Postgres

@Suite struct PostgresListenerTests {
  static func notify(_ payload: String) -> Query<Void> {
    Query(
      Statement(
        number: 210, name: "notify", postgres: "SELECT pg_notify(current_schema(), $1)", sqlite: "",
        parameters: [.text], effect: .write), [.text(payload)])
  }

  /// Ends the connection that listens.
  static let terminate = Query<Int?>.first(
    Statement(
      number: 211, name: "terminate",
      postgres: """
        SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
        WHERE application_name = current_setting('application_name') AND query LIKE 'DO%LISTEN%'
        """, sqlite: "", parameters: [], effect: .write)
  ) { row throws(StorageError) in try row.int(0) }

  /// Each test's schema, which is its own, is its channel.
  static let channel = Query<String?>.first(
    Statement(
      number: 212, name: "channel", postgres: "SELECT current_schema()", sqlite: "", parameters: [], effect: .read)
  ) { row throws(StorageError) in try row.text(0) }

  @Test func `Notifications arrive in order, also after the connection was cut, which is told as a gap`() async throws {
    try await TestDatabase.with(.postgres) { database, _ in
      let postgres = try #require(database as? PostgresDatabase)
      let channel = try #require(try await database.run(Self.channel))
      var stream = try #require(try await postgres.notifications(on: channel)).makeAsyncIterator()
      for number in 0..<3 { try await database.run(Self.notify("before \(number)")) }
      for number in 0..<3 {
        let next = await stream.next()
        #expect(next == .payload("before \(number)"))
      }
      for round in 0..<3 {
        let ended = try await database.run(Self.terminate)
        #expect(ended == 1)
        let gap = await stream.next()
        #expect(gap == .gap)
        try await database.run(Self.notify("after \(round)"))
        let next = await stream.next()
        #expect(next == .payload("after \(round)"))
      }
      await postgres.close()
      let end = await stream.next()
      #expect(end == nil)
    }
  }

  @Test func `Who takes notifications too slowly is told of a gap, once, where it is`() async {
    var (stream, output) = NotificationOutput.make(capacity: 3)
    for number in 1...5 { output.tell("\(number)") }
    var iterator = stream.makeAsyncIterator()
    var seen = [await iterator.next(), await iterator.next()]
    // There is room for the gap, and for one more.
    for number in 6...7 { output.tell("\(number)") }
    output.finish()
    while let next = await iterator.next() { seen.append(next) }
    #expect(seen == [.payload("1"), .payload("2"), .payload("3"), .gap, .payload("6")])
  }

  @Test(.timeLimit(.minutes(5)))
  func `A gap is told as soon as there is room, though nothing is notified any more`() async throws {
    try await TestDatabase.with(.postgres) { database, test in
      let channel = try #require(try await database.run(Self.channel))
      let (stream, output) = NotificationOutput.make(capacity: 3)
      let listener = PostgresListener(
        try PostgresURL(test.url), limits: PostgresPool.Limits(), loop: EventLoop(name: "listener"), channel: channel,
        output: output)
      try await listener.start()
      for number in 1...5 { try await database.run(Self.notify("\(number)")) }
      while await !listener.output.hasGap { await Task.yield() }
      var iterator = stream.makeAsyncIterator()
      for expected in [.payload("1"), .payload("2"), .payload("3"), .gap] as [DatabaseNotification] {
        let next = await iterator.next()
        #expect(next == expected)
      }
      listener.stop()
    }
  }

  @Test func `A channel's name cannot hold SQL`() async throws {
    try await TestDatabase.with(.postgres) { database, _ in
      let postgres = try #require(database as? PostgresDatabase)
      for name in ["", "a\"b", "a b", "é", String(repeating: "x", count: 64)] {
        let code = try await code { _ = try await postgres.notifications(on: name) }
        #expect(code == .configuration)
      }
    }
  }
}

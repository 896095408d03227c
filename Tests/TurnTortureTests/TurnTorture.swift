import Foundation
import JSON
import Synchronization
import TestSupport
import Testing

/// Turns of chat while everything around them fails. The usual, short form is bounded to some seconds; script/torture
/// sets PARLEY_TORTURE_MINUTES.
@Suite("Turns, whatever dies in between", .serialized)
struct TurnTorture {
  private static let minutes = ProcessInfo.processInfo.environment["PARLEY_TORTURE_MINUTES"].flatMap { Double($0) }
  private static let visitors = 12

  /// Three servers on PostgreSQL, one on SQLite; the first has most of the time.
  private static func duration(_ engine: Engine) -> Duration {
    let short: Duration = engine == .postgres ? .seconds(10) : .seconds(6)
    return minutes.map { .seconds(60 * $0 * (engine == .postgres ? 0.65 : 0.3)) } ?? short
  }

  @Test("Nothing acknowledged is lost, nothing is answered or counted twice", arguments: Engine.allCases)
  func torture(on engine: Engine) async throws {
    let counts = Counts()
    let ledger = TurnLedger()
    let start = ContinuousClock.now
    try await Site.with(engine, servers: engine == .postgres ? 3 : 1, counts: counts) { site in
      let isOver = Flag()
      let visitors = try await (0..<Self.visitors).asyncMap { try await Visitor.arrive($0, at: site, ledger) }
      try await withThrowingTaskGroup { group in
        for visitor in visitors {
          group.addTask { while !isOver.isSet { await visitor.talk { isOver.isSet } } }
        }
        try await Self.faults(site, for: Self.duration(engine))
        isOver.set()
        try await group.waitForAll()
      }
      try await Self.settle(site)
      try await TurnProof(site: site, ledger: ledger).check()
      try await Self.checkUsage(site, visitors)
      try await Self.checkLeaks(site)
    }
    let seconds = (ContinuousClock.now - start).components.seconds
    print("torture turn on \(engine): \(ledger.entries.count) messages in \(seconds) s; \(counts)")
    let violations = ledger.violations
    #expect(violations.isEmpty, "\(violations.count): \(violations.prefix(10).joined(separator: "\n"))")
  }

  /// Something dies every now and then.
  private static func faults(_ site: Site, for duration: Duration) async throws {
    let end = ContinuousClock.now + duration
    while ContinuousClock.now < end {
      try await Task.sleep(for: .milliseconds(Int.random(in: 200..<2500)))
      switch Int.random(in: 0..<10) {
      case 0..<6: try await site.killServer()
      case 6..<8: try await site.restartServer()
      default: try await site.restartDatabase()
      }
    }
  }

  /// Waits until nothing runs any more: what was left behind is claimed and settled by whoever is there.
  static func settle(_ site: Site, within patience: Duration = .seconds(60)) async throws {
    let deadline = ContinuousClock.now + patience
    while true {
      let rows = try await site.rows(
        "SELECT (SELECT COUNT(*) FROM turns), (SELECT COUNT(*) FROM messages WHERE status = 'streaming')")
      if rows == [["0", "0"]] { return }
      guard ContinuousClock.now < deadline else { throw Trouble("Turns left running: \(rows)") }
      try await Task.sleep(for: .milliseconds(200))
    }
  }

  /// What users are told that they used is the sum of the ledger.
  static func checkUsage(_ site: Site, _ visitors: [Visitor]) async throws {
    var told: [Int64] = [0, 0, 0]
    for visitor in visitors {
      let server = try await site.server()
      let totals = try await HTTPClient(port: server.port, token: visitor.token).get("/usage").json["totals"]
      for (index, name) in ["prompt_tokens", "completion_tokens", "cost"].enumerated() {
        told[index] += totals?[name]?.integer ?? 0
      }
    }
    let rows = try await site.rows("SELECT SUM(prompt_tokens), SUM(completion_tokens) FROM token_usage")
    #expect(rows == [[String(told[0]), String(told[1])]])
  }

  /// No request, no listener, no connection is left: here, there, and at the upstream.
  static func checkLeaks(_ site: Site, within patience: Duration = .seconds(10)) async throws {
    let deadline = ContinuousClock.now + patience
    for server in site.running {
      while true {
        // Streams are requests until they end; the one for the metrics is not counted, but has its connection.
        let metrics = try await HTTPClient(port: server.port).get("/metrics").text
        let isIdle = metrics.contains("\nhttp_server_requests_in_flight 0\n")
        let connections = try Loopback.established(at: server.port)
        if isIdle && connections <= 1 { break }
        guard ContinuousClock.now < deadline else {
          throw Trouble("Left open: \(connections) connections\n\(metrics)")
        }
        try await Task.sleep(for: .milliseconds(50))
      }
    }
    try await site.stop()
    while true {
      let load = try await HTTPClient(port: site.upstream.port).get("/connections").json
      if load == ["connections": 0, "open": 0] { return }
      guard ContinuousClock.now < deadline else { throw Trouble("Left open at the upstream: \(load)") }
      try await Task.sleep(for: .milliseconds(50))
    }
  }
}

private final class Flag: Sendable {
  private let value = Atomic(false)
  var isSet: Bool { value.load(ordering: .relaxed) }
  func set() { value.store(true, ordering: .relaxed) }
}

extension Range<Int> {
  fileprivate func asyncMap<Value>(_ body: (Int) async throws -> Value) async rethrows -> [Value] {
    var values: [Value] = []
    for number in self { values.append(try await body(number)) }
    return values
  }
}

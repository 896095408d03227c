import AIClient
import Generated
import HTTP
import Storage
import Synchronization
import Testing
import Values

import struct FoundationEssentials.UUID
import enum TestSupport.Engine

@testable import Handlers

/// What a client has received.
private final class Received: BodyWriter {
  private let bytes = Mutex<[UInt8]>([])
  private let (arrivals, arrival) = AsyncStream<Void>.makeStream()

  func write(_ bytes: [UInt8]) async throws {
    self.bytes.withLock { $0 += bytes }
    arrival.yield()
  }

  /// Waits until so many events are here.
  func wait(for count: Int) async {
    var arrivals = arrivals.makeAsyncIterator()
    while events.count < count, await arrivals.next() != nil {}
  }

  var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }

  struct Event: Equatable {
    var id: Int
    var name: String
    var data: String
  }

  var events: [Event] {
    text.split(separator: "\n\n").filter { !$0.hasPrefix(":") }.map { block in
      var event = Event(id: -1, name: "", data: "")
      for line in block.split(separator: "\n") {
        let value = String(line.drop { $0 != ":" }.dropFirst().drop { $0 == " " })
        if line.hasPrefix("id") { event.id = Int(value) ?? -1 }
        if line.hasPrefix("event") { event.name = value }
        if line.hasPrefix("data") { event.data = value }
      }
      return event
    }
  }
}

@Suite("The events of a turn", .timeLimit(.minutes(2)))
struct EventsTests {
  private func follow(
    _ id: UUID, after last: String? = nil, _ bench: TurnBench, _ turns: Turns
  ) async throws -> [Received.Event]? {
    let output = try await bench.handlers(turns).followMessage(
      FollowMessage.Input(messageID: id, lastEventID: last), as: bench.principal)
    guard case .ok(let stream) = output else { return nil }
    let received = Received()
    try await stream.write(to: received)
    return received.events
  }

  private static let pieces = ["Hé", "llo \"", "\u{1F600}", "\n wörld"]
  private static let whole = pieces.joined()

  @Test(
    "come from every id on without gap and without repeat, and no other id is taken",
    arguments: TurnBench.Engine.allCases)
  func everyID(on engine: TurnBench.Engine) async throws {
    try await TurnBench.with(engine) { bench in
      let (turns, other) = (bench.instance(), bench.instance())
      let listening = [Task { await turns.listen() }, Task { await other.listen() }]
      let (_, source) = try bench.turn(try await turns.take(bench.draft()))
      let call = await bench.model.call()
      let id = source.answer.id
      let first = Received()
      let stream = Task { try await source.events().write(to: first) }
      for (number, piece) in Self.pieces.enumerated() {
        call.say(piece)
        await first.wait(for: number + 2)
      }
      let length = Self.whole.utf8.count
      let bytes = Array(Self.whole.utf8)
      let starts = Set((0...length).filter { $0 == length || bytes[$0] & 0xC0 != 0x80 })
      // An event of the future, of the middle of a character, and none at all: here and where the turn does not run.
      for instance in [turns, other] {
        for wrong in ["\(length + 1)", "\(length + 2)", "2", "99999999999999999999", "-1", "x", ""] {
          let events = try await follow(id, after: wrong, bench, instance)
          #expect(events == nil, "\(wrong)")
        }
      }
      var resumed: [(start: Int, events: Task<[Received.Event]?, any Error>)] = []
      for start in starts {
        for instance in [turns, other] {
          resumed.append((start, Task { try await follow(id, after: "\(start)", bench, instance) }))
        }
      }
      try await bench.row(id) { $0?.text == Self.whole && $0?.watched == true }
      call.finish()
      try await stream.value

      let all = first.events
      #expect(all.map(\.name) == ["message", "delta", "delta", "delta", "delta", "usage", "done"])
      #expect(all.map(\.id) == [0, 3, 8, 12, 20, length + 1, length + 2])
      #expect(all[2].data == #"{"text":"llo \""}"#)
      for (start, events) in resumed { try expectRest(try await events.value, after: start) }
      // Settled.
      #expect(try await follow(id, bench, other)?.map(\.name) == ["message", "delta", "usage", "done"])
      for id in 0...length + 4 {
        for instance in [turns, other] {
          let events = try await follow(source.answer.id, after: "\(id)", bench, instance)
          if starts.contains(id) {
            try expectRest(events, after: id)
          } else {
            #expect(events?.map(\.id) == (id == length + 1 ? [length + 2] : id == length + 2 ? [] : nil), "\(id)")
          }
        }
      }
      for task in listening { task.cancel() }
    }
  }

  private func expectRest(_ events: [Received.Event]?, after start: Int) throws {
    let events = try #require(events)
    let length = Self.whole.utf8.count
    let deltas = events.filter { $0.name == "delta" }
    #expect(events.map(\.name) == deltas.map(\.name) + ["usage", "done"], "\(start)")
    #expect(deltas.last?.id ?? start == length, "\(start)")
    #expect(events.suffix(2).map(\.id) == [length + 1, length + 2], "\(start)")
    let text = deltas.map { delta in
      delta.data.dropFirst(9).dropLast(2).replacing(#"\""#, with: "\"").replacing(#"\n"#, with: "\n")
    }.joined()
    #expect(Array(text.utf8) == Array(Self.whole.utf8.dropFirst(start)), "\(start)")
  }

  @Test(
    "are not needed: the turn goes on when its client leaves before the first", arguments: TurnBench.Engine.allCases)
  func gone(on engine: TurnBench.Engine) async throws {
    try await TurnBench.with(engine) { bench in
      let turns = bench.instance()
      let input = SendMessage.Input(body: SendMessageRequest(content: "Hello"), accept: .eventStream)
      guard case .okEventStream = try await bench.handlers(turns).sendMessage(input, as: bench.principal) else {
        Issue.record("no stream")
        return
      }
      let id = try #require(turns.running.all.first).answer.id
      let call = await bench.model.call()
      call.say("Hi")
      call.finish()
      try await bench.row(id) { $0 == nil }
      #expect(try await bench.message(id)?.status == .complete)
    }
  }

  @Test(
    "end with what was saved when the instance died, also for those who were told more",
    arguments: TurnBench.Engine.allCases)
  func cutBack(on engine: TurnBench.Engine) async throws {
    try await TurnBench.with(engine) { bench in
      let (dead, other) = (bench.instance(), bench.instance())
      let answer = try await dead.open(bench.draft()).answer
      _ = try await bench.database.run(
        Queries.checkpointTurn(
          userID: bench.principal.userID, messageID: answer.id, owner: dead.instance, text: "Hé", isWhole: true,
          model: "small", promptTokens: 1, leaseExpiresAt: bench.clock.now))
      bench.clock.advance(by: .seconds(11))
      #expect(try await other.recoverOnce() == 1)
      // From the start, within what was saved, and behind it: nobody knows which of those ids were told.
      let told: [String?: [Int]] = [
        nil: [0, 3, 4, 5], "0": [3, 4, 5], "1": [3, 4, 5], "3": [4, 5], "4": [5, 6], "5": [6, 7], "90": [91, 92],
      ]
      for (last, ids) in told {
        let events = try await follow(answer.id, after: last, bench, other) ?? []
        #expect(events.map(\.id) == ids, "\(last ?? "from the start")")
        let names = ["message", "delta", "usage", "done"].suffix(ids.count)
        #expect(events.map(\.name) == Array(names), "\(last ?? "")")
        let end = events.last?.data ?? ""
        #expect(end.contains(#""content":"Hé""#), "\(end)")
        #expect(end.contains(#""status":"interrupted","finish_reason":"lost""#), "\(end)")
      }
      for wrong in ["2", "-1", "2147483648", "9223372036854775807"] {
        #expect(try await follow(answer.id, after: wrong, bench, other) == nil, "\(wrong)")
      }
    }
  }

  @Test(
    "end with what was saved when another instance took the turn over", arguments: TurnBench.Engine.allCases)
  func takenOver(on engine: TurnBench.Engine) async throws {
    try await TurnBench.with(engine) { bench in
      let (turns, other) = (bench.instance(), bench.instance())
      let (_, source) = try bench.turn(try await turns.take(bench.draft()))
      let call = await bench.model.call()
      let received = Received()
      let stream = Task { try await source.events().write(to: received) }
      call.say("Hello")
      await received.wait(for: 2)
      var saved = source.answer
      (saved.content, saved.status, saved.finishReason) = ("He", .interrupted, Turns.lost)
      let settling = other.settling(
        saved, [], of: bench.principal.userID, held: turns.instance, until: .latest, reserved: 0)
      try await bench.database.run(requiring: settling.requirement, after: settling.writes)
      try await stream.value
      #expect(received.events.map(\.name) == ["message", "delta", "usage", "done"])
      #expect(received.events.map(\.id) == [0, 5, 6, 7])
      #expect(received.events.last?.data.contains(#""content":"He""#) == true)
    }
  }

  @Test("end with an error when the model failed")
  func failed() async throws {
    try await TurnBench.with(.sqlite) { bench in
      let (_, source) = try bench.turn(try await bench.instance().take(bench.draft()))
      await bench.model.call().fail(.timeout)
      let received = Received()
      try await source.events().write(to: received)
      #expect(received.events.map(\.name) == ["message", "usage", "error"])
      #expect(received.events.last?.data.contains("\"code\":\"upstream-timeout\"") == true)
    }
  }
}

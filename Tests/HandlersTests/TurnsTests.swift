import AIClient
import Generated
import HTTP
import Storage
import Testing
import Values

import struct FoundationEssentials.UUID
import enum TestSupport.Engine

@testable import Handlers

@Suite("A turn", .timeLimit(.minutes(2)))
struct TurnsTests {
  @Test(
    "is settled again while the database is away or does not tell whether it saved, and counts once",
    arguments: TurnBench.Engine.allCases,
    [
      [.before(.unavailable)], [.before(.poolExhausted)], [.before(.outcomeUnknown)], [.after(.outcomeUnknown)],
      [.before(.unavailable), .after(.outcomeUnknown)],
    ] as [[FaultyDatabase.Fault]])
  func triesAgain(on engine: TurnBench.Engine, faults: [FaultyDatabase.Fault]) async throws {
    try await TurnBench.with(engine, faults: faults) { bench in
      let (_, settled) = try await bench.answered(bench.draft(), by: bench.instance())
      #expect(bench.database.faults.isEmpty)
      #expect(settled.answer.status == .complete && settled.answer.content == "Hi")
      #expect(settled.usage == Usage(promptTokens: 10, completionTokens: 5, totalTokens: 15, source: .provider))
      #expect(try await bench.message(settled.answer.id) == settled.answer)
      #expect(try await bench.ledger(of: settled.answer.id).map(\.completionTokens) == [5])
      #expect(try await bench.row(settled.answer.id) == nil)
    }
  }

  @Test("that cannot be saved is told, and settled by recovery", arguments: TurnBench.Engine.allCases)
  func givesUp(on engine: TurnBench.Engine) async throws {
    try await TurnBench.with(engine, faults: [.before(.invalidValue)]) { bench in
      let turns = bench.instance()
      let (_, source) = try bench.turn(try await turns.take(bench.draft()))
      let call = await bench.model.call()
      call.say("Hi")
      let id = try #require(turns.running.all.first?.opened.answer.id)
      try await bench.row(id) { $0?.text == "Hi" }
      call.finish()
      let error = await #expect(throws: StorageError.self) { _ = try await source.settled() }
      #expect(error?.code == .invalidValue)
      while turns.running[id] != nil { await Task.yield() }
      #expect(try await turns.recoverOnce() == 0)
      bench.clock.advance(by: .seconds(11))
      #expect(try await turns.recoverOnce() == 1)
      #expect(try await bench.message(id)?.content == "Hi")
      #expect(try await bench.message(id)?.status == .interrupted)
    }
  }

  @Test("is heard from every offset without gap and without repeat, running, elsewhere and settled")
  func everyOffset() async throws {
    try await TurnBench.with(.sqlite) { bench in
      let (turns, other) = (bench.instance(), bench.instance())
      let listening = Task { await other.listen() }
      let (_, source) = try bench.turn(try await turns.take(bench.draft()))
      let call = await bench.model.call()
      let pieces = ["Hé", "llo ", "\u{1F600}", "wörld", "\0", "!", "a\0b"]
      let whole = "Héllo \u{1F600}wörld!ab"
      let answer = try #require(turns.running.all.first).opened.answer
      let listeners = (0...whole.utf8.count).map { offset in
        Task { try await Self.heard(source, from: offset) }
      }
      for piece in pieces {
        call.say(piece)
        await Task.yield()
      }
      let remote = try #require(try await other.source(of: answer.id, for: bench.principal))
      #expect(remote is RemoteTurn)
      let far = Task { try await Self.heard(remote, from: 0) }
      try await bench.row(answer.id) { $0?.text == whole && $0?.watched == true }
      call.finish()
      for (offset, listener) in listeners.enumerated() {
        #expect(try await listener.value == Array(whole.utf8.dropFirst(offset)), "\(offset)")
      }
      #expect(try await far.value == Array(whole.utf8))
      let settled = try #require(try await other.source(of: answer.id, for: bench.principal))
      #expect(settled is SettledTurn)
      for offset in 0...whole.utf8.count {
        #expect(try await Self.heard(settled, from: offset) == Array(whole.utf8.dropFirst(offset)), "\(offset)")
      }
      listening.cancel()
    }
  }

  private static func heard(_ source: any TurnSource, from offset: Int) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let progress = try await source.next(after: offset + bytes.count)
      bytes += progress.text
      if progress.end != nil { return bytes }
    }
  }

  @Test("goes on when a listener leaves, and a listener that leaves is forgotten")
  func listenerLeaves() async throws {
    try await TurnBench.with(.sqlite) { bench in
      let (_, source) = try bench.turn(try await bench.instance().take(bench.draft()))
      let call = await bench.model.call()
      let listener = Task { try await source.next(after: 0) }
      listener.cancel()
      await #expect(throws: CancellationError.self) { _ = try await listener.value }
      call.say("Hi")
      call.finish()
      #expect(try await source.settled().answer.content == "Hi")
    }
  }

  @Test("is stopped at once, keeps what came, and is billed by an estimate", arguments: TurnBench.Engine.allCases)
  func stops(on engine: TurnBench.Engine) async throws {
    try await TurnBench.with(engine) { bench in
      let (_, source) = try bench.turn(try await bench.instance().take(bench.draft()))
      let call = await bench.model.call()
      call.say("One two three")
      _ = try await source.next(after: 0)
      try await source.stop()
      await call.closed()
      let settled = try await source.settled()
      #expect(settled.answer.status == .cancelled && settled.answer.content == "One two three")
      #expect(settled.usage.source == .estimated && settled.usage.completionTokens > 0)
      #expect(try await bench.ledger(of: settled.answer.id).map(\.tokens) == [settled.usage.totalTokens])
    }
  }

  @Test("that is stopped as it ends is either, and is settled once", arguments: TurnBench.Engine.allCases)
  func stopRacesWithEnd(on engine: TurnBench.Engine) async throws {
    try await TurnBench.with(engine) { bench in
      let turns = bench.instance()
      for _ in 0..<20 {
        let (_, source) = try bench.turn(try await turns.take(bench.draft()))
        let call = await bench.model.call()
        call.say("Hi")
        let finishing = Task { call.finish() }
        let stopping = Task { try await source.stop() }
        await finishing.value
        try await stopping.value
        let settled = try await source.settled()
        #expect([.complete, .cancelled].contains(settled.answer.status))
        #expect(try await bench.ledger(of: settled.answer.id).count == 1)
        #expect(try await bench.message(settled.answer.id) == settled.answer)
        #expect(try await bench.row(settled.answer.id) == nil)
      }
    }
  }

  @Test("is joined by a retry, here and on another instance", arguments: TurnBench.Engine.allCases)
  func joins(on engine: TurnBench.Engine) async throws {
    try await TurnBench.with(engine) { bench in
      let (turns, other) = (bench.instance(), bench.instance())
      let listening = Task { await other.listen() }
      let (question, source) = try bench.turn(try await turns.take(bench.draft(key: "one")))
      let call = await bench.model.call()
      let (sameQuestion, same) = try bench.turn(try await turns.take(bench.draft(key: "one")))
      let (_, far) = try bench.turn(try await other.take(bench.draft(key: "one")))
      #expect(sameQuestion == question)
      #expect(far is RemoteTurn)
      guard case .keyReused = try await turns.take(bench.draft("Other", key: "one")) else {
        Issue.record("another message under the key")
        return
      }
      call.say("Hi")
      let piece = try await far.next(after: 0)
      #expect(Array(piece.text) == Array("Hi".utf8))
      call.finish()
      let settled = try await source.settled()
      #expect(try await same.settled() == settled)
      #expect(try await far.settled() == settled)
      let (_, again) = try bench.turn(try await other.take(bench.draft(key: "one")))
      #expect(again as? SettledTurn == settled)
      listening.cancel()
    }
  }

  @Test("is the only one of its conversation, besides those that branch", arguments: TurnBench.Engine.allCases)
  func oneAtATime(on engine: TurnBench.Engine) async throws {
    try await TurnBench.with(engine) { bench in
      let turns = bench.instance()
      let (question, first) = try await bench.answered(bench.draft(), by: turns)
      let id = question.conversationID
      let (_, source) = try bench.turn(try await turns.take(bench.draft("More", in: id)))
      let call = await bench.model.call()
      guard case .inProgress = try await turns.take(bench.draft("Again", in: id)) else {
        Issue.record("two at a time")
        return
      }
      let again = Draft(principal: bench.principal, place: .again(question))
      let (_, branch) = try await bench.answered(again, by: turns, "Hello")
      #expect(branch.answer.parentID == question.id && branch.answer.id != first.answer.id)
      call.finish()
      #expect(try await source.settled().answer.status == .complete)
      let (_, next) = try await bench.answered(bench.draft("Again", in: id), by: turns)
      #expect(next.answer.status == .complete)
      guard case .conversationNotFound = try await turns.take(bench.draft(in: .v7())) else {
        Issue.record("a conversation of nobody")
        return
      }
    }
  }

  @Test("of a model that fails is saved as failed, and one that breaks off as interrupted")
  func failures() async throws {
    try await TurnBench.with(.sqlite) { bench in
      let turns = bench.instance()
      for (text, code, status, isTimeout) in [
        (nil, .upstreamStatus(500), .failed, false), (nil, .timeout, .failed, true),
        ("Hi", .interrupted, .interrupted, false), ("Hi", .timeout, .interrupted, false),
      ] as [(String?, AIError.Code, MessageStatus, Bool)] {
        let (_, source) = try bench.turn(try await turns.take(bench.draft()))
        let call = await bench.model.call()
        if let text { call.say(text) }
        call.fail(code)
        let settled = try await source.settled()
        #expect(settled.answer.status == status && settled.isTimeout == isTimeout)
        #expect(settled.answer.content == text ?? "")
        #expect(try await bench.message(settled.answer.id) == settled.answer)
        // A timeout may have cost the prompt; a refusal costs nothing.
        let rows = try await bench.ledger(of: settled.answer.id)
        #expect(rows.map { $0.tokens > 0 } == [text != nil || code == .timeout])
      }
    }
  }
}

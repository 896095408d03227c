import AIClient
import Generated
import HTTP
import Storage
import Testing
import Values

import struct FoundationEssentials.UUID
import enum TestSupport.Engine

@testable import Handlers

@Suite("Turns of several instances", .timeLimit(.minutes(2)))
struct InstancesTests {
  @Test("Of two that find an abandoned turn, one settles it", arguments: TurnBench.Engine.allCases)
  func twoRecover(on engine: TurnBench.Engine) async throws {
    try await TurnBench.with(engine) { bench in
      let others = (0..<4).map { _ in bench.instance() }
      for _ in 0..<5 {
        let opened = try await bench.instance().open(bench.draft())
        let id = opened.answer.id
        #expect(try await others[0].recoverOnce() == 0)
        bench.clock.advance(by: .seconds(11))
        let counts = try await withThrowingTaskGroup(of: Int.self) { group in
          for other in others { group.addTask { try await other.recoverOnce() } }
          return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts.reduce(0, +) == 1)
        #expect(try await bench.message(id)?.status == .interrupted)
        #expect(try await bench.ledger(of: id).map(\.source) == [.estimated])
        #expect(try await bench.row(id) == nil)
        // The conversation can go on.
        let (_, next) = try await bench.answered(
          bench.draft(in: opened.answer.conversationID), by: others[0])
        #expect(next.answer.status == .complete)
      }
    }
  }

  @Test("A turn of nobody is billed at the model that was asked", arguments: TurnBench.Engine.allCases)
  func recoveredModel(on engine: TurnBench.Engine) async throws {
    try await TurnBench.with(engine) { bench in
      _ = try await bench.database.run(
        UsersTable.update(id: bench.principal.userID, UsersChanges(model: .value("large"))))
      let (turns, other) = (bench.instance(), bench.instance())
      let (_, source) = try bench.turn(try await turns.take(bench.draft()))
      let call = await bench.model.call()
      #expect(call.prompt.model == "large")
      call.say("Hi")
      try await bench.row(source.answer.id) { $0?.text == "Hi" }
      // Its owner is there and extends the lease, but not in time.
      while try await other.recoverOnce() == 0 { bench.clock.advance(by: .seconds(11)) }
      #expect(try await bench.message(source.answer.id)?.model == "large")
      #expect(try await bench.ledger(of: source.answer.id).map(\.model) == ["large"])
      #expect(try await source.settled().answer.finishReason == "lost")
    }
  }

  @Test("A turn that cannot be settled keeps nobody from settling others", arguments: TurnBench.Engine.allCases)
  func unsettleable(on engine: TurnBench.Engine) async throws {
    try await TurnBench.with(engine, faults: [.before(.invalidValue)]) { bench in
      let turns = bench.instance()
      var ids: [UUID] = []
      for _ in 0..<3 { ids.append(try await bench.instance().open(bench.draft()).answer.id) }
      bench.clock.advance(by: .seconds(11))
      #expect(try await turns.recoverOnce() == 2)
      #expect(try await bench.row(ids[0]) != nil && bench.database.faults.isEmpty)
      for id in ids.dropFirst() { #expect(try await bench.message(id)?.status == .interrupted) }
      #expect(try await turns.recoverOnce() == 1)
    }
  }

  @Test(
    "Who lost a turn to another closes the connection and tells what was saved", arguments: TurnBench.Engine.allCases)
  func lost(on engine: TurnBench.Engine) async throws {
    try await TurnBench.with(engine) { bench in
      let (turns, other) = (bench.instance(), bench.instance())
      let (_, source) = try bench.turn(try await turns.take(bench.draft()))
      let call = await bench.model.call()
      call.say("Hi")
      let id = try #require(turns.running.all.first?.opened.answer.id)
      try await bench.row(id) { $0?.text == "Hi" }
      // The clock of the other one is ahead.
      let row = try #require(try await bench.row(id))
      let answer = try #require(try await bench.message(id))
      var interrupted = answer
      (interrupted.content, interrupted.status) = ("Hi", .interrupted)
      let settling = other.settling(
        interrupted, [], of: bench.principal.userID, held: row.owner, until: .latest, reserved: 0)
      try await bench.database.run(requiring: settling.requirement, after: settling.writes)
      await call.closed()
      #expect(try await source.settled().answer == interrupted)
      #expect(try await bench.message(id) == interrupted)
    }
  }

  @Test("A turn is stopped by an instance that does not run it", arguments: TurnBench.Engine.allCases)
  func stopElsewhere(on engine: TurnBench.Engine) async throws {
    try await TurnBench.with(engine) { bench in
      let (turns, other) = (bench.instance(), bench.instance())
      let listening = [Task { await turns.listen() }, Task { await other.listen() }]
      _ = try await turns.take(bench.draft())
      let call = await bench.model.call()
      call.say("Hi")
      let id = try #require(turns.running.all.first?.opened.answer.id)
      try await bench.row(id) { $0?.text == "Hi" }
      let output = try await bench.handlers(other).stopMessage(StopMessage.Input(messageID: id), as: bench.principal)
      await call.closed()
      guard case .ok(let stopped) = output else {
        Issue.record("\(output)")
        return
      }
      #expect(stopped.message.status == .cancelled && stopped.message.content == "Hi")
      #expect(try await bench.message(id) == stopped.message)
      #expect(stopped.usage.totalTokens > 0)
      for task in listening { task.cancel() }
    }
  }

  @Test("An instance that ends lets turns finish, then saves what came", arguments: TurnBench.Engine.allCases)
  func shutdown(on engine: TurnBench.Engine) async throws {
    try await TurnBench.with(engine) { bench in
      let turns = bench.instance()
      let (_, quick) = try bench.turn(try await turns.take(bench.draft()))
      let first = await bench.model.call()
      let (_, slow) = try bench.turn(try await turns.take(bench.draft()))
      let second = await bench.model.call()
      // Time enough for the quick one, however slow the machine is.
      turns.shutDown(within: .seconds(3))
      first.say("Done")
      first.finish()
      second.say("Not d")
      #expect(try await quick.settled().answer.status == .complete)
      await second.closed()
      let settled = try await slow.settled()
      #expect(settled.answer.status == .interrupted && settled.answer.content == "Not d")
      await turns.drained(within: .seconds(10))
      #expect(turns.running.all.isEmpty)
      #expect(try await bench.message(settled.answer.id) == settled.answer)
    }
  }

  @Test("What a turn of a deleted conversation cost is counted", arguments: TurnBench.Engine.allCases)
  func deleted(on engine: TurnBench.Engine) async throws {
    try await TurnBench.with(engine) { bench in
      let turns = bench.instance()
      let (question, source) = try bench.turn(try await turns.take(bench.draft()))
      let call = await bench.model.call()
      call.say("Hi")
      _ = try await source.next(after: 0)
      let output = try await bench.handlers(turns).deleteConversation(
        DeleteConversation.Input(conversationID: question.conversationID), as: bench.principal)
      guard case .noContent = output else {
        Issue.record("\(output)")
        return
      }
      await call.closed()
      let settled = try await source.settled()
      #expect(settled.usage.totalTokens > 0)
      #expect(try await bench.message(settled.answer.id) == nil)
      #expect(try await bench.ledger(of: settled.answer.id).map(\.tokens) == [settled.usage.totalTokens])
    }
  }

  @Test("Who deletes the account at one instance ends its turns at the others", arguments: TurnBench.Engine.allCases)
  func deletedUser(on engine: TurnBench.Engine) async throws {
    try await TurnBench.with(engine) { bench in
      let (_, source) = try bench.turn(try await bench.instance().take(bench.draft()))
      let call = await bench.model.call()
      call.say("Hi")
      _ = try await source.next(after: 0)
      try await bench.setPassword("correct horse")
      let users = bench.usersHandlers(bench.instance())
      let deletion = { DeleteCurrentUser.Input(body: UserDeletion(password: $0)) }
      guard
        case .problem(.wrongPassword, _, _) = try await users.deleteCurrentUser(deletion("wrong"), as: bench.principal),
        case .noContent = try await users.deleteCurrentUser(deletion("correct horse"), as: bench.principal)
      else {
        Issue.record("the account was not deleted")
        return
      }
      await call.closed()
      let settled = try await source.settled()
      #expect(try await bench.row(settled.answer.id) == nil)
      #expect(try await bench.ledger(of: settled.answer.id).isEmpty)
    }
  }
}

import AIClient
import Generated
import HTTP
import Storage
import Testing
import Values

import struct FoundationEssentials.UUID
import enum TestSupport.Engine

@testable import Handlers

@Suite("The monthly limit", .timeLimit(.minutes(2)))
struct BudgetTests {
  @Test(
    "Turns beside one another reserve no more than there is, and spend what they cost",
    arguments: TurnBench.Engine.allCases)
  func parallel(on engine: TurnBench.Engine) async throws {
    // Two whole contexts and a bit.
    try await TurnBench.with(engine, monthlyTokens: 32_500) { bench in
      let instances = (0..<3).map { _ in bench.instance() }
      let outcomes = await withTaskGroup(of: Turns.Outcome?.self) { group in
        for number in 0..<9 { group.addTask { try? await instances[number % 3].take(bench.draft("Number \(number)")) } }
        return await group.reduce(into: [Turns.Outcome?]()) { $0.append($1) }
      }
      let taken = try outcomes.compactMap { try $0.map { try bench.turn($0).source } }
      #expect(taken.count == 3)
      #expect(try await bench.budget()?.reserved == 32_500)
      var limits: [Int?] = []
      for _ in taken {
        let call = await bench.model.call()
        limits.append(call.prompt.maxTokens)
        call.say("Hi")
        call.finish(prompt: 100, completion: 50)
      }
      // The one that got the rest may not write more than that.
      #expect(limits.compactMap { $0 }.count == 1 && limits.compactMap { $0 }.allSatisfy { $0 < 500 })
      for source in taken { _ = try await source.settled() }
      let budget = try #require(try await bench.budget())
      #expect(budget.spent == 450 && budget.reserved == 0)
    }
  }

  @Test("A month begins with what the ledger says", arguments: TurnBench.Engine.allCases)
  func fromLedger(on engine: TurnBench.Engine) async throws {
    try await TurnBench.with(engine, monthlyTokens: 1000) { bench in
      let row = TokenUsageRow(
        userID: bench.principal.userID, id: .v7(), conversationID: .v7(), messageID: .v7(), model: "small",
        promptTokens: 600, completionTokens: 400, costMicros: 0, source: .provider, createdAt: bench.clock.now)
      try await bench.database.run(TokenUsageTable.insert(row))
      let problem = await #expect(throws: Problem.self) { _ = try await bench.instance().take(bench.draft()) }
      #expect(problem?.code == "monthly-limit-reached")
      #expect(problem?.detail.contains("the next month") == true)
      #expect(try await bench.budget() == nil)
    }
  }

  @Test(
    "With what is left of a month a turn is told less, and refused when its message does not fit",
    arguments: TurnBench.Engine.allCases)
  func lastTokens(on engine: TurnBench.Engine) async throws {
    try await TurnBench.with(engine, monthlyTokens: 1000) { bench in
      let turns = bench.instance()
      let (question, source) = try bench.turn(
        try await turns.take(bench.draft(String(repeating: "word ", count: 300))))
      let first = await bench.model.call()
      #expect(first.prompt.maxTokens == 495)
      first.say(String(repeating: "word ", count: 100))
      first.finish(prompt: 400, completion: 100)
      _ = try await source.settled()
      #expect(try await bench.budget()?.spent == 500)

      // Of the 500 that are left, 6 are the message's and 171 the answer's before it; the first message takes 505.
      let (_, more) = try bench.turn(try await turns.take(bench.draft("More", in: question.conversationID)))
      let second = await bench.model.call()
      #expect(second.prompt.messages.map(\.content.utf8.count) == [500, 4])
      let told = second.prompt.messages.reduce(0) { $0 + TurnContext.tokens(of: $1.content) }
      #expect(told + (second.prompt.maxTokens ?? .max) == 500)
      // While it runs, it may leave something.
      let wait = await #expect(throws: Problem.self) { _ = try await turns.take(bench.draft()) }
      #expect(wait?.detail.contains("wait for them") == true)
      second.finish(prompt: 100, completion: 50)
      _ = try await more.settled()

      let long = bench.draft(String(repeating: "word ", count: 250))
      let refused = await #expect(throws: Problem.self) { _ = try await turns.take(long) }
      #expect(refused?.code == "monthly-limit-reached" && refused?.detail.contains("more than the 350") == true)
      let budget = try #require(try await bench.budget())
      #expect(budget.spent == 650 && budget.reserved == 0)
      _ = try await bench.answered(bench.draft("Short"), by: turns)
    }
  }

  @Test("A message that is longer than the model's window reserves what it takes", arguments: TurnBench.Engine.allCases)
  func longMessage(on engine: TurnBench.Engine) async throws {
    try await TurnBench.with(engine, monthlyTokens: 50_000) { bench in
      let text = String(repeating: "word ", count: 12_000)
      let opened = try await bench.instance().open(bench.draft(text))
      #expect(opened.reserved == TurnContext.tokens(of: text) + 1)
    }
  }

  @Test("A turn that nobody finished gives back what it reserved", arguments: TurnBench.Engine.allCases)
  func recovered(on engine: TurnBench.Engine) async throws {
    try await TurnBench.with(engine, monthlyTokens: 20_000) { bench in
      let turns = bench.instance()
      let opened = try await turns.open(bench.draft())
      #expect(opened.reserved == 16_000)
      #expect(try await bench.budget()?.reserved == 16_000)
      bench.clock.advance(by: .seconds(11))
      #expect(try await turns.recoverOnce() == 1)
      let budget = try #require(try await bench.budget())
      let spent = try await bench.ledger(of: opened.answer.id).reduce(0) { $0 + $1.tokens }
      #expect(budget.reserved == 0 && budget.spent == spent && spent > 0)
    }
  }
}

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

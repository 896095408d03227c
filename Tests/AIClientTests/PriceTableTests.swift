import Testing

@testable import AIClient

@Suite("Prices")
struct PriceTableTests {
  let table: PriceTable

  init() throws {
    table = try PriceTable("gpt-4o=2.5/10, gpt-4o-mini=0.15/0.6 ,claude-sonnet-4=3/15,llama3.2=0/0.000001,")
  }

  @Test(
    "A cost is exact to the millionth, and rounded to the nearest",
    arguments: [
      ("gpt-4o", 1000, 100, 3500), ("gpt-4o", 1, 0, 3), ("gpt-4o-mini", 1_000_000, 1_000_000, 750_000),
      ("gpt-4o-mini", 1, 1, 1), ("gpt-4o-mini", 0, 0, 0), ("llama3.2", 5, 499_999, 0), ("llama3.2", 5, 500_000, 1),
      ("unknown", 1000, 1000, 0), ("gpt-4o", .max, .max, .max),
    ])
  func cost(model: String, prompt: Int, completion: Int, micros: Int) {
    let tokens = TokenCount(prompt: prompt, completion: completion, source: .provider)
    #expect(table.cost(of: tokens, model: model) == micros)
  }

  @Test(
    "A name stands for its dated versions, and for no other model",
    arguments: [
      ("gpt-4o-2024-08-06", 10), ("gpt-4o-latest", 10), ("gpt-4o:latest", 10), ("claude-sonnet-4-20250514", 15),
      ("gpt-4o-mini-2024-07-18", 0), ("gpt-4o-audio", 0), ("gpt-4o-5", 0), ("gpt-4", 0), ("gpt-4o-", 0), ("-", 0),
      ("", 0), ("gpt-4oo", 0), ("gpt-4o-audio-2024-08-06", 0),
    ])
  func versions(model: String, micros: Int) {
    let tokens = TokenCount(prompt: 0, completion: model.hasPrefix("gpt-4o-mini") ? 0 : 1, source: .provider)
    #expect(table.cost(of: tokens, model: model) == micros)
  }

  @Test("A mini model has its own price")
  func ownPrice() {
    let tokens = TokenCount(prompt: 0, completion: 10, source: .provider)
    #expect(table.cost(of: tokens, model: "gpt-4o-mini-2024-07-18") == 6)
  }

  @Test(
    "What is no price is refused with a sentence that names it",
    arguments: [
      "gpt-4o", "gpt-4o=", "=1/2", "gpt-4o=1", "gpt-4o=1/", "gpt-4o=/1", "gpt-4o=1/2/3", "gpt-4o=-1/2", "gpt-4o=1e3/2",
      "gpt-4o=1./2", "gpt-4o=.5/2", "gpt-4o=1.1234567/2", "gpt-4o=1000001/2", "gpt-4o=a/b", "gpt-4o=1/2;m=1/2",
      "gpt-4o=99999999999999999999/1",
    ])
  func malformed(text: String) {
    let error = #expect(throws: AIError.self) { try PriceTable("m=1/2," + text) }
    #expect(error?.code == .invalidConfiguration)
    #expect(error?.detail.contains("\"\(text)\" is not a price") == true)
  }

  @Test("Two prices of one model are refused")
  func twice() {
    let error = #expect(throws: AIError.self) { try PriceTable("m=1/2,m=1/2") }
    #expect(error?.detail == "\"m\" has two prices")
  }

  @Test("Without a price everything is free")
  func empty() throws {
    #expect(try PriceTable("") == PriceTable())
    #expect(PriceTable().cost(of: TokenCount(prompt: 1000, completion: 1000, source: .provider), model: "m") == 0)
  }
}

import FoundationEssentials
import Testing

@testable import AIClient

@Suite("The built-in model")
struct OfflineModelTests {
  /// Sunday, 22 November 2026, 18:05 UTC.
  let model = OfflineModel { Date(timeIntervalSince1970: 1_795_370_700) }

  func say(_ turns: String..., system: String? = nil, maxTokens: Int? = nil) async throws -> ChatReply {
    var messages = system.map { [ChatMessage(role: .system, content: $0)] } ?? []
    var reply: ChatReply?
    for turn in turns {
      messages.append(ChatMessage(role: .user, content: turn))
      let answer = try await model.reply(to: ChatPrompt(messages: messages, maxTokens: maxTokens))
      messages.append(ChatMessage(role: .assistant, content: answer.text))
      reply = answer
    }
    return try #require(reply)
  }

  @Test(
    "It remembers what the user told",
    arguments: [
      ("Hello, my name is Ada.", "What is my name?", "Your name is Ada."),
      ("I'm 36 years old", "How old am I?", "You are 36."),
      ("I live in New York.", "where do i live", "You told me that your home is New York."),
      ("My favourite colour is dark green.", "What's my favourite colour?", "Your favourite colour is dark green."),
      ("I like tea. I love chess.", "What do I like?", "You like tea and chess."),
      ("My name is Ada and I live in Paris.", "What do you know about me?", "your name is Ada"),
      ("The launch of our rocket is on Friday.", "When is the launch?", "“The launch of our rocket is on Friday.”"),
    ])
  func memory(told: String, asked: String, expected: String) async throws {
    let text = try await say(told, "Let us talk of the weather.", asked).text
    #expect(text.contains(expected))
  }

  @Test("What is told later replaces what was told before")
  func correction() async throws {
    #expect(try await say("My name is Ada.", "My name is Grace.", "What is my name?").text == "Your name is Grace.")
  }

  @Test("It does not know what it was not told")
  func unknown() async throws {
    #expect(try await say("What is my name?").text == "You have not told me your name yet.")
    #expect(try await say("Who won the match?").text.contains("I do not know that"))
  }

  @Test(
    "It calculates",
    arguments: [
      ("What is 2 + 3 * 4?", "2 + 3 * 4 = 14"), ("(2+3)*4", "(2+3)*4 = 20"), ("calculate 10 / 4", "10 / 4 = 2.5"),
      ("What's 0.1 + 0.2?", "0.1 + 0.2 = 0.3"), ("how much is 7 times 6", "7 * 6 = 42"), ("-3 - -4", "-3 - -4 = 1"),
      ("What is 100 divided by 8?", "100 / 8 = 12.5"), ("8 - 3 - 2", "8 - 3 - 2 = 3"),
    ])
  func arithmetic(question: String, answer: String) async throws {
    #expect(try await say(question).text == answer)
  }

  @Test("A division by zero and a bottomless sum are answered, not computed")
  func arithmeticLimits() async throws {
    #expect(try await say("What is 1/0?").text.contains("no result"))
    let deep = String(repeating: "(", count: 20_000) + "1+1"
    #expect(try await say(deep).text.isEmpty == false)
  }

  @Test("It tells the date and the time by the clock it was given")
  func clock() async throws {
    #expect(try await say("What time is it?").text == "It is 18:05 UTC.")
    #expect(try await say("What day is it today?").text == "Today is Sunday, 22 November 2026 (UTC).")
  }

  @Test("It recalls the conversation")
  func recall() async throws {
    #expect(try await say("Alpha.", "Beta.", "What did I just say?").text == "You wrote: “Beta.”")
    #expect(try await say("Alpha.", "Beta.", "What did I say first?").text == "You wrote: “Alpha.”")
    #expect(try await say("What did I say?").text == "This is the first message of our conversation.")
    let summary = try await say("My name is Ada.", "I like tea.", "Please summarise our conversation.").text
    #expect(summary.contains("2 messages") && summary.contains("your name is Ada") && summary.contains("you like tea"))
  }

  @Test("It answers each sentence of a message")
  func sentences() async throws {
    let text = try await say("Hi! My name is Ada. What is 2+2?").text
    #expect(text == "Hello, Ada! How can I help? Nice to meet you, Ada. 2+2 = 4")
  }

  @Test("A statement is turned round")
  func reflection() async throws {
    let text = try await say("I am sad because you forgot my birthday.").text
    #expect(text.contains("you are sad because I forgot your birthday"))
  }

  @Test("The system prompt gives it a name and a length")
  func persona() async throws {
    #expect(try await say("Who are you?", system: "You are Marvin, a robot.").text.hasPrefix("I am Marvin."))
    #expect(
      try await say("Who are you?", system: "You are a helpful assistant. Answer in one sentence.").text
        == "I am Parley's built-in model.")
  }

  @Test("Text comes token by token, is counted so, and is cut at the limit")
  func tokens() async throws {
    let prompt = ChatPrompt(messages: [ChatMessage(role: .user, content: "What can you do?")], maxTokens: 7)
    var pieces: [String] = []
    var rest: [ModelEvent] = []
    for try await event in model.events(for: prompt) {
      if case .text(let piece) = event { pieces.append(piece) } else { rest.append(event) }
    }
    #expect(pieces.count == 7)
    let count = TokenCount(prompt: TokenEstimate.count(of: prompt), completion: 7, source: .provider)
    #expect(rest == [.usage(count), .finished(.length, model: "parley-offline")])
    #expect(TokenEstimate.count(pieces.joined()) == 7)
  }

  @Test("The same conversation gets the same answer")
  func determinism() async throws {
    let first = try await say("I feel fine.", "You are kind.", "Tell me a joke")
    #expect(try await say("I feel fine.", "You are kind.", "Tell me a joke") == first)
  }

  @Test(
    "Odd input is answered too",
    arguments: [
      "", "   ", "???", "…", "\n\n", "my", "I", "say", "👩‍👩‍👧 👍🏽", "e\u{301}\u{301}", "+", "1+",
      String(repeating: "a b. ", count: 5000),
    ])
  func odd(text: String) async throws {
    #expect(try await say(text).text.isEmpty == false)
  }

  @Test(
    "A message made of thousands of facts is answered, and few of them are remembered",
    arguments: [
      String(repeating: "I like a and I ", count: 2000),
      (0..<2000).map { "I like \($0)" }.joined(separator: " and "),
    ])
  func manyFacts(text: String) async throws {
    #expect(try await say(text).text.isEmpty == false)
    let memory = ConversationMemory([
      ChatMessage(role: .user, content: text), ChatMessage(role: .user, content: "What do I like?"),
    ])
    #expect((1...4).contains(memory.likes.count + memory.facts.count))
  }
}

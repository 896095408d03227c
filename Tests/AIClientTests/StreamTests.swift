import Testing

@testable import AIClient

@Suite("Streams")
struct StreamTests {
  func events(_ dialect: any Dialect, _ pieces: [[UInt8]]) throws -> [ModelEvent] {
    var reader = dialect.reader(for: StreamSample.prompt)
    var events: [ModelEvent] = []
    for piece in pieces { try reader.read(piece, into: &events) }
    try reader.end(into: &events)
    return events
  }

  func events(_ body: String, as dialect: any Dialect = OpenAIDialect(), cut: Int = .max) throws -> [ModelEvent] {
    try DialectTests.events(of: Array(body.utf8), as: dialect, for: StreamSample.prompt, cut: cut)
  }

  func failure(_ body: String, as dialect: any Dialect = OpenAIDialect()) -> AIError? {
    #expect(throws: AIError.self) { try events(body, as: dialect) }
  }

  // MARK: Cuts

  @Test("A stream is read wherever it is cut in two", arguments: StreamSample.all)
  func everyCut(sample: StreamSample) throws {
    let bytes = Array(sample.body.utf8)
    for position in 0...bytes.count {
      let events = try events(sample.dialect, [Array(bytes[..<position]), Array(bytes[position...])])
      try #require(events == sample.events, "cut at \(position)")
    }
  }

  @Test("A stream is read in pieces of every size", arguments: StreamSample.all, [1, 2, 3, 5, 61, Int.max])
  func everySize(sample: StreamSample, cut: Int) throws {
    #expect(try events(sample.body, as: sample.dialect, cut: cut) == sample.events)
  }

  @Test("A stream that ends anywhere before its reason is interrupted, and what it said is not lost")
  func everyEnd() throws {
    for sample in [StreamSample.openAI, .anthropic, .ollama, .tgi] {
      let bytes = Array(sample.body.utf8)
      let reason = ["finish_reason\":\"stop", "stop_reason\":\"end", "done\":true", "finish_reason\":\"stop_s"]
        .compactMap { (word: String) in bytes.firstRange(of: Array(word.utf8))?.lowerBound }.min()
      for end in 0..<(try #require(reason)) {
        var reader = sample.dialect.reader(for: StreamSample.prompt)
        var events: [ModelEvent] = []
        do throws(AIError) {
          try reader.read(Array(bytes[..<end]), into: &events)
          try reader.end(into: &events)
          Issue.record("\(sample.name) ended at \(end)")
        } catch {
          try #require(error.code == .interrupted || error.code == .invalidResponse, "\(error.detail)")
        }
        try #require(sample.events.starts(with: events), "\(sample.name) ended at \(end)")
      }
    }
  }

  // MARK: Servers that are almost OpenAI

  /// Ways in which servers write the same stream.
  enum Variant: String, CaseIterable {
    case crlf, cr, noSpace, commentsAndFields, severalDataLines, byteOrderMark, blankLinesFirst, noLastBlankLine, noDone
    case nothingAfterReason, nullContent, noRole, emptyChunks, emptyReason, nullError, doubleMember

    var stream: String {
      let stream = StreamSample.openAI.body
      return switch self {
      case .crlf: stream.replacing("\n", with: "\r\n")
      case .cr: stream.replacing("\n", with: "\r")
      case .noSpace: stream.replacing("data: ", with: "data:")
      case .commentsAndFields: stream.replacing("data: ", with: ": ping\nid: 1\nevent: x\nretry: 1\ndata: ")
      case .severalDataLines: stream.replacing("{\"model\"", with: "{\ndata: \"model\"")
      case .byteOrderMark: "\u{FEFF}" + stream
      case .blankLinesFirst: "\r\n\n" + stream
      case .noLastBlankLine: String(stream.dropLast(2))
      case .noDone: stream.replacing("data: [DONE]\n", with: "")
      case .nothingAfterReason: stream.replacing("data: [DONE]\n\n", with: "")
      case .nullContent: stream.replacing("\"delta\":{}", with: "\"delta\":{\"content\":null,\"tool_calls\":null}")
      case .noRole: stream.replacing("\"role\":\"assistant\",", with: "")
      case .emptyChunks: "data: {\"choices\":[],\"prompt_filter_results\":[]}\n\ndata:\n\n" + stream
      case .emptyReason: stream.replacing("\"finish_reason\":null", with: "\"finish_reason\":\"\"")
      case .nullError: stream.replacing("\"choices\"", with: "\"error\":null,\"choices\"")
      case .doubleMember: stream.replacing("\"index\":0", with: "\"index\":0,\"index\":0")
      }
    }
  }

  @Test("Other ways to write the same stream are read", arguments: Variant.allCases, [Int.max, 1])
  func variants(variant: Variant, cut: Int) throws {
    #expect(try events(variant.stream, cut: cut) == StreamSample.openAI.events)
  }

  @Test("A whole answer to a request to stream is read, whatever its media type says")
  func wholeAnswer() throws {
    #expect(
      try events(" " + DialectTests.completion, cut: 3) == [
        .text("Grüße 👋"), .usage(TokenCount(prompt: 19, completion: 10, source: .provider)),
        .finished(.stop, model: "gpt-4.1-2025-04-14"),
      ])
  }

  @Test("Counts in every chunk are cumulative, and told as they come")
  func cumulativeUsage() throws {
    let stream = (1...3).map { number in
      """
      data: {"choices":[{"delta":{"content":"x"},"finish_reason":\(number == 3 ? "\"stop\"" : "null")}],\
      "usage":{"prompt_tokens":5,"completion_tokens":\(number)}}


      """
    }.joined()
    let counts = (1...3).map { (number: Int) in
      ModelEvent.usage(TokenCount(prompt: 5, completion: number, source: .provider))
    }
    let all = try events(stream)
    #expect(all == [.text("x"), counts[0], .text("x"), counts[1], .text("x"), counts[2], .finished(.stop, model: nil)])
  }

  @Test("A stream without counts and one with a part of them")
  func partialUsage() throws {
    let chunk = #"data: {"choices":[{"delta":{"content":"x"},"finish_reason":"stop"}]"#
    #expect(try events(chunk + "}\n\ndata: [DONE]\n\n") == [.text("x"), .finished(.stop, model: nil)])
    #expect(
      try events(chunk + #","usage":{"prompt_tokens":7,"completion_tokens":-1}}"# + "\n\n") == [
        .text("x"), .usage(TokenCount(prompt: 7, completion: 0, source: .estimated)), .finished(.stop, model: nil),
      ])
  }

  @Test("A token that ends inside a character is shown as such, and the stream goes on")
  func brokenCharacter() throws {
    var bytes = Array(StreamSample.openAI.body.utf8)
    let range = try #require(bytes.firstRange(of: Array("ü".utf8)))
    bytes.remove(at: range.lowerBound + 1)
    #expect(try events(OpenAIDialect(), [bytes]).first == .text("Gr\u{FFFD}ße"))
  }

  @Test("An error object inside the stream is an error, after the text that came")
  func errorInStream() throws {
    let stream = "data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\ndata: {\"error\":{\"message\":\"boom\"}}\n\n"
    var reader = OpenAIDialect().reader(for: StreamSample.prompt)
    var events: [ModelEvent] = []
    let error = #expect(throws: AIError.self) { try reader.read(Array(stream.utf8), into: &events) }
    #expect(error?.code == .interrupted && error?.detail.contains("boom") == true)
    #expect(events == [.text("x")])
    #expect(failure("data: {\"error\":{\"message\":\"busy\",\"code\":429}}\n\n")?.code == .rateLimited)
    #expect(failure("data: {\"error\":\"busy\"}\n\n")?.code == .interrupted)
  }

  @Test(
    "What is no stream is no answer", arguments: ["<html>It works!</html>", "nope", "data: <html>\n\n", "{}", "[1]"])
  func garbage(body: String) {
    #expect(failure(body)?.code == .invalidResponse)
  }

  @Test("An empty body was broken off before it began")
  func empty() {
    for sample in StreamSample.all { #expect(failure("", as: sample.dialect)?.code == .interrupted) }
    #expect(failure("\u{FEFF}\r\n ")?.code == .interrupted)
  }

  @Test("A line without end, and a body without end, are refused before they fill the memory")
  func endless() {
    for (dialect, start, size) in [
      (OpenAIDialect(), "data: ", 2), (OpenAIDialect(), "{\"a\":\"", 17), (OllamaDialect(), "{\"a\":\"", 2),
      (VLLMDialect(), "{\"text\":[\"", 2),
    ] as [(any Dialect, String, Int)] {
      let error = #expect(throws: AIError.self) {
        try events(start + String(repeating: "x", count: size << 20), as: dialect, cut: 65536)
      }
      #expect(error?.code == .tooLarge)
    }
  }

  // MARK: Other dialects

  @Test("Anthropic's answer without its last count is not billed by its first")
  func anthropicWithoutCount() throws {
    let body = StreamSample.anthropic.body.replacing(#","usage":{"output_tokens":15}"#, with: "")
    #expect(
      try events(body, as: AnthropicDialect()).suffix(2) == [
        .usage(TokenCount(prompt: 25, completion: 0, source: .estimated)), .finished(.stop, model: "claude-4"),
      ])
  }

  @Test("Ollama leaves a zero out, and sometimes the count of a prompt that was cached")
  func ollamaCounts() throws {
    func last(_ counts: String) throws -> ModelEvent? {
      try events(#"{"message":{"content":"x"},"done":true\#(counts)}"#, as: OllamaDialect()).dropLast().last
    }
    #expect(try last(#","prompt_eval_count":4"#) == .usage(TokenCount(prompt: 4, completion: 0, source: .provider)))
    #expect(try last(#","eval_count":4"#) == .usage(TokenCount(prompt: 0, completion: 4, source: .estimated)))
    #expect(try last("") == .text("x"))
  }

  @Test("An older vLLM ends its lines with NUL, and some servers of its kind tell only news")
  func vllmVariants() throws {
    #expect(
      try events(StreamSample.vllm.body.replacing("\n{", with: "\0{"), as: VLLMDialect()) == StreamSample.vllm.events)
    #expect(
      try events("{\"text\":[\"a\"]}\n{\"text\":[\" b\"]}\n", as: VLLMDialect())
        == [.text("a"), .text(" b"), .finished(.stop, model: nil)])
  }

  @Test(
    "What follows a transcript is the answer up to the user's next turn",
    arguments: [
      ([" a", " b "], ["a", " b"]), (["\n", " a"], ["a"]), (["a\n", "User", ": b"], ["a"]),
      (["a\nUs", "e"], ["a", "\nUse"]),
      (["a", "\n\nUser: x", "y"], ["a"]), (["\nUser: x"], []), (["  ", "\n"], []), (["a\n\n", "b"], ["a", "\n\nb"]),
      (["a \nUser", "s"], ["a", " \nUsers"]),
    ] as [([String], [String])])
  func transcript(pieces: [String], parts: [String]) {
    var answer = TranscriptAnswer()
    var found = pieces.map { answer.take($0.utf8) }
    found.append(answer.end())
    #expect(found.filter { !$0.isEmpty } == parts)
  }
}

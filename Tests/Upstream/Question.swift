import JSON

/// A request to generate, in whichever dialect.
struct Question {
  enum Dialect: String {
    case openai, tgi, vllm
  }

  let dialect: Dialect
  let model: String
  let isStreamed: Bool
  let promptTokens: Int
  let maxTokens: Int?
  /// All that the model would read, as vLLM repeats it.
  let prompt: String
  var script: Script

  /// Nil where the body is not what the path takes.
  init?(path: String, body: [UInt8], rules: Rules) {
    guard let json = try? JSONReader.read(JSONValue.self, from: body) else { return nil }
    switch path {
    case "/v1/chat/completions":
      guard let model = json["model"]?.string, let messages = json["messages"]?.array else { return nil }
      dialect = .openai
      self.model = model
      isStreamed = json["stream"]?.bool ?? false
      let contents = messages.compactMap { $0["content"]?.string }
      prompt = contents.last ?? ""
      promptTokens = contents.reduce(0) { $0 + Self.words($1) }
      maxTokens = json["max_tokens"]?.integer.map(Int.init)
      script = Script(messages.last { $0["role"]?.string == "user" }?["content"]?.string ?? "")
    case "/generate":
      if rules.only != .vllm, let inputs = json["inputs"]?.string {
        dialect = .tgi
        prompt = inputs
        maxTokens = json["parameters"]?["max_new_tokens"]?.integer.map(Int.init)
      } else if rules.only != .tgi, let text = json["prompt"]?.string {
        dialect = .vllm
        prompt = text
        maxTokens = json["max_tokens"]?.integer.map(Int.init)
      } else {
        return nil
      }
      model = dialect.rawValue
      isStreamed = false
      promptTokens = Self.words(prompt)
      script = Script(Self.lastTurn(of: prompt))
    default: return nil
    }
  }

  /// The words of the answer, within the limit.
  var reply: ArraySlice<String> { script.reply.prefix(max(0, maxTokens ?? .max)) }

  var isCutByLimit: Bool { reply.count < script.reply.count }

  private static func words(_ text: String) -> Int {
    text.utf8.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }.count
  }

  /// What stands after the last `User: ` of a transcript.
  private static func lastTurn(of transcript: String) -> String {
    let turn = transcript.ranges(of: "User: ").last.map { transcript[$0.upperBound...] } ?? transcript[...]
    let end = turn.firstRange(of: "\nAssistant:")?.lowerBound ?? turn.endIndex
    return String(turn[..<end])
  }
}

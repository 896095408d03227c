import JSON

/// A request to generate, in whichever dialect.
struct Question {
  enum Dialect: String {
    case openai, anthropic, ollama, tgi, vllm
  }

  static let paths: Set = ["/v1/chat/completions", "/v1/messages", "/api/chat", "/generate", "/generate_stream"]

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
    case "/v1/chat/completions", "/v1/messages", "/api/chat": self.init(path: path, chat: json)
    case "/generate", "/generate_stream": self.init(path: path, text: json, rules: rules)
    default: return nil
    }
  }

  /// A conversation.
  private init?(path: String, chat json: JSONValue) {
    guard let model = json["model"]?.string, let messages = json["messages"]?.array else { return nil }
    self.model = model
    var contents = messages.compactMap { $0["content"]?.string }
    switch path {
    case "/v1/messages":
      // The API takes no message but the user's at first, and no answer without a limit.
      guard let limit = json["max_tokens"]?.integer, messages.first?["role"]?.string == "user" else { return nil }
      dialect = .anthropic
      maxTokens = Int(limit)
      isStreamed = json["stream"]?.bool ?? false
      if let system = json["system"]?.string { contents.insert(system, at: 0) }
    case "/api/chat":
      dialect = .ollama
      maxTokens = json["options"]?["num_predict"]?.integer.map(Int.init)
      isStreamed = json["stream"]?.bool ?? true
    default:
      dialect = .openai
      maxTokens = json["max_tokens"]?.integer.map(Int.init)
      isStreamed = json["stream"]?.bool ?? false
    }
    prompt = contents.last ?? ""
    promptTokens = contents.reduce(0) { $0 + Self.words($1) }
    script = Script(messages.last { $0["role"]?.string == "user" }?["content"]?.string ?? "")
  }

  /// A text to be continued.
  private init?(path: String, text json: JSONValue, rules: Rules) {
    if rules.only != .vllm, let inputs = json["inputs"]?.string {
      dialect = .tgi
      prompt = inputs
      maxTokens = json["parameters"]?["max_new_tokens"]?.integer.map(Int.init)
      isStreamed = path == "/generate_stream"
    } else if rules.only != .tgi, path == "/generate", let text = json["prompt"]?.string {
      dialect = .vllm
      prompt = text
      maxTokens = json["max_tokens"]?.integer.map(Int.init)
      isStreamed = json["stream"]?.bool ?? false
    } else {
      return nil
    }
    model = dialect.rawValue
    promptTokens = Self.words(prompt)
    script = Script(Self.lastTurn(of: prompt))
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

import Testing

@testable import AIClient

@Suite("Endpoints")
struct EndpointTests {
  @Test(
    "The path tells the provider, and is completed",
    arguments: [
      ("http://h/v1", nil, "http://h/v1/chat/completions", .openai),
      ("http://h:8001/v1/", nil, "http://h:8001/v1/chat/completions", .openai),
      ("https://h", nil, "https://h/v1/chat/completions", .openai),
      ("https://h/v1/chat/completions", nil, "https://h/v1/chat/completions", .openai),
      ("https://h/o/chat/completions?api-version=1", nil, "https://h/o/chat/completions?api-version=1", .openai),
      ("https://h/v1beta/openai", .openai, "https://h/v1beta/openai/chat/completions", .openai),
      ("http://localhost:8001/generate", nil, "http://localhost:8001/generate", nil),
      ("http://h/generate", .vllm, "http://h/generate", .vllm),
      ("http://h", .tgi, "http://h/generate", .tgi),
      ("http://h/x/generate_stream", nil, "http://h/x/generate", .tgi),
      ("https://h/v1/messages", nil, "https://h/v1/messages", .anthropic),
      ("https://h", .anthropic, "https://h/v1/messages", .anthropic),
      ("https://h/v1", .anthropic, "https://h/v1/messages", .anthropic),
      ("https://h/gateway", .anthropic, "https://h/gateway/v1/messages", .anthropic),
      ("http://h:11434/api/chat", nil, "http://h:11434/api/chat", .ollama),
      ("http://h:11434", .ollama, "http://h:11434/api/chat", .ollama),
      ("http://h:11434/api/", .ollama, "http://h:11434/api/chat", .ollama),
    ] as [(String, AIConfiguration.Provider?, String, AIConfiguration.Provider?)])
  func endpoint(
    text: String, provider: AIConfiguration.Provider?, url: String, found: AIConfiguration.Provider?
  ) throws {
    let endpoint = try Endpoint(text, provider: provider)
    #expect(endpoint.url(endpoint.path) == url)
    #expect(endpoint.provider == found)
  }

  @Test(
    "A probe asks for what costs nothing",
    arguments: [
      ("http://h/v1", nil, "http://h/v1/models"), ("http://h/o/chat/completions", nil, "http://h/o/models"),
      ("https://h/v1/messages", nil, "https://h/v1/models"), ("http://h/api/chat", nil, "http://h/api/version"),
      ("http://h:1/x/generate", nil, "http://h:1/health"),
    ] as [(String, AIConfiguration.Provider?, String)])
  func probe(text: String, provider: AIConfiguration.Provider?, url: String) throws {
    #expect(try Endpoint(text, provider: provider).probeURL == url)
  }

  @Test(
    "A configuration that cannot work is refused with advice",
    arguments: [
      AIConfiguration([.init("localhost:8001/generate")]), AIConfiguration([.init("ftp://h/v1")]),
      AIConfiguration([.init("http:///v1")]), AIConfiguration([.init("http://h/somewhere")]),
      AIConfiguration([.init("http://h/v1", apiKey: "a\r\nX: y")]),
      AIConfiguration([.init("http://h/v1"), .init("http://h/v1/messages")]),
      AIConfiguration([.init("http://h/api/chat")]),
    ])
  func badConfiguration(configuration: AIConfiguration) {
    let error = #expect(throws: AIError.self) { try makeChatModel(configuration) }
    #expect(error?.code == .invalidConfiguration)
    #expect(error?.detail.contains("AI_") == true)
  }

  @Test("Without an endpoint the built-in model answers")
  func builtIn() throws {
    #expect(try makeChatModel(AIConfiguration()).models == ["parley-offline"])
  }

  @Test("A configuration tells neither its keys nor its passwords")
  func secrecy() {
    let configuration = AIConfiguration([
      .init("https://user:pass@h/v1", apiKey: "sk-secret"), .init("http://i:1", provider: .ollama, apiKey: "sk-other"),
    ])
    for text in ["\(configuration)", String(reflecting: configuration)] {
      #expect(text == "https://h, then http://i:1 (ollama)")
    }
  }

  @Test("A model that stands in is that at the same place, or the last")
  func standIn() throws {
    let model = try #require(
      try makeChatModel(
        AIConfiguration([
          .init("http://a/v1", models: ["big", "small", "tiny"]), .init("http://b/v1", models: ["large", "little"]),
          .init("http://c/v1"),
        ])) as? UpstreamModel)
    #expect(model.models == ["big", "small", "tiny"])
    #expect(model.name(of: nil, at: 0) == "big" && model.name(of: "tiny", at: 0) == "tiny")
    #expect(model.name(of: "small", at: 1) == "little" && model.name(of: "tiny", at: 1) == "little")
    #expect(model.name(of: nil, at: 1) == "large" && model.name(of: "small", at: 2) == "default")
  }
}

extension AIConfiguration.Provider {
  /// The way in which a server of this kind is asked first. Without a provider the path was `/generate`, which two
  /// share: the server's answer decides.
  static func dialect(of provider: Self?) -> any Dialect {
    switch provider {
    case .openai: OpenAIDialect()
    case .anthropic: AnthropicDialect()
    case .ollama: OllamaDialect()
    case .tgi: TGIDialect()
    case .vllm: VLLMDialect()
    case nil: TGIDialect(mayBeVLLM: true)
    }
  }
}

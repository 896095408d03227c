extension FinishReason {
  /// What servers call the reasons, all dialects together: no word means two things.
  init(word: String) {
    self =
      switch word {
      case "stop", "eos", "eos_token", "stop_sequence", "end_turn": .stop
      case "length", "max_tokens", "model_context_window_exceeded": .length
      case "content_filter", "refusal": .contentFilter
      default: .other
      }
  }
}

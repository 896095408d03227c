/// A model behind HTTP, and those that stand in for it.
final class UpstreamModel: ChatModel {
  let servers: [UpstreamServer]
  let timeouts: Timeouts
  let policy: RetryPolicy

  /// - Parameter servers: at least one; later ones are asked when those before them fail.
  init(servers: [UpstreamServer], timeouts: Timeouts, policy: RetryPolicy) {
    self.servers = servers
    self.timeouts = timeouts
    self.policy = policy
  }

  var models: [String] { servers[0].models }

  func events(for prompt: ChatPrompt) -> ModelEvents {
    ModelEvents { UpstreamAnswer(model: self, prompt: prompt) }
  }

  /// One server that can be asked is enough.
  func probe() async throws(AIError) {
    var first: AIError?
    for server in servers {
      do throws(AIError) {
        return try await server.probe()
      } catch {
        first = first ?? error
      }
    }
    if let first { throw first }
  }

  /// What a server is asked for that stands in: the model at the same place of its list, or its last.
  func name(of model: String?, at place: Int) -> String {
    let asked = model ?? models[0]
    if place == 0 { return asked }
    let names = servers[place].models
    return names[min(models.firstIndex(of: asked) ?? 0, names.count - 1)]
  }
}

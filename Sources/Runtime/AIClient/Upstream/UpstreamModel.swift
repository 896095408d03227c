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

  /// One server that can be asked is enough. All are probed at once, so that nobody waits for those that do not answer.
  ///
  /// - Throws: what is wrong with the first, where none can be asked.
  func probe() async throws(AIError) {
    let failure = await withTaskGroup(of: (place: Int, failure: AIError?).self) { probes -> AIError? in
      for (place, server) in servers.enumerated() { probes.addTask { (place, await server.failureOfProbe()) } }
      var failures: [Int: AIError] = [:]
      for await probe in probes {
        guard let failure = probe.failure else {
          probes.cancelAll()
          return nil
        }
        failures[probe.place] = failure
      }
      return failures[0]
    }
    if let failure { throw failure }
  }

  /// What a server is asked for that stands in: the model at the same place of its list, or its last.
  func name(of model: String?, at place: Int) -> String {
    let asked = model ?? models[0]
    if place == 0 { return asked }
    let names = servers[place].models
    return names[min(models.firstIndex(of: asked) ?? 0, names.count - 1)]
  }
}

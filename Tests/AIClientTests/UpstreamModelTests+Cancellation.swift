import Testing

@testable import AIClient

extension UpstreamModelTests {
  @Test(
    "Cancelling before the first byte closes the connection at once", arguments: Path.allCases.filter { $0 != .unknown }
  )
  func cancelWhileWaiting(path: Path) async throws {
    let name = "wait-\(path)"
    let model = try await model(path)
    let task = Task { try await events(model, prompt("[hold:\(name)] x")) }
    _ = try await control("/waiting/\(name)")
    task.cancel()
    // The server's own word that the connection is closed. The wait for it is shorter than the model's timeout.
    _ = try await control("/closed/\(name)")
    let error = await #expect(throws: AIError.self) { try await task.value }
    #expect(error?.code == .cancelled)
  }

  @Test(
    "Cancelling in the middle of a stream closes the connection at once",
    arguments: Path.allCases.filter { $0 != .unknown })
  func cancelStream(path: Path) async throws {
    let model = try await model(path)
    let name = "middle-\(path)"
    let task = Task {
      for try await event in model.events(for: prompt("[pause:\(name)] one two three four five six", streamed: true)) {
        if case .text(let text) = event, text == " one" { withUnsafeCurrentTask { $0?.cancel() } }
      }
    }
    _ = try await control("/closed/\(name)")
    let error = await #expect(throws: AIError.self) { try await task.value }
    #expect(error?.code == .cancelled)
  }

  @Test("Who leaves while the next attempt is waited for hears of none, and why the last one failed")
  func cancelBetweenAttempts() async throws {
    let address = try await Self.upstream.value.address + Path.chat.rawValue
    let server = AIConfiguration.Upstream(address, models: ["echo"])
    let model = try makeChatModel(AIConfiguration([server], timeouts: Timeouts(), retries: 3))
    let task = Task { await model.told(prompt("[hold:leaving][fault:429][retry:9] x")) }
    _ = try await control("/waiting/leaving")
    _ = try await control("/release/leaving", method: .post)
    _ = try await control("/refused/leaving")
    // What is answered later on the same event loop is read later.
    _ = try await model.reply(to: prompt("after it"))
    task.cancel()
    let (events, error) = await task.value
    #expect(error?.code == .rateLimited && error?.mayHaveCost == false && events.isEmpty)
  }

  @Test("An iterator that is dropped closes the connection")
  func drop() async throws {
    let model = try await model()
    do {
      var iterator = model.events(for: prompt("[pause:drop] one two three", streamed: true)).makeAsyncIterator()
      #expect(try await iterator.next() == .text("echo:"))
    }
    _ = try await control("/closed/drop")
  }

  @Test("A model that is dropped closes its connections")
  func dropModel() async throws {
    var model: (any ChatModel)? = try await model()
    var iterator = model?.events(for: prompt("[pause:model] one two three", streamed: true)).makeAsyncIterator()
    #expect(try await iterator?.next() == .text("echo:"))
    model = nil
    iterator = nil
    _ = try await control("/closed/model")
  }

  @Test("A request held by the server is answered when it is released")
  func hold() async throws {
    let model = try await model()
    let task = Task { try await model.reply(to: prompt("[hold:free] x")) }
    _ = try await control("/waiting/free")
    #expect(try await control("/release/free", method: .post) == #"{"released":1}"#)
    #expect(try await task.value.text == "echo: x")
  }
}

import AIClient
import Synchronization

/// A model that says what a test lets it say, when the test lets it.
final class ScriptedModel: ChatModel {
  /// One time that the model was asked.
  final class Call: Sendable {
    let prompt: ChatPrompt
    fileprivate let events: AsyncStream<Result<ModelEvent, AIError>>
    private let continuation: AsyncStream<Result<ModelEvent, AIError>>.Continuation
    private let closing: AsyncStream<Void>

    init(_ prompt: ChatPrompt) {
      self.prompt = prompt
      (events, continuation) = AsyncStream.makeStream()
      let (closing, closed) = AsyncStream.makeStream(of: Void.self)
      self.closing = closing
      continuation.onTermination = { reason in
        if case .cancelled = reason { closed.yield() }
      }
    }

    func say(_ text: String) { continuation.yield(.success(.text(text))) }
    func send(_ event: ModelEvent) { continuation.yield(.success(event)) }

    func finish(prompt: Int = 10, completion: Int = 5, model: String? = nil) {
      send(.usage(TokenCount(prompt: prompt, completion: completion, source: .provider)))
      send(.finished(.stop, model: model))
      continuation.finish()
    }

    func fail(_ code: AIError.Code) {
      continuation.yield(.failure(AIError(code)))
      continuation.finish()
    }

    /// Returns when nobody listens to it any more, although it was not done.
    func closed() async {
      for await _ in closing { return }
    }
  }

  private struct Source: ModelEventSource {
    var iterator: AsyncStream<Result<ModelEvent, AIError>>.Iterator

    mutating func next(isolation actor: isolated (any Actor)?) async throws(AIError) -> ModelEvent? {
      let event = await iterator.next(isolation: actor)
      if event == nil, Task.isCancelled { throw AIError(.cancelled) }
      return try event?.get()
    }
  }

  let models = ["small", "large"]
  private let calls: AsyncStream<Call>
  private let called: AsyncStream<Call>.Continuation

  init() {
    (calls, called) = AsyncStream.makeStream()
  }

  func events(for prompt: ChatPrompt) -> ModelEvents {
    ModelEvents { [called] in
      let call = Call(prompt)
      called.yield(call)
      return Source(iterator: call.events.makeAsyncIterator())
    }
  }

  func probe() async throws(AIError) {}

  /// The next time that it is asked.
  func call() async -> Call {
    for await call in calls { return call }
    fatalError("never finished")
  }
}

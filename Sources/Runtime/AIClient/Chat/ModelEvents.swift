/// The events of one answer. Nothing is asked of the model before the first event is awaited; a second iteration asks
/// again. Cancelling the task that iterates, or dropping the iterator, closes the connection to the model at once.
public struct ModelEvents: AsyncSequence, Sendable {
  public typealias Element = ModelEvent
  public typealias Failure = AIError

  private let start: @Sendable () -> any ModelEventSource

  /// - Parameter start: begins one answer.
  public init(_ start: @escaping @Sendable () -> any ModelEventSource) {
    self.start = start
  }

  public func makeAsyncIterator() -> AsyncIterator {
    AsyncIterator(source: start())
  }

  public struct AsyncIterator: AsyncIteratorProtocol {
    var source: any ModelEventSource

    public mutating func next() async throws(AIError) -> ModelEvent? {
      try await source.next(isolation: nil)
    }

    public mutating func next(isolation actor: isolated (any Actor)?) async throws(AIError) -> ModelEvent? {
      try await source.next(isolation: actor)
    }
  }
}

/// One answer while it is made: what stands behind an iteration of `ModelEvents`.
public protocol ModelEventSource {
  /// The next event; nil after `finished`.
  ///
  /// - Throws: why the answer ends before that; `cancelled` where the task was.
  mutating func next(isolation actor: isolated (any Actor)?) async throws(AIError) -> ModelEvent?
}

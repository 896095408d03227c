import Synchronization

/// The turns that this process works on. Each goes on when its client leaves; the end of the process waits for them.
public final class RunningTurns: Sendable {
  private struct State {
    var count = 0
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  public init() {}

  /// Runs a turn in a task of its own, which no cancellation of the caller reaches.
  func run<Value: Sendable>(_ turn: @escaping @Sendable () async throws -> Value) async throws -> Value {
    state.withLock { $0.count += 1 }
    return try await Task {
      defer { leave() }
      return try await turn()
    }.value
  }

  /// Returns when no turn is running.
  public func finish() async {
    await withCheckedContinuation { continuation in
      let isIdle = state.withLock { state in
        if state.count > 0 { state.waiting.append(continuation) }
        return state.count == 0
      }
      if isIdle { continuation.resume() }
    }
  }

  private func leave() {
    let waiting = state.withLock { state in
      state.count -= 1
      guard state.count == 0 else { return [CheckedContinuation<Void, Never>]() }
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }
}

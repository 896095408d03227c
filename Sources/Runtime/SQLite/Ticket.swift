import Storage
import Synchronization

/// What a task waits with for work that a thread of the database does.
///
/// Cancelling the task answers it at once while the work waits in a queue; once a thread took it up, it is waited for,
/// because it takes milliseconds and the answer is then true.
final class Ticket: Sendable {
  private typealias Continuation = CheckedContinuation<StorageError?, Never>

  private enum State {
    case new
    case waiting(Continuation)
    case taken(Continuation)
    case done
  }

  private let state = Mutex(State.new)

  /// Queues the work and waits for it.
  ///
  /// - Parameter cancellable: false for what ends a transaction, which must happen.
  func wait(cancellable: Bool = true, enqueue: () -> Void) async throws(StorageError) {
    let error = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let cancelled = state.withLock { state in
          if case .done = state { return true }
          state = .waiting(continuation)
          return false
        }
        if cancelled {
          continuation.resume(returning: .cancelled)
        } else {
          enqueue()
        }
      }
    } onCancel: {
      if cancellable { cancel() }
    }
    if let error { throw error }
  }

  /// Called by the thread that does the work; false when nobody waits any more, so it must not be done.
  func take() -> Bool {
    state.withLock { state in
      guard case .waiting(let continuation) = state else { return false }
      state = .taken(continuation)
      return true
    }
  }

  /// Answers who waits; nil for success.
  func finish(_ error: StorageError?) {
    let continuation: Continuation? = state.withLock { state in
      defer { state = .done }
      switch state {
      case .waiting(let continuation), .taken(let continuation): return continuation
      case .new, .done: return nil
      }
    }
    continuation?.resume(returning: error)
  }

  private func cancel() {
    let continuation: Continuation? = state.withLock { state in
      switch state {
      case .new:
        state = .done
        return nil
      case .waiting(let continuation):
        state = .done
        return continuation
      case .taken, .done: return nil
      }
    }
    continuation?.resume(returning: .cancelled)
  }
}

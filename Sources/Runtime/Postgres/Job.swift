import Storage
import Synchronization

/// What one task asks of the pool, and where it waits for the answer.
///
/// `@unchecked Sendable`: what stands under "on the loop" is touched by the loop's thread alone until the task is
/// answered through `state`, and by nobody else after.
final class Job: @unchecked Sendable {
  enum Kind: Sendable, Hashable {
    /// Only reads: shares a transaction with other tasks' reads, and is sent again when its connection is lost.
    case read
    /// A transaction of its own.
    case write
    /// Waits for a connection of its own.
    case lease
    /// Part of the interactive transaction that leased a connection.
    case step(Lease)
    case commit(Lease)
    case rollback(Lease)

    var lease: Lease? {
      switch self {
      case .read, .write, .lease: nil
      case .step(let lease), .commit(let lease), .rollback(let lease): lease
      }
    }
  }

  typealias Answer = Result<[PostgresResult], StorageError>
  private typealias Continuation = CheckedContinuation<Answer, Never>

  private enum State {
    case new
    case waiting(Continuation, isSent: Bool)
    case done
  }

  let kind: Kind
  let statements: [Statement]
  let parameters: [Parameters]
  /// SQL text instead of statements.
  let script: String?
  private let state = Mutex(State.new)

  // MARK: On the loop

  var results: [PostgresResult] = []
  var error: StorageError?
  /// Another statement of the same transaction failed before it could run.
  var wasAborted = false
  /// Must not share a transaction any more.
  var isAlone = false
  var attempts = 0
  var isOver = false
  var queuedAt: UInt64 = 0
  /// What a job of the kind `lease` was given.
  var leased: Lease?

  init(_ kind: Kind, _ statements: [Statement] = [], _ parameters: [Parameters] = [], script: String? = nil) {
    self.kind = kind
    self.statements = statements
    self.parameters = parameters
    self.script = script
  }

  var isComplete: Bool { results.count == statements.count }

  /// Forgets what the last attempt gave.
  func reset() {
    results = []
    error = nil
    wasAborted = false
    isOver = false
    attempts += 1
  }

  // MARK: Waiting

  /// Submits the job and waits for its answer.
  ///
  /// - Parameter cancellable: false for what ends a transaction, which must happen.
  func wait(cancellable: Bool = true, submit: () -> Void) async throws(StorageError) -> [PostgresResult] {
    let answer: Answer = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isCancelled = state.withLock { state in
          if case .done = state { return true }
          state = .waiting(continuation, isSent: false)
          return false
        }
        if isCancelled {
          continuation.resume(returning: .failure(.cancelled))
        } else {
          submit()
        }
      }
    } onCancel: {
      if cancellable { cancel() }
    }
    return try answer.get()
  }

  /// False when the task does not wait any more.
  var isWanted: Bool {
    state.withLock { state in
      if case .waiting = state { true } else { false }
    }
  }

  /// Called when it goes to the server; false when the task does not wait any more, so it must not go.
  func markSent() -> Bool {
    state.withLock { state in
      guard case .waiting(let continuation, _) = state else { return false }
      state = .waiting(continuation, isSent: true)
      return true
    }
  }

  /// Answers the task; false when it does not wait any more.
  @discardableResult
  func finish(_ answer: Answer) -> Bool {
    guard let (continuation, _) = takeContinuation() else { return false }
    continuation.resume(returning: answer)
    return true
  }

  private func cancel() {
    guard let (continuation, isSent) = takeContinuation() else { return }
    if isSent && kind == .write {
      continuation.resume(
        returning: .failure(
          StorageError(.outcomeUnknown, "The task was cancelled while the database worked on its change.")))
    } else {
      continuation.resume(returning: .failure(.cancelled))
    }
  }

  private func takeContinuation() -> (Continuation, isSent: Bool)? {
    state.withLock { state in
      defer { state = .done }
      guard case .waiting(let continuation, let isSent) = state else { return nil }
      return (continuation, isSent)
    }
  }
}

/// The right to a connection, until it is given back or lost.
struct Lease: Sendable, Hashable {
  /// Which of the pool's connections.
  var slot: Int
  /// Unique in the pool.
  var number: Int
}

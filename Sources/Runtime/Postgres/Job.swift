import Storage
import Synchronization

/// What one task asks of the pool, and where it waits for the answer.
///
/// `@unchecked Sendable`: what stands under "on the loop" is touched by the loop's thread alone until the task is
/// answered through `state`, which orders its writes before the task's reads; a task that was cancelled reads none of
/// it. `continuation` is written before the job is submitted and used by whoever moved `state` to `done`.
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

  enum Work: Sendable {
    /// Only a connection is asked for.
    case none
    case statement(Statement, Parameters)
    case batch([(statement: Statement, parameters: Parameters)])
    /// SQL text instead of statements.
    case script(String)
  }

  private enum State: UInt8, AtomicRepresentable {
    case new, waiting, sent, done
  }

  private enum Outcome {
    case answered
    case cancelled
    /// Cancelled while the server worked on a change.
    case unknown
  }

  let kind: Kind
  let work: Work
  private let state = Atomic(State.new)
  private var continuation: UnsafeContinuation<Outcome, Never>?

  // MARK: On the loop

  /// The result of the first statement; those of the others stand in `rest`.
  private(set) var result: PostgresResult?
  private var rest: [PostgresResult] = []
  var error: StorageError?
  /// Another statement of the same transaction failed before it could run.
  var wasAborted = false
  /// Must not share a transaction any more.
  var isAlone = false
  /// How often it was sent and cut off.
  var attempts = 0
  var isOver = false
  var queuedAt: UInt64 = 0
  /// What a job of the kind `lease` was given.
  var leased: Lease?

  init(_ kind: Kind, _ work: Work = .none) {
    self.kind = kind
    self.work = work
  }

  var isComplete: Bool {
    switch work {
    case .none, .script: true
    case .statement: result != nil
    case .batch(let items): items.isEmpty || result != nil && rest.count == items.count - 1
    }
  }

  var statements: [Statement] {
    switch work {
    case .none, .script: []
    case .statement(let statement, _): [statement]
    case .batch(let items): items.map(\.statement)
    }
  }

  /// Whether it is a migration's, in its transaction.
  var isForMigration: Bool {
    if case .statement(let statement, _) = work { kind.lease != nil && statement.isForMigration } else { false }
  }

  var results: [PostgresResult] { result.map { [$0] + rest } ?? [] }

  func append(_ result: PostgresResult) {
    if self.result == nil { self.result = result } else { rest.append(result) }
  }

  /// Forgets what the last attempt gave.
  func reset() {
    result = nil
    rest = []
    error = nil
    wasAborted = false
    isOver = false
  }

  // MARK: Waiting

  /// Submits the job and waits until it is answered; `result` and `results` may be read then.
  ///
  /// - Parameter cancellable: false for what ends a transaction, which must happen.
  func wait(cancellable: Bool = true, submit: () -> Void) async throws(StorageError) {
    let outcome = await withTaskCancellationHandler {
      // Unsafe as in unchecked: `state` sees to it that it is resumed once, and the pool that it is resumed at all.
      await withUnsafeContinuation { continuation in
        self.continuation = continuation
        let (isNew, _) = state.compareExchange(expected: .new, desired: .waiting, ordering: .acquiringAndReleasing)
        if isNew { submit() } else { continuation.resume(returning: .cancelled) }
      }
    } onCancel: {
      if cancellable { cancel() }
    }
    switch outcome {
    case .answered: if let error { throw error }
    case .cancelled: throw .cancelled
    case .unknown:
      throw StorageError(.outcomeUnknown, "The task was cancelled while the database worked on its change.")
    }
  }

  /// False when the task does not wait any more.
  var isWanted: Bool { state.load(ordering: .relaxed) != .done }

  /// Called when it goes to the server; false when the task does not wait any more, so it must not go.
  func markSent() -> Bool {
    let (wasWaiting, state) = state.compareExchange(expected: .waiting, desired: .sent, ordering: .relaxed)
    return wasWaiting || state == .sent
  }

  /// Answers the task with the results, or with the error; false when it does not wait any more.
  @discardableResult
  func finish(_ error: StorageError? = nil) -> Bool {
    guard isWanted else { return false }
    if let error { self.error = error }
    return resume(.answered)
  }

  private func cancel() {
    switch state.exchange(.done, ordering: .acquiringAndReleasing) {
    case .new, .done: break
    case .waiting: continuation?.resume(returning: .cancelled)
    case .sent: continuation?.resume(returning: kind == .write ? .unknown : .cancelled)
    }
  }

  private func resume(_ outcome: Outcome) -> Bool {
    switch state.exchange(.done, ordering: .acquiringAndReleasing) {
    case .new, .done: return false
    case .waiting, .sent:
      continuation?.resume(returning: outcome)
      return true
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

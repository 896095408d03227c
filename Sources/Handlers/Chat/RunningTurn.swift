import AIClient
import Generated
import Synchronization

import struct FoundationEssentials.UUID

/// A turn that this instance runs: a text that only grows. Listeners are offsets into it, so that one that is slow or
/// gone costs nothing; what they missed they get at once.
final class RunningTurn: TurnSource {
  /// Why a turn ends before the model is done.
  enum Stop: Sendable {
    case requested
    /// The instance ends.
    case shutdown
    /// Another instance took it over.
    case lost
  }

  /// What is to be saved of a turn while it runs.
  struct Checkpoint: Sendable {
    var text: String
    /// Whether it is all of the text, and not only what came since the last time.
    var isWhole: Bool
    fileprivate var end: Int
  }

  /// What became of a checkpoint.
  enum CheckpointOutcome: Sendable {
    case saved(isWatched: Bool, isToStop: Bool)
    /// The turn is not this instance's any more.
    case lost
    /// Nobody knows.
    case unknown
  }

  private struct State {
    var text: [UInt8] = []
    var end: Result<SettledTurn, any Error>?
    var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
    var waiterNumber = 0

    var stop: Stop?
    /// Listens to the model.
    var work: Task<ModelOutcome, Never>?
    var isSettling = false

    /// Bytes that were saved.
    var saved = 0
    /// Whether nobody knows what the last checkpoint saved.
    var isUnsure = false
    var isSaving = false
    var savedAt: ContinuousClock.Instant
    var isWatched = false
    /// Whether another instance waits for an answer.
    var isAsked = false
  }

  let opened: OpenTurn
  private let state: Mutex<State>

  init(_ opened: OpenTurn, at now: ContinuousClock.Instant = .now) {
    self.opened = opened
    state = Mutex(State(savedAt: now))
  }

  // MARK: The text

  var answer: Message { opened.answer }

  /// The model that was asked first.
  var model: String { opened.prompt.model ?? "" }

  func hasEvent(_ id: Int) throws -> Bool {
    try state.withLock { state in
      try state.end?.get().hasEvent(id) ?? state.text.isCharacterStart(id)
    }
  }

  var text: String { state.withLock { String(decoding: $0.text, as: UTF8.self) } }

  /// Adds to the text, without U+0000, which no text in the database can hold.
  func append(_ piece: String) {
    wake { state in
      if piece.utf8.contains(0) {
        state.text.append(contentsOf: piece.utf8.lazy.filter { $0 != 0 })
      } else {
        state.text.append(contentsOf: piece.utf8)
      }
    }
  }

  /// Lets every listener know how it ended.
  func end(_ result: Result<SettledTurn, any Error>) {
    wake { $0.end = result }
  }

  private func wake(_ change: (inout sending State) -> Void) {
    let waiters = state.withLock { state in
      change(&state)
      let waiters = state.waiters
      if !waiters.isEmpty { state.waiters = [:] }
      return waiters
    }
    for waiter in waiters.values { waiter.resume() }
  }

  func next(after offset: Int) async throws -> TurnProgress {
    while true {
      if let progress = try progress(after: offset) { return progress }
      try Task.checkCancellation()
      await wait(past: offset)
    }
  }

  private func progress(after offset: Int) throws -> TurnProgress? {
    try state.withLock { state in
      // What was saved counts, which is less where another instance settled the turn.
      if let end = try state.end?.get() { return end.next(after: offset) }
      return state.text.count > offset ? TurnProgress(text: state.text[offset...]) : nil
    }
  }

  private func wait(past offset: Int) async {
    let number = state.withLock { state in
      state.waiterNumber += 1
      return state.waiterNumber
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          if state.text.count > offset || state.end != nil || Task.isCancelled { return true }
          state.waiters[number] = continuation
          return false
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiters.removeValue(forKey: number) }?.resume()
    }
  }

  // MARK: The end

  /// Why it was stopped, if it was.
  var stopped: Stop? { state.withLock { $0.stop } }

  func stop() { stop(.requested) }

  /// Closes the connection to the model at once; the first reason counts.
  func stop(_ reason: Stop) {
    let work = state.withLock { state in
      if state.stop == nil { state.stop = reason }
      return state.work
    }
    work?.cancel()
  }

  /// What the model says, from the task that listens to it.
  func outcome(of work: Task<ModelOutcome, Never>) async -> ModelOutcome {
    let isStopped = state.withLock { state in
      state.work = work
      return state.stop != nil
    }
    if isStopped { work.cancel() }
    let outcome = await work.value
    state.withLock { $0.isSettling = true }
    return outcome
  }

  // MARK: Checkpoints

  /// Whether another instance listens.
  var isWatched: Bool { state.withLock { $0.isWatched } }

  /// Another instance waits to be told what there is, or that the turn stops.
  func ask() {
    state.withLock { $0.isAsked = true }
  }

  /// What is to be saved now; nil when it is not time. Every one must be followed by ``tried(_:_:)``.
  func checkpoint(at now: ContinuousClock.Instant, _ limits: TurnLimits) -> Checkpoint? {
    state.withLock { state in
      guard !state.isSaving, state.end == nil else { return nil }
      let isNew = state.text.count > state.saved
      let interval = isNew ? state.isWatched ? limits.tick : limits.checkpoint : limits.heartbeat
      guard state.isAsked || now - state.savedAt >= interval else { return nil }
      state.isSaving = true
      state.isAsked = false
      state.savedAt = now
      let start = state.isUnsure ? 0 : state.saved
      return Checkpoint(
        text: String(decoding: state.text[start...], as: UTF8.self), isWhole: state.isUnsure, end: state.text.count)
    }
  }

  func tried(_ checkpoint: Checkpoint, _ outcome: CheckpointOutcome) {
    let stop: Stop? = state.withLock { state in
      state.isSaving = false
      switch outcome {
      case .saved(let isWatched, let isToStop):
        state.isUnsure = false
        state.saved = checkpoint.end
        state.isWatched = isWatched
        return isToStop ? .requested : nil
      case .lost:
        return state.isSettling ? nil : .lost
      case .unknown:
        state.isUnsure = true
        return nil
      }
    }
    if let stop { self.stop(stop) }
  }
}

import Generated
import Synchronization

import struct FoundationEssentials.UUID

/// The turns that this instance runs, by their answers' ids.
final class RunningTurns: Sendable {
  private struct State {
    var turns: [UUID: RunningTurn] = [:]
    /// Whether somebody sees to their checkpoints.
    var isTended = false
    /// When turns are stopped, once the instance ends.
    var deadline: ContinuousClock.Instant?
    var isStopped = false
  }

  private let state = Mutex(State())

  /// Adds a turn.
  ///
  /// - Returns: whether somebody must begin to see to the checkpoints.
  func add(_ turn: RunningTurn) -> Bool {
    let (mustTend, mustStop) = state.withLock { state in
      state.turns[turn.opened.answer.id] = turn
      defer { state.isTended = true }
      return (!state.isTended, state.isStopped)
    }
    if mustStop { turn.stop(.shutdown) }
    return mustTend
  }

  func remove(_ turn: RunningTurn) {
    state.withLock { $0.turns[turn.opened.answer.id] = nil }
  }

  /// A user's own turn.
  func find(_ messageID: UUID, of userID: UUID) -> RunningTurn? {
    self[messageID].flatMap { $0.opened.userID == userID ? $0 : nil }
  }

  subscript(messageID: UUID) -> RunningTurn? { state.withLock { $0.turns[messageID] } }

  var all: [RunningTurn] { state.withLock { Array($0.turns.values) } }

  /// All turns; nil when there are none, and then nobody sees to checkpoints any more.
  func tended() -> [RunningTurn]? {
    state.withLock { state in
      if state.turns.isEmpty {
        state.isTended = false
        return nil
      }
      return Array(state.turns.values)
    }
  }

  /// When turns are stopped; nil while the instance goes on.
  var deadline: ContinuousClock.Instant? { state.withLock { $0.deadline } }

  func beginShutdown(until deadline: ContinuousClock.Instant) {
    state.withLock { $0.deadline = deadline }
  }

  /// Stops every turn, also those that begin from now on.
  func stopAll() {
    let turns = state.withLock { state in
      state.isStopped = true
      return Array(state.turns.values)
    }
    for turn in turns { turn.stop(.shutdown) }
  }

  /// Returns when no turn runs, or when the task is cancelled.
  func drained() async {
    while !all.isEmpty, !Task.isCancelled { try? await Task.sleep(for: .milliseconds(20)) }
  }
}

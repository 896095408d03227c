import Synchronization

import struct FoundationEssentials.UUID

/// Where those wait who listen to turns of other instances.
final class TurnSignals: Sendable {
  private struct State {
    var listeners: [UUID: [Int: AsyncStream<Void>.Continuation]] = [:]
    var number = 0
    var isClosed = false
  }

  private let state = Mutex(State())

  /// Signals that there may be something new of a turn, from now on.
  func listen(to messageID: UUID) -> AsyncStream<Void> {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let number = state.withLock { state -> Int? in
      if state.isClosed { return nil }
      state.number += 1
      state.listeners[messageID, default: [:]][state.number] = continuation
      return state.number
    }
    guard let number else {
      continuation.finish()
      return stream
    }
    continuation.onTermination = { [weak self] _ in self?.remove(number, from: messageID) }
    return stream
  }

  private func remove(_ number: Int, from messageID: UUID) {
    state.withLock { state in
      state.listeners[messageID]?[number] = nil
      if state.listeners[messageID]?.isEmpty == true { state.listeners[messageID] = nil }
    }
  }

  func signal(_ messageID: UUID) {
    for listener in state.withLock({ $0.listeners[messageID] ?? [:] }).values { listener.yield() }
  }

  func signalAll() {
    for listener in state.withLock({ $0.listeners.values.flatMap(\.values) }) { listener.yield() }
  }

  /// Ends the waiting of everybody, for good.
  func close() {
    let listeners = state.withLock { state in
      state.isClosed = true
      defer { state.listeners = [:] }
      return state.listeners.values.flatMap(\.values)
    }
    for listener in listeners { listener.finish() }
  }
}

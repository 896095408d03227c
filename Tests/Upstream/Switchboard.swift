import Glibc
import NIOCore
import Synchronization

/// What all connections share: the ledger, and who waits for whom.
final class Switchboard: Sendable {
  /// What happens to requests by name.
  enum Happening: String, Sendable {
    case arrived = "waiting"
    /// Answered with a status that is scripted.
    case refused
    case closed
  }

  private struct Key: Hashable {
    var happening: Happening
    var name: String
  }

  private struct Watcher {
    var count: Int
    var promise: EventLoopPromise<Int>
  }

  private struct State {
    var attempts: [Attempt] = []
    /// Ids go on when the ledger is cleared.
    var firstID = 0
    var requests: [String: Int] = [:]
    var connections = 0
    var counts: [Key: Int] = [:]
    var watchers: [Key: [Watcher]] = [:]
    var parked: [String: [EventLoopPromise<Void>]] = [:]
  }

  private let state = Mutex(State())

  /// All requests, in the order in which they came.
  var attempts: [Attempt] { state.withLock { $0.attempts } }

  /// Those that ended and were charged for.
  var ledger: [Attempt] { attempts.filter { $0.outcome != .open && $0.outcome != .refused } }

  /// How many connections there are, and how many of them wait for an answer.
  var load: (connections: Int, open: Int) {
    state.withLock { state in (state.connections, state.attempts.count { $0.outcome == .open }) }
  }

  func countConnection(_ change: Int) {
    state.withLock { $0.connections += change }
  }

  /// Enters a request.
  func open(_ question: Question) -> Int {
    state.withLock { state in
      let id = state.firstID + state.attempts.count
      state.attempts.append(
        Attempt(
          id: id, dialect: question.dialect.rawValue, model: question.model,
          message: String(question.script.text.prefix(80)), isStreamed: question.isStreamed,
          promptTokens: question.promptTokens, openedAt: Self.now))
      return id
    }
  }

  func update(_ id: Int, _ change: (inout Attempt) -> Void) {
    state.withLock { state in
      guard state.attempts.indices.contains(id - state.firstID) else { return }
      change(&state.attempts[id - state.firstID])
    }
  }

  /// Writes how a request ended.
  func close(_ id: Int, _ outcome: Attempt.Outcome) {
    update(id) { attempt in
      attempt.outcome = outcome
      attempt.closedAt = Self.now
    }
  }

  /// Forgets the requests so far, also those that are open.
  func clearLedger() {
    state.withLock { state in
      state.firstID += state.attempts.count
      state.attempts = []
    }
  }

  /// How many requests with the message there were, this one included.
  func countRequest(_ message: String) -> Int {
    state.withLock { state in
      state.requests[message, default: 0] += 1
      return state.requests[message] ?? 0
    }
  }

  private static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// Counts a happening and tells those who wait for it.
  func report(_ happening: Happening, _ name: String) {
    let key = Key(happening: happening, name: name)
    let (count, told) = state.withLock { state in
      let count = state.counts[key, default: 0] + 1
      state.counts[key] = count
      let watchers = state.watchers.removeValue(forKey: key) ?? []
      state.watchers[key] = watchers.filter { $0.count > count }
      return (count, watchers.filter { $0.count <= count })
    }
    for watcher in told { watcher.promise.succeed(count) }
  }

  /// Comes true when so many have happened.
  func wait(for happening: Happening, _ name: String, count: Int, on loop: any EventLoop) -> EventLoopFuture<Int> {
    let key = Key(happening: happening, name: name)
    let promise = loop.makePromise(of: Int.self)
    let reached = state.withLock { state -> Int? in
      if let reached = state.counts[key], reached >= count { return reached }
      state.watchers[key, default: []].append(Watcher(count: count, promise: promise))
      return nil
    }
    if let reached { promise.succeed(reached) }
    return promise.futureResult
  }

  /// Comes true at the next `release` of the name.
  func park(_ name: String, on loop: any EventLoop) -> EventLoopFuture<Void> {
    let promise = loop.makePromise(of: Void.self)
    state.withLock { $0.parked[name, default: []].append(promise) }
    return promise.futureResult
  }

  func release(_ name: String) -> Int {
    let parked = state.withLock { $0.parked.removeValue(forKey: name) ?? [] }
    for promise in parked { promise.succeed(()) }
    return parked.count
  }
}

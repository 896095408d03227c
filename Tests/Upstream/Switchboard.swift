import NIOCore
import Synchronization

/// What all connections share: the ledger, and who waits for whom.
final class Switchboard: Sendable {
  /// One request that the server charged for.
  struct Charge: Sendable {
    var dialect: String
    var model: String
    /// The beginning of the last user message.
    var message: String
    var promptTokens: Int
    var completionTokens: Int
    /// `complete`, `cut`, or `left` when the client went before the end.
    var outcome: String
  }

  /// What happens to requests by name.
  enum Happening: String, Sendable {
    case arrived = "waiting"
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
    var ledger: [Charge] = []
    var counts: [Key: Int] = [:]
    var watchers: [Key: [Watcher]] = [:]
    var parked: [String: [EventLoopPromise<Void>]] = [:]
  }

  private let state = Mutex(State())

  var ledger: [Charge] { state.withLock { $0.ledger } }

  func charge(_ charge: Charge) {
    state.withLock { $0.ledger.append(charge) }
  }

  func clearLedger() {
    state.withLock { $0.ledger = [] }
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

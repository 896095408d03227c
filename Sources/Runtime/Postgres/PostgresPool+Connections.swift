import EventLoop
import Storage

/// The life of the connections: opened, watched over, lost and opened again.
extension PostgresPool {
  func connect(_ slot: Int) {
    guard state == .open, connections[slot].isClosed, !resolving.contains(slot) else { return }
    // One look-up for all that connect at the same time.
    resolving.append(slot)
    guard resolving.count == 1 else { return }
    url.resolve { [self] result in
      loop.execute { self.assumeIsolated { $0.resolved(result) } }
    }
  }

  private func resolved(_ result: Result<ResolvedHosts, StorageError>) {
    let slots = resolving
    resolving = []
    for slot in slots where state == .open {
      switch result {
      case .success(let hosts): connect(slot, hosts)
      case .failure(let error): lose(connections[slot], error)
      }
    }
    endTurnLater()
  }

  private func connect(_ slot: Int, _ hosts: ResolvedHosts) {
    let connection = connections[slot]
    let error = connection.connect(
      url, hosts, on: loop, now: monotonicNanoseconds(), handler: handler(of: slot))
    if let error { lose(connection, error) }
    keepTicking()
  }

  private nonisolated func handler(of slot: Int) -> @Sendable (Interest) -> Void {
    { [self] interest in assumeIsolated { $0.handle(interest, on: slot) } }
  }

  private func handle(_ interest: Interest, on slot: Int) {
    let connection = connections[slot]
    let wasConnecting = connection.isConnecting
    var error: StorageError?
    if case .connecting = connection.phase {
      error = connection.continueConnecting(on: loop, handler: handler(of: slot))
    } else {
      if interest.contains(.readable) {
        error = connection.receive(into: &effects, now: monotonicNanoseconds())
      }
      if error == nil && interest.contains(.writable) { markDirty(connection) }
    }
    if let error {
      lose(connection, error)
    } else if wasConnecting && connection.isReady {
      connection.failures = 0
      lastFailure = nil
      answerOpening(nil)
    }
    endTurnLater()
  }

  /// Closes a connection that is of no use, and opens it again after a while.
  func lose(_ connection: PostgresConnection, _ reason: StorageError) {
    let wasConnecting = connection.isConnecting || connection.isClosed
    connection.close(.lost(reason), on: loop, into: &effects)
    if wasConnecting {
      lastFailure = reason
      answerOpening(reason)
    }
    if state == .open {
      let slot = connection.slot
      loop.schedule(after: limits.backoff(connection.failures)) { self.assumeIsolated { $0.connect(slot) } }
      connection.failures += 1
    }
    endTurnLater()
  }

  private func answerOpening(_ error: StorageError?) {
    opening?.resume(returning: error)
    opening = nil
  }

  func closeConnections() {
    guard state != .closed else { return }
    state = .closed
    for connection in connections where !connection.isClosed {
      connection.close(.closed, on: loop, into: &effects)
    }
    for job in reads.removeAll() + writes.removeAll() + effects.again { job.finish(.closed) }
    effects.again = []
    settle()
    ticker?.cancel()
    ticker = nil
    closeTimer?.cancel()
    closeTimer = nil
    answerOpening(.closed)
    for continuation in closing { continuation.resume() }
    closing = []
  }

  // MARK: Time

  /// Looks at the clock for as long as anything waits.
  func keepTicking() {
    guard ticker == nil, state != .closed else { return }
    guard !reads.isEmpty || !writes.isEmpty || connections.contains(where: \.isWaitedFor) else { return }
    ticker = loop.schedule(after: limits.stall) { self.assumeIsolated { $0.tick() } }
  }

  private func tick() {
    ticker = nil
    let now = monotonicNanoseconds()
    for connection in connections where connection.isWaitedFor {
      let limit = connection.isConnecting ? limits.connect * connection.hostCount : limits.silence
      if !connection.hasNoTimeLimit && connection.isStalled(since: now, limit) {
        lose(connection, .silent)
      } else if connection.isStalled(since: now, limits.stall) {
        connection.evacuate(into: &effects)
        cancel(connection)
      }
    }
    expire(&reads, now)
    expire(&writes, now)
    endTurnLater()
  }

  /// Asks the server to stop what no task waits for. The request has a connection and a thread of its own.
  private func cancel(_ connection: PostgresConnection) {
    guard let cancellation = connection.beginCancelling() else { return }
    let (slot, generation) = (connection.slot, connection.generation)
    runAside { [self] in
      cancellation.send()
      loop.execute { self.assumeIsolated { $0.endCancelling(slot, generation) } }
    }
  }

  private func endCancelling(_ slot: Int, _ generation: Int) {
    if connections[slot].generation == generation { connections[slot].endCancelling() }
    endTurnLater()
  }

  private func expire(_ queue: inout Queue<Job>, _ now: UInt64) {
    while let job = queue.first, now &- job.queuedAt > limits.wait.nanoseconds {
      queue.popFirst()
      let isUp = connections.contains { $0.isReady || $0.lease != nil }
      job.finish(isUp ? .poolExhausted : lastFailure ?? .silent)
    }
  }
}

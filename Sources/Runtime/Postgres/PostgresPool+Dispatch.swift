import Storage

/// Which job goes to which connection, and when.
extension PostgresPool {
  func dispatch() {
    let now = monotonicNanoseconds()
    for connection in writers where connection.lease != nil { dispatchSteps(of: connection, now: now) }
    dispatchWrites(now: now)
    dispatchReads(now: now)
  }

  private func dispatchWrites(now: UInt64) {
    while let job = writes.first {
      guard job.isWanted else {
        writes.popFirst()
        continue
      }
      guard let connection = writers.last(where: { $0.lease == nil && $0.isIdle }) else { break }
      writes.popFirst()
      if job.kind == .lease {
        lend(connection, to: job)
      } else {
        send(job, on: connection, now: now)
      }
    }
  }

  /// All reads that wait travel together on a reader that is idle. Those that come meanwhile wait until one is idle
  /// again, and then travel together: the more there is to do, the less each costs.
  private func dispatchReads(now: UInt64) {
    while !reads.isEmpty, let connection = connectionForReads(now: now) {
      // Writers are for one transaction at a time.
      let isShared = connection.role != .writer
      while let job = reads.first, isShared ? connection.jobCount < limits.batch : connection.isIdle {
        reads.popFirst()
        send(job, on: connection, now: now)
        if !connection.isReady { break }
      }
    }
  }

  /// Slow reads may take up the readers; then writers help out, but no more than half of them.
  private func connectionForReads(now: UInt64) -> PostgresConnection? {
    // Reads without end must not keep writes from the only connection.
    if connections.count == 1 && !writes.isEmpty { return nil }
    var areStalled = true
    for connection in readers where connection.lease == nil && connection.isReady {
      if connection.isIdle { return connection }
      if !connection.isStalled(since: now, limits.stall) { areStalled = false }
    }
    guard areStalled else { return nil }
    let idle = writers.filter { $0.lease == nil && $0.isIdle }
    return idle.count > writers.count / 2 ? idle.last : nil
  }

  private func dispatchSteps(of connection: PostgresConnection, now: UInt64) {
    while connection.isIdle, let job = connection.steps.popFirst() {
      if case .step = job.kind {
        send(job, on: connection, now: now)
      } else if connection.hasBegun {
        send(job, on: connection, now: now)
      } else {
        // Nothing was asked in this transaction, so the server knows nothing of it.
        job.finish()
        endLease(of: connection)
        return
      }
    }
  }

  private func lend(_ connection: PostgresConnection, to job: Job) {
    leaseNumber += 1
    let lease = Lease(slot: connection.slot, number: leaseNumber)
    connection.lease = lease
    job.leased = lease
    if !job.finish() { endLease(of: connection) }
  }

  func endLease(of connection: PostgresConnection) {
    for job in connection.steps.removeAll() { job.finish(.transactionLost) }
    if !connection.endLease() { lose(connection, .transactionLost) }
  }

  private func send(_ job: Job, on connection: PostgresConnection, now: UInt64) {
    // What nobody waits for is left out; the end of a transaction is always waited for.
    guard job.markSent() else { return }
    guard let error = connection.send(job, now: now) else { return markDirty(connection) }
    lose(connection, error)
    guard !job.isOver else { return }
    // No Sync went out behind it, so the server cannot have saved it.
    job.isOver = true
    if job.kind.lease == nil && job.attempts == 0 {
      job.attempts += 1
      effects.again.append(job)
    } else {
      job.error = .lost(error)
      effects.finished.append(job)
    }
  }
}

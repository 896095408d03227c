import EventLoop
import Storage

/// What goes out and comes in: between jobs, the pipeline and libpq.
extension PostgresConnection {
  // MARK: Sending

  /// Sends the statements of a job; what belongs to no other transaction ends with a Sync.
  func send(_ job: Job, now: UInt64) -> StorageError? {
    guard let handle else { return .closed }
    if pipeline.isIdle { lastProgress = now }
    let isShared = job.kind == .read && !job.isAlone
    if !isShared, let error = endSegment() { return error }
    let isFirst = job.kind.lease == nil ? !pipeline.hasOpenSegment : !hasBegun
    if job.kind.lease != nil { hasBegun = true }
    let prelude = isFirst ? session.prelude(isInteractive: job.kind.lease != nil) : []
    switch job.work {
    case .none: break
    case .script(let sql):
      // Text on its own is sent as it is: not all statements can stand in a transaction.
      let text = job.kind.lease == nil ? sql : (prelude + [sql]).joined(separator: "; ")
      guard handle.exitPipeline(), handle.sendScript(text) else { return handle.error }
      phase = .script(job)
      return nil
    case .statement(let statement, let parameters):
      guard send(prelude, on: handle), send(statement, parameters, of: job, on: handle) else { return handle.error }
    case .batch(let items):
      guard send(prelude, on: handle) else { return handle.error }
      for (statement, parameters) in items {
        guard send(statement, parameters, of: job, on: handle) else { return handle.error }
      }
    }
    pipeline.sent(job)
    return isShared ? nil : endSegment()
  }

  private func send(_ prelude: [String], on handle: PostgresHandle) -> Bool {
    for sql in prelude {
      guard handle.sendStatement(sql) else { return false }
      pipeline.sentPrelude()
    }
    return true
  }

  private func send(
    _ statement: Statement, _ parameters: Parameters, of job: Job, on handle: PostgresHandle
  ) -> Bool {
    let (name, isNew) = pipeline.name(of: statement)
    if isNew {
      guard handle.sendPrepare(statement, as: name) else { return false }
      pipeline.sentPrepare(statement)
    }
    guard handle.sendExecute(name, parameters) else { return false }
    pipeline.sentExecute(job)
    return true
  }

  private func endSegment() -> StorageError? {
    guard pipeline.hasOpenSegment, let handle else { return nil }
    guard handle.sendSync() else { return handle.error }
    pipeline.sentSync()
    return nil
  }

  /// Ends the segment of shared reads and gives libpq's buffer to the socket.
  func flush(on loop: EventLoop) -> StorageError? {
    guard let handle else { return .closed }
    if let error = endSegment() { return error }
    guard let isFlushed = handle.flush() else { return handle.error }
    loop.modify(descriptor, for: isFlushed ? .readable : [.readable, .writable])
    return nil
  }

  // MARK: Receiving

  /// Reads what has arrived.
  ///
  /// - Returns: why the connection is of no use any more, if so.
  func receive(into effects: inout Pipeline.Effects, now: UInt64) -> StorageError? {
    guard let handle else { return .closed }
    // What arrived before the connection was lost still counts, as far as it can be understood.
    let lost = handle.consume() ? nil : handle.error
    lastProgress = now
    let failure: StorageError?
    switch phase {
    case .closed, .connecting: failure = nil
    case .configuring, .script: failure = receiveScript(from: handle, into: &effects)
    case .ready: failure = receivePipeline(from: handle, into: &effects)
    }
    if let failure { return failure }
    // Nothing is expected, so this is the server saying good-bye.
    return lost ?? (handle.isLost ? handle.error : nil)
  }

  private func receivePipeline(from handle: PostgresHandle, into effects: inout Pipeline.Effects) -> StorageError? {
    var nils = 0
    while !pipeline.isIdle && !handle.isBusy {
      guard let result = handle.nextResult() else {
        nils += 1
        if nils > 2 { return handle.error }
        continue
      }
      nils = 0
      // Once libpq has noticed a loss it does not know any more what was asked, and makes results of parts of answers: the
      // description of rows becomes an empty result. Only an error that comes first is what it says it is.
      let isLost = handle.isLost
      if isLost && result.kind != .refused { return handle.error }
      let outcome: Pipeline.Outcome
      switch result.kind {
      case .success: outcome = .result(result)
      case .synced: outcome = .synced
      case .aborted: outcome = .aborted
      case .refused: outcome = .failed(StorageError(result))
      case .broken: return handle.error
      }
      guard pipeline.receive(outcome, into: &effects) else {
        return StorageError(.unavailable, "PostgreSQL answered out of order, so the connection was closed.")
      }
      if isLost { return handle.error }
    }
    return nil
  }

  private func receiveScript(from handle: PostgresHandle, into effects: inout Pipeline.Effects) -> StorageError? {
    while !handle.isBusy {
      if let result = handle.nextResult() {
        switch result.kind {
        case .success:
          if case .configuring = phase { session.receive(result) }
          continue
        case .refused:
          scriptError = scriptError ?? StorageError(result)
          continue
        case .synced, .aborted, .broken:
          // A COPY, or the connection is gone: neither can go on.
          return handle.error
        }
      }
      guard !handle.isLost, handle.enterPipeline() else { return handle.error }
      let error = scriptError
      scriptError = nil
      if case .script(let job) = phase {
        job.error = error
        effects.finished.append(job)
      } else if let error {
        return error
      } else {
        pipeline.keepsStatements = session.keepsStatements
      }
      phase = .ready
      return nil
    }
    return nil
  }
}

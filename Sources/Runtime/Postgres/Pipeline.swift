import Storage

/// What was sent on one connection and not answered yet: the pipeline protocol without its input and output.
///
/// Statements between two Syncs are one implicit transaction, a segment. Reads of many tasks share one; when one of them
/// fails, the server skips the rest, and those are sent again, each alone. A write has a segment of its own, and is
/// saved when the Sync behind it is answered.
struct Pipeline {
  private enum Command {
    case prepare(number: Int, serial: Int)
    /// What begins a transaction: BEGIN, settings.
    case prelude
    /// Nil when the job was sent elsewhere since.
    case execute(Job?)
    /// With the jobs of the segment that it ends.
    case sync([Job])
  }

  /// What the server says to one command.
  enum Outcome {
    case result(PostgresResult)
    case failed(StorageError)
    /// Skipped, because a command before it failed.
    case aborted
    case synced
  }

  /// What follows from an outcome.
  struct Effects {
    /// Jobs with their results or error.
    var finished: [Job] = []
    /// Jobs to send again.
    var again: [Job] = []
  }

  private struct Prepared {
    /// As a C string.
    var name: [CChar]
    var serial: Int
    /// In which segment, counted.
    var segment: Int
    /// Whether the server said so.
    var isCertain = false
  }

  /// False where the next transaction may meet another server process, behind a pooler such as PgBouncer.
  var keepsStatements = true

  private var commands = Queue<Command>()
  /// Jobs sent since the last Sync.
  private var segment: [Job] = []
  /// The statements that are prepared, by number.
  private var prepared: [Int: Prepared] = [:]
  private var serial = 0
  private var segmentCount = 0
  /// Why a command that prepares for the next one failed.
  private var failure: StorageError?

  /// Jobs sent and not settled.
  private(set) var jobCount = 0

  var isIdle: Bool { commands.isEmpty }
  var hasOpenSegment: Bool { !segment.isEmpty }

  // MARK: Sending

  /// The name under which a statement is prepared, and whether it must be prepared first.
  mutating func name(of statement: Statement) -> (name: [CChar], isNew: Bool) {
    // The unnamed statement lasts until the next one.
    if statement.number == 0 || !keepsStatements { return ([0], true) }
    // What another segment prepares may still fail with it, for a reason that is not this one's.
    if let known = prepared[statement.number], known.isCertain || known.segment == segmentCount {
      return (known.name, false)
    }
    serial += 1
    // Never a name twice: after a change of a table, a statement is prepared anew.
    let name = Array("p\(serial)".utf8CString)
    prepared[statement.number] = Prepared(name: name, serial: serial, segment: segmentCount)
    return (name, true)
  }

  mutating func sentPrepare(_ statement: Statement) {
    commands.append(.prepare(number: statement.number, serial: serial))
  }

  mutating func sentPrelude() {
    commands.append(.prelude)
  }

  mutating func sentExecute(_ job: Job) {
    commands.append(.execute(job))
  }

  /// All statements of a job were sent.
  mutating func sent(_ job: Job) {
    segment.append(job)
    jobCount += 1
  }

  mutating func sentSync() {
    commands.append(.sync(segment))
    segment = []
    segmentCount += 1
  }

  // MARK: Receiving

  /// - Returns: false when the server's answer does not fit what was sent; the connection is of no use then.
  mutating func receive(_ outcome: Outcome, into effects: inout Effects) -> Bool {
    switch (commands.first, outcome) {
    case (.prelude, .result):
      commands.popFirst()
    case (.prepare(let number, let serial), .result):
      commands.popFirst()
      if prepared[number]?.serial == serial { prepared[number]?.isCertain = true }
    case (.prepare(let number, let serial), .failed(let error)):
      commands.popFirst()
      if prepared[number]?.serial == serial { prepared[number] = nil }
      failure = error
    case (.prepare(let number, let serial), .aborted):
      commands.popFirst()
      if prepared[number]?.serial == serial { prepared[number] = nil }
    case (.prelude, .failed(let error)):
      commands.popFirst()
      failure = error
    case (.prelude, .aborted):
      commands.popFirst()
    case (.execute(let job), .result(let result)):
      commands.popFirst()
      guard let job else { break }
      job.append(result)
      // A read is answered at once; what it saw does not depend on the Sync.
      if job.kind == .read && job.isComplete { settle(job, into: &effects) }
    case (.execute(let job), .failed(let error)):
      commands.popFirst()
      if let job {
        job.error = error
        job.error?.statement = job.statements.dropFirst(job.results.count).first?.name
      }
    case (.execute(let job), .aborted):
      commands.popFirst()
      if let failure {
        if let job { job.error = job.error ?? failure }
        self.failure = nil
      } else {
        job?.wasAborted = true
      }
    case (.sync(let jobs), .synced):
      commands.popFirst()
      failure = nil
      for job in jobs where !job.isOver { settle(job, into: &effects) }
    case (.sync(let jobs), .failed(let error)):
      // The commit itself failed; the Sync is still to be answered. When the server goes away just then, nobody knows.
      if error.code == .unavailable { break }
      for job in jobs where !job.isOver && job.error == nil { job.error = error }
    default:
      return false
    }
    return true
  }

  private mutating func settle(_ job: Job, into effects: inout Effects) {
    jobCount -= 1
    job.isOver = true
    if let error = job.error {
      if error.isStalePlan { prepared = [:] }
      if error.isStalePlan && job.attempts == 0 && job.kind.lease == nil {
        // Together with others it could be skipped again, for a failure of theirs.
        job.isAlone = true
        job.attempts += 1
        effects.again.append(job)
      } else {
        effects.finished.append(job)
      }
    } else if job.wasAborted {
      job.isAlone = true
      effects.again.append(job)
    } else {
      effects.finished.append(job)
    }
  }

  // MARK: Giving up

  /// Whether any task still waits for what was sent.
  var hasWantedJob: Bool {
    commands.contains { command in
      switch command {
      case .execute(let job): job.map { !$0.isOver && $0.isWanted } ?? false
      case .sync(let jobs): jobs.contains { !$0.isOver && $0.isWanted }
      case .prepare, .prelude: false
      }
    }
  }

  /// Whether a migration waits for its statement.
  var worksOnMigration: Bool {
    commands.contains { if case .execute(let job?) = $0 { job.isForMigration && job.isWanted } else { false } }
  }

  /// Takes reads away that a slow one holds up, to be sent again elsewhere, each alone. The server holds back what it
  /// answered until the next Sync, so in a shared segment nobody knows which one is slow: all of them are taken. One that
  /// is alone, or the only one, is the slow one itself, and stays.
  mutating func evacuate(into effects: inout Effects) {
    var slow: Job?
    if case .execute(let job?)? = commands.first(where: { if case .execute = $0 { true } else { false } }), job.isAlone
    {
      slow = job
    }
    func isHeldUp(_ job: Job) -> Bool { job !== slow && job.kind == .read }
    var moved: [Job] = []
    for case .sync(let jobs) in commands.all { moved += jobs.filter { isHeldUp($0) && !$0.isOver } }
    if slow == nil && moved.count == 1 { return }
    commands.update { command in
      switch command {
      case .execute(let job?) where isHeldUp(job): command = .execute(nil)
      case .sync(let jobs): command = .sync(jobs.filter { !isHeldUp($0) })
      case .prepare, .prelude, .execute: break
      }
    }
    jobCount -= moved.count
    for job in moved where job.isWanted {
      job.isAlone = true
      effects.again.append(job)
    }
  }

  /// The connection is lost.
  ///
  /// - Parameter reason: what jobs that changed nothing are told.
  mutating func lose(_ reason: StorageError, into effects: inout Effects) {
    var jobs: [Job] = segment
    for command in commands.removeAll() {
      if case .sync(let segment) = command { jobs.append(contentsOf: segment) }
    }
    for job in jobs where !job.isOver {
      job.isOver = true
      switch job.kind {
      case .read where job.attempts == 0:
        job.attempts += 1
        effects.again.append(job)
        continue
      case .write, .commit:
        // An error that arrived before the connection went says that the transaction was not saved.
        job.error = job.error ?? .outcomeUnknown
      case .read, .lease, .step, .rollback:
        job.error = reason
      }
      effects.finished.append(job)
    }
    self = Pipeline()
  }
}

extension StorageError {
  fileprivate static let outcomeUnknown = StorageError(
    .outcomeUnknown, "The connection to PostgreSQL was lost while it worked on a change, which may be saved or not.")
}

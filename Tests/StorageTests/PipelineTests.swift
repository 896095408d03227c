import Storage
import Testing

@testable import Postgres

/// The pipeline protocol without a server: what is sent, what the server says, what follows.
@Suite struct PipelineTests {
  static let read = Statement(
    number: 1, name: "read", postgres: "", sqlite: "", parameters: [], effect: .read)
  static let write = Statement(
    number: 2, name: "write", postgres: "", sqlite: "", parameters: [], effect: .write)

  var pipeline = Pipeline()
  var effects = Pipeline.Effects()

  /// Sends a job as a connection does; prepared statements need no answer of their own in these tests.
  mutating func send(_ job: Job, sync: Bool = true) {
    for statement in job.statements {
      if pipeline.name(of: statement).isNew { pipeline.sentPrepare(statement) }
      pipeline.sentExecute(job)
    }
    pipeline.sent(job)
    if sync { pipeline.sentSync() }
  }

  mutating func receive(_ outcomes: Pipeline.Outcome...) {
    for outcome in outcomes { #expect(pipeline.receive(outcome, into: &effects)) }
  }

  func success() throws -> Pipeline.Outcome { .result(try #require(PostgresResult.empty())) }

  func job(_ kind: Job.Kind, _ statements: Statement...) throws -> Job {
    Job(kind, .batch(try statements.map { ($0, try Parameters([], for: $0)) }))
  }

  let refusal = Pipeline.Outcome.failed(StorageError(.invalidValue, "no"))
  let lost = StorageError(.unavailable, "lost")

  @Test mutating func `A statement is prepared once, and again after its preparation failed`() throws {
    let (name, isNew) = pipeline.name(of: Self.read)
    #expect(isNew)
    #expect(!pipeline.name(of: Self.read).isNew)
    pipeline.sentPrepare(Self.read)
    let job = try job(.read, Self.read)
    pipeline.sentExecute(job)
    pipeline.sent(job)
    pipeline.sentSync()
    receive(refusal, .aborted, .synced)
    #expect(effects.finished.map(\.error?.code) == [.invalidValue])
    let again = pipeline.name(of: Self.read)
    #expect(again.isNew)
    #expect(again.name != name, "the server may know the old name")
  }

  @Test mutating func `What another segment prepares is not relied on before the server said so`() throws {
    let (first, second) = (try job(.read, Self.read), try job(.read, Self.read))
    send(first)
    send(second)
    receive(refusal, .aborted, .synced)
    #expect(first.error?.code == .invalidValue)
    // Its own preparation, which the failure of the other one does not touch.
    receive(try success(), try success(), .synced)
    #expect(second.error == nil)
    #expect(effects.finished.count == 2)
    #expect(!pipeline.name(of: Self.read).isNew)
  }

  @Test mutating func `Reads that share a Sync are answered before it, a write behind it`() throws {
    let (first, second, write) = try (job(.read, Self.read), job(.read, Self.read), job(.write, Self.write))
    send(first, sync: false)
    send(second)
    send(write)
    receive(try success(), try success())
    #expect(effects.finished.map { $0 === first } == [true])
    receive(try success(), .synced)
    #expect(effects.finished.count == 2)
    receive(try success(), try success())
    #expect(effects.finished.count == 2)
    receive(.synced)
    #expect(effects.finished.last === write)
    #expect(pipeline.isIdle)
    #expect(pipeline.jobCount == 0)
  }

  @Test mutating func `When a read fails, those behind it are sent again, each alone`() throws {
    let jobs = try [job(.read, Self.read), job(.read, Self.read), job(.read, Self.read)]
    for (index, job) in jobs.enumerated() { send(job, sync: index == 2) }
    receive(try success(), try success(), refusal, .aborted, .synced)
    #expect(effects.finished.map { job in jobs.firstIndex { $0 === job } } == [0, 1])
    #expect(jobs[1].error?.code == .invalidValue)
    #expect(effects.again.count == 1)
    #expect(effects.again.first === jobs[2])
    #expect(jobs[2].isAlone)
  }

  @Test mutating func `A batch tells the error of the statement that failed`() throws {
    let batch = try job(.write, Self.write, Self.write, Self.write)
    send(batch)
    receive(try success(), try success(), refusal, .aborted, .synced)
    #expect(effects.finished.map(\.error?.code) == [.invalidValue])
    #expect(effects.again.isEmpty)
  }

  @Test mutating func `A write whose commit fails is not acknowledged`() throws {
    let write = try job(.write, Self.write)
    send(write)
    receive(try success(), try success(), .failed(StorageError(.sqlState("40001"), "no")))
    #expect(effects.finished.isEmpty)
    receive(.synced)
    #expect(effects.finished.map(\.error?.code) == [.sqlState("40001")])
  }

  @Test mutating func `A stale plan is prepared anew, once`() throws {
    let read = try job(.read, Self.read)
    let stale = Pipeline.Outcome.failed(StorageError(.sqlState("0A000"), "changed"))
    send(read)
    receive(try success(), stale, .synced)
    #expect(effects.again.count == 1)
    #expect(read.isAlone, "the failure of another read would keep it from being prepared")
    #expect(pipeline.name(of: Self.read).isNew)
    read.reset()
    send(read)
    receive(stale, .synced)
    #expect(effects.again.count == 1)
    #expect(effects.finished.map(\.error?.code) == [.sqlState("0A000")])
  }

  @Test mutating func `When the connection is lost, reads are tried again once and writes are of unknown outcome`()
    throws
  {
    let (read, tried, write, failed) = try (
      job(.read, Self.read), job(.read, Self.read), job(.write, Self.write), job(.write, Self.write)
    )
    tried.attempts = 1
    send(read, sync: false)
    send(tried)
    send(failed)
    receive(try success())  // the preparation; then nothing for the reads
    send(write)
    pipeline.lose(lost, into: &effects)
    #expect(effects.again.map { $0 === read } == [true])
    #expect(tried.error?.code == .unavailable)
    #expect(write.error?.code == .outcomeUnknown)
    #expect(failed.error?.code == .outcomeUnknown)
    #expect(pipeline.isIdle)
    #expect(pipeline.name(of: Self.read).isNew)
  }

  @Test mutating func `A write is of unknown outcome until its Sync is answered, and known when its statement failed`()
    throws
  {
    let (executed, refused) = try (job(.write, Self.write), job(.write, Self.write))
    send(executed)
    receive(try success(), try success(), .failed(lost))
    pipeline.lose(lost, into: &effects)
    #expect(executed.error?.code == .outcomeUnknown)
    send(refused)
    receive(try success(), .failed(lost))
    pipeline.lose(lost, into: &effects)
    #expect(refused.error?.code == .unavailable)
  }

  @Test mutating func `In an interactive transaction only COMMIT is of unknown outcome`() throws {
    let lease = Lease(slot: 0, number: 1)
    let (step, commit) = try (job(.step(lease), Self.write), job(.commit(lease), Self.write))
    send(step)
    send(commit)
    pipeline.lose(lost, into: &effects)
    #expect(step.error?.code == .unavailable)
    #expect(commit.error?.code == .outcomeUnknown)
  }

  @Test mutating func `Reads that are held up together are all sent again, each alone`() throws {
    let (answered, slow, behind) = try (job(.read, Self.read), job(.read, Self.read), job(.read, Self.read))
    send(answered, sync: false)
    send(slow, sync: false)
    send(behind)
    receive(try success(), try success())
    pipeline.evacuate(into: &effects)
    #expect(effects.finished.map { $0 === answered } == [true])
    #expect(effects.again.map { $0 === slow || $0 === behind } == [true, true])
    #expect(slow.isAlone && behind.isAlone)
    #expect(slow.attempts == 0, "nothing was cut off")
    #expect(pipeline.jobCount == 0)
    #expect(!pipeline.hasWantedJob)
    // What the server still says to them is nobody's.
    receive(try success(), refusal, .synced)
    #expect(pipeline.isIdle)
    #expect(effects.finished.count == 1 && effects.again.count == 2)
    #expect(behind.error == nil && slow.result == nil)
  }

  @Test mutating func `A slow read that is alone stays, and those behind it are sent elsewhere`() throws {
    let (slow, behind) = try (job(.read, Self.read), job(.read, Self.read))
    slow.isAlone = true
    behind.isAlone = true
    send(slow)
    send(behind)
    receive(try success())
    pipeline.evacuate(into: &effects)
    #expect(effects.again.map { $0 === behind } == [true])
    #expect(pipeline.hasWantedJob)
    receive(try success(), .synced)
    #expect(effects.finished.map { $0 === slow } == [true])
    // With its own preparation, because the other's was not certain.
    receive(try success(), try success(), .synced)
    #expect(pipeline.isIdle)
    #expect(behind.result == nil)
  }

  @Test mutating func `Writes stay where they are`() throws {
    let write = try job(.write, Self.write)
    send(write)
    pipeline.evacuate(into: &effects)
    #expect(effects.again.isEmpty)
    receive(try success(), try success(), .synced)
    #expect(effects.finished.map { $0 === write } == [true])
  }

  @Test mutating func `What no task waits for any more is known`() throws {
    let (first, second) = try (job(.write, Self.write), job(.write, Self.write))
    send(first)
    send(second)
    #expect(pipeline.hasWantedJob)
    first.finish(lost)
    #expect(pipeline.hasWantedJob)
    second.finish(lost)
    #expect(!pipeline.hasWantedJob)
  }

  @Test mutating func `Behind a pooler every statement is prepared anew, without a name`() throws {
    pipeline.keepsStatements = false
    for _ in 0..<2 {
      let (name, isNew) = pipeline.name(of: Self.read)
      #expect(name == [0] && isNew)
      send(try job(.read, Self.read))
      receive(try success(), try success(), .synced)
    }
    #expect(effects.finished.count == 2)
  }

  @Test mutating func `When a transaction cannot begin, its statement tells why`() throws {
    let read = try job(.read, Self.read)
    pipeline.sentPrelude()
    send(read)
    receive(refusal, .aborted, .aborted, .synced)
    #expect(effects.finished.map(\.error?.code) == [.invalidValue])
  }

  @Test mutating func `An answer that nothing asked for is told`() throws {
    #expect(try !pipeline.receive(success(), into: &effects))
    try send(job(.read, Self.read))
    #expect(!pipeline.receive(.synced, into: &effects))
  }

  @Test mutating func `A read that nothing but itself holds up stays`() throws {
    let slow = try job(.read, Self.read)
    send(slow)
    pipeline.evacuate(into: &effects)
    #expect(effects.again.isEmpty)
    receive(try success(), try success(), .synced)
    #expect(effects.finished.map { $0 === slow } == [true])
  }
}

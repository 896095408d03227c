import Storage

/// The only connection that writes, and its thread.
///
/// Everything queued while a commit was under way is committed together: one write to the disk for all of it. Work of
/// several statements stands in a SAVEPOINT of its own, so that its failure is its caller's alone; a single statement
/// undoes itself. Callers are answered after COMMIT, also those whose work failed: what it failed at (a key that is taken)
/// may be work of the same group, which nobody can read before.
final class Writer: Sendable {
  struct Work: Sendable {
    let ticket: Ticket
    /// Whether a failure must be undone by a SAVEPOINT.
    let isBatch: Bool
    let body: @Sendable (SQLiteConnection) throws(StorageError) -> Void
  }

  private enum Item: Sendable {
    case work(Work)
    case lease(Lease, Ticket)
    /// DDL and maintenance, outside of any transaction.
    case script(Work)
  }

  /// How much is committed together at most, so that the first does not wait for thousands.
  private static let groupSize = 1_000

  private let mailbox = Mailbox<Item>()

  func start(
    with connection: SQLiteConnection, finished: @escaping @Sendable () -> Void
  ) throws(StorageError) {
    try startThread { [mailbox] in
      let thread = WriterThread(connection: connection)
      while true {
        let items = mailbox.takeAll()
        if items.isEmpty { break }
        var group: [Work] = []
        for item in items {
          switch item {
          case .work(let work):
            group.append(work)
            if group.count == Self.groupSize { thread.commit(&group) }
          case .lease(let lease, let ticket):
            thread.commit(&group)
            thread.serve(lease, ticket)
          case .script(let work):
            thread.commit(&group)
            thread.runAlone(work)
          }
        }
        thread.commit(&group)
      }
      connection.close()
      finished()
    }
  }

  func perform(
    isBatch: Bool, _ body: @escaping @Sendable (SQLiteConnection) throws(StorageError) -> Void
  ) async throws(StorageError) {
    let ticket = Ticket()
    try await ticket.wait { enqueue(.work(Work(ticket: ticket, isBatch: isBatch, body: body)), ticket) }
  }

  func script(_ sql: String) async throws(StorageError) {
    let ticket = Ticket()
    let work = Work(ticket: ticket, isBatch: true) { connection throws(StorageError) in try connection.execute(sql) }
    try await ticket.wait { enqueue(.script(work), ticket) }
  }

  /// Waits for its turn and begins a transaction.
  func lease() async throws(StorageError) -> Lease {
    let lease = Lease()
    let ticket = Ticket()
    try await ticket.wait { enqueue(.lease(lease, ticket), ticket) }
    return lease
  }

  func close() {
    mailbox.close()
  }

  private func enqueue(_ item: Item, _ ticket: Ticket) {
    if !mailbox.append(item) { ticket.finish(.closed) }
  }
}

/// What the writer's thread does with its connection.
private struct WriterThread {
  let connection: SQLiteConnection

  /// Runs all of a group in one transaction, then answers.
  func commit(_ group: inout [Writer.Work]) {
    var rest = group[...]
    while !rest.isEmpty { rest = commitPrefix(of: rest) }
    group.removeAll(keepingCapacity: true)
  }

  /// - Returns: what is left when SQLite rolled back by itself, as it does when the disk is full.
  private func commitPrefix(of group: ArraySlice<Writer.Work>) -> ArraySlice<Writer.Work> {
    var rest = group
    do {
      try connection.execute("BEGIN IMMEDIATE")
    } catch {
      for work in group where work.ticket.take() { work.ticket.finish(error) }
      return []
    }
    var answers: [(ticket: Ticket, error: StorageError?)] = []
    while let work = rest.popFirst() {
      guard work.ticket.take() else { continue }
      do {
        try run(work)
        answers.append((work.ticket, nil))
      } catch {
        answers.append((work.ticket, error))
        if !connection.isInTransaction {
          for answer in answers { answer.ticket.finish(error) }
          return rest
        }
      }
    }
    do {
      try connection.execute("COMMIT")
      for answer in answers { answer.ticket.finish(answer.error) }
    } catch {
      try? connection.execute("ROLLBACK")
      for answer in answers { answer.ticket.finish(error) }
    }
    return rest
  }

  private func run(_ work: Writer.Work) throws(StorageError) {
    guard work.isBatch else { return try work.body(connection) }
    try connection.execute("SAVEPOINT work")
    do {
      try work.body(connection)
      try connection.execute("RELEASE work")
    } catch {
      // The transaction may be gone, and the SAVEPOINT with it; the caller sees which.
      try? connection.execute("ROLLBACK TO work; RELEASE work")
      throw error
    }
  }

  func runAlone(_ work: Writer.Work) {
    guard work.ticket.take() else { return }
    let error: StorageError?
    do {
      try work.body(connection)
      error = nil
    } catch let failure {
      error = failure
    }
    // The script may have begun what it did not end.
    if connection.isInTransaction { try? connection.execute("ROLLBACK") }
    work.ticket.finish(error)
  }

  /// Runs one interactive transaction to its end.
  func serve(_ lease: Lease, _ ticket: Ticket) {
    guard ticket.take() else { return }
    do {
      try connection.execute("BEGIN IMMEDIATE")
      ticket.finish(nil)
      lease.serve(on: connection)
      // It may have put off foreign keys to make a table anew.
      try? connection.execute("PRAGMA foreign_keys = ON")
    } catch {
      ticket.finish(error)
    }
  }
}

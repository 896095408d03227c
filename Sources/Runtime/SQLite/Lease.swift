import Storage

/// An interactive transaction on the writer's thread, which does nothing else until it ends.
final class Lease: Sendable {
  private enum Item: Sendable {
    case work(Writer.Work)
    case end(Ticket, commit: Bool)
  }

  /// A transaction whose owner is silent for so long is rolled back, because every other writer waits for it.
  private static let idleSeconds = 60

  private let mailbox = Mailbox<Item>()

  func perform(_ body: @escaping @Sendable (SQLiteConnection) throws(StorageError) -> Void) async throws(StorageError) {
    let ticket = Ticket()
    try await ticket.wait { enqueue(.work(.init(ticket: ticket, isBatch: true, body: body)), ticket) }
  }

  /// Not cancellable: whoever began the transaction ends it.
  func end(commit: Bool) async throws(StorageError) {
    let ticket = Ticket()
    try await ticket.wait(cancellable: false) { enqueue(.end(ticket, commit: commit), ticket) }
  }

  private func enqueue(_ item: Item, _ ticket: Ticket) {
    if !mailbox.append(item) { ticket.finish(.aborted) }
  }

  /// On the writer's thread, after BEGIN.
  func serve(on connection: SQLiteConnection) {
    var hasFailed = false
    var hasEnded = false
    while !hasEnded {
      let items = mailbox.takeAll(waitingAtMost: Self.idleSeconds)
      if items.isEmpty { break }
      for item in items {
        switch item {
        case .work(let work):
          guard work.ticket.take() else { continue }
          // As on PostgreSQL: after a failure nothing runs any more, and nothing is saved.
          let error = hasFailed || hasEnded ? .aborted : failure(of: work, on: connection)
          hasFailed = hasFailed || error != nil
          work.ticket.finish(error)
        case .end(let ticket, let commit):
          let error = finish(commit: commit && !hasFailed, on: connection)
          ticket.finish(commit && hasFailed ? .aborted : error)
          hasEnded = true
        }
      }
    }
    if !hasEnded { _ = finish(commit: false, on: connection) }
    mailbox.close()
    for item in mailbox.takeAll() {
      switch item {
      case .work(let work): work.ticket.finish(.aborted)
      case .end(let ticket, let commit): ticket.finish(commit ? .aborted : nil)
      }
    }
  }

  private func failure(of work: Writer.Work, on connection: SQLiteConnection) -> StorageError? {
    do {
      try work.body(connection)
      return nil
    } catch {
      return error
    }
  }

  private func finish(commit: Bool, on connection: SQLiteConnection) -> StorageError? {
    do {
      try connection.execute(commit ? "COMMIT" : "ROLLBACK")
      return nil
    } catch {
      if connection.isInTransaction { try? connection.execute("ROLLBACK") }
      return error
    }
  }
}

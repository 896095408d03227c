import Storage
import Synchronization

/// Connections that read.
///
/// A read by key takes three microseconds, less than handing it to another thread and back, so reads run in place, on
/// the thread of the task that asks. So that no read, however it was written, holds a thread of the cooperative pool for
/// long, a read in place is given up after a number of steps, and starts over on a thread of the database's own.
final class Readers: Sendable {
  private struct Work: Sendable {
    let ticket: Ticket
    let body: @Sendable (SQLiteConnection) throws(StorageError) -> Void
  }

  private let idle: Mutex<[SQLiteConnection]>
  private let mailbox = Mailbox<Work>()

  /// - Parameter count: threads of the cooperative pool: no more reads than that can run in place.
  init(_ location: SQLiteLocation, count: Int) throws(StorageError) {
    var connections: [SQLiteConnection] = []
    for _ in 0..<count { connections.append(try SQLiteConnection(location, role: .inPlace)) }
    idle = Mutex(connections)
  }

  func start(
    with connections: [SQLiteConnection], finished: @escaping @Sendable () -> Void
  ) throws(StorageError) {
    for connection in connections {
      try startThread { [mailbox] in
        while let work = mailbox.takeFirst() {
          guard work.ticket.take() else { continue }
          do throws(StorageError) {
            try work.body(connection)
            work.ticket.finish(nil)
          } catch {
            work.ticket.finish(error)
          }
        }
        connection.close()
        finished()
      }
    }
  }

  /// Nil when it must not be done in place.
  func performInPlace<Result>(
    _ body: (SQLiteConnection) throws(StorageError) -> Result
  ) throws(StorageError) -> Result? {
    guard let connection = idle.withLock({ $0.popLast() }) else { return nil }
    defer { idle.withLock { $0.append(connection) } }
    do {
      return try body(connection)
    } catch {
      if error.code == .timeout { return nil }
      throw error
    }
  }

  func perform(
    _ body: @escaping @Sendable (SQLiteConnection) throws(StorageError) -> Void
  ) async throws(StorageError) {
    let ticket = Ticket()
    try await ticket.wait {
      if !mailbox.append(Work(ticket: ticket, body: body)) { ticket.finish(.closed) }
    }
  }

  func close() {
    mailbox.close()
    idle.withLock { $0 = [] }
  }
}

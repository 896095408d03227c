import Generated
import HTTP
import Logging
import Storage
import Values

import struct FoundationEssentials.UUID

/// What instances tell one another of the turns that they run.
extension Turns {
  /// Hears what other instances tell and ask, until the task is cancelled. Without a word from them (SQLite, a pooler in
  /// between) everybody looks more often.
  public func listen() async {
    let notifications = await notifications()
    await withTaskGroup(of: Void.self) { group in
      if let notifications {
        group.addTask {
          for await notification in notifications { hear(notification) }
        }
      }
      group.addTask {
        while !Task.isCancelled {
          try? await Task.sleep(for: notifications == nil ? limits.poll : limits.heartbeat)
          signals.signalAll()
        }
      }
    }
  }

  /// nil: none can be had, or the task is cancelled.
  private func notifications() async -> AsyncStream<DatabaseNotification>? {
    while !Task.isCancelled {
      do {
        // The name is that of the query notifyTurn.
        return try await database.notifications(on: "parley_turns")
      } catch {
        guard error.code != .configuration else {
          log.notice("Instances look for one another's turns now and again.", metadata: ["reason": "\(error)"])
          return nil
        }
        log.warning("Nothing is heard of other instances' turns yet.", metadata: ["error": "\(error)"])
        try? await Task.sleep(for: limits.heartbeat)
        signals.signalAll()
      }
    }
    return nil
  }

  private func hear(_ notification: DatabaseNotification) {
    switch notification {
    case .payload(let text): hear(text)
    case .gap:
      for turn in running.all { turn.ask() }
      signals.signalAll()
    }
  }

  private func hear(_ text: String) {
    guard let id = UUID(canonical: text.dropFirst(4)) else { return }
    if text.hasPrefix("ask ") {
      running[id]?.ask()
    } else {
      signals.signal(id)
    }
  }

  /// Ends the turns of a conversation or a user that was deleted.
  func stop(_ messageIDs: [UUID]) async {
    for id in messageIDs {
      if let turn = running[id] {
        turn.stop(.requested)
      } else {
        // Its owner finds the request at the next checkpoint, should this be lost.
        _ = try? await database.run(Queries.notifyTurn(isRequest: true, messageID: id))
      }
    }
  }

  // MARK: The end of the instance

  /// Lets running turns finish within a bound, then saves what came of the others as interrupted. Who listens to other
  /// instances' turns may ask there.
  public func shutDown(within bound: Duration) {
    running.beginShutdown(until: .now + bound)
    signals.close()
    Task {
      try? await Task.sleep(for: bound)
      running.stopAll()
    }
  }

  /// Returns when every turn is settled, or a time after the bound of ``shutDown(within:)``.
  public func drained(within grace: Duration) async {
    let deadline = (running.deadline ?? .now) + grace
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await running.drained() }
      group.addTask { try? await Task.sleep(until: deadline) }
      await group.next()
      group.cancelAll()
    }
  }
}

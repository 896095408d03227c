import Synchronization

/// What the users know of every turn that they asked for: kept outside of the database, and compared with it at the end.
final class TurnLedger: Sendable {
  /// A user's message and what was told of it. Its text begins with the tag, which no other message has.
  struct Entry {
    let tag: String
    let content: String
    let user: Int
    /// Whether its ids were told: from then on it must be there.
    var isAcknowledged = false
    /// How many answers may be there besides the first: every regeneration that was asked for.
    var regenerations = 0
    /// The answers whose ids were told.
    var answers: Set<String> = []
    /// What was told at the end of an answer.
    var endings: [String: Ending] = [:]
  }

  /// How an answer ended.
  struct Ending: Equatable {
    var status: String
    var content: String
  }

  private struct State {
    var entries: [String: Entry] = [:]
    var violations: [String] = []
    var next = 0
  }

  private let state = Mutex(State())

  var entries: [String: Entry] { state.withLock { $0.entries } }
  var violations: [String] { state.withLock { $0.violations } }

  func violate(_ what: String) {
    state.withLock { $0.violations.append(what) }
  }

  /// Enters a message that is about to be sent.
  func begin(user: Int, _ text: (_ tag: String) -> String) -> Entry {
    state.withLock { state in
      state.next += 1
      let tag = "t\(state.next)"
      let entry = Entry(tag: tag, content: text(tag), user: user)
      state.entries[tag] = entry
      return entry
    }
  }

  func update(_ tag: String, _ change: (inout Entry) -> Void) {
    state.withLock { state in
      guard state.entries[tag] != nil else { return }
      change(&state.entries[tag]!)
    }
  }

  /// Notes the id of an answer that the server told. A retry must tell the same one.
  func acknowledge(_ tag: String, answer: String) {
    update(tag) { entry in
      entry.isAcknowledged = true
      entry.answers.insert(answer)
    }
  }

  /// Notes how an answer ended. Whoever is told twice is told the same.
  func end(_ tag: String, _ answer: String, _ ending: Ending) {
    let before = state.withLock { state in
      let before = state.entries[tag]?.endings[answer]
      state.entries[tag]?.endings[answer] = ending
      return before
    }
    if let before, before != ending {
      violate("\(tag): answer \(answer) ended as \(before) and as \(ending)")
    }
  }
}

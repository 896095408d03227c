import JSON
import TestSupport

/// Compares what the users were told and what the upstream charged with what the database holds, once nothing runs.
///
/// What may differ, and where: the upstream told counts that are not in our ledger only for an answer that was
/// `interrupted` (who answered was killed or shut down before it saved them) or `cancelled` (it was stopped while they
/// were on the way); then the ledger has an estimate for it. Counts that the upstream never told are never in our ledger.
struct TurnProof {
  private struct Message {
    let id: String
    let parent: String
    let role: String
    let status: String
    let content: String
  }

  private struct Charge: Hashable {
    let prompt: Int
    let completion: Int
  }

  private struct Row {
    let message: String
    let charge: Charge
    let isProviders: Bool
  }

  let site: Site
  let ledger: TurnLedger
  private var counts: Counts { site.counts }

  func check() async throws {
    let messages = try await messages()
    let byID = Dictionary(uniqueKeysWithValues: messages.map { ($0.id, $0) })
    var questions: [String: [Message]] = [:]
    for message in messages where message.role == "user" {
      questions[Wording.tag(of: message.content), default: []].append(message)
    }
    let answers = Dictionary(grouping: messages.filter { $0.role == "assistant" }, by: \.parent)
    for entry in ledger.entries.values {
      check(entry, questions[entry.tag] ?? [], answers, byID)
    }
    for tag in questions.keys where ledger.entries[tag] == nil { ledger.violate("Nobody sent \(tag)") }
    try await checkCharges(questions, answers, byID)
    try await checkBudgets()
  }

  // MARK: Messages

  private func messages() async throws -> [Message] {
    let rows = try await site.rows(
      "SELECT \(site.id("id")), \(site.id("parent_id")), role, status, content FROM messages")
    return rows.map { Message(id: $0[0], parent: $0[1], role: $0[2], status: $0[3], content: $0[4]) }
  }

  private func check(
    _ entry: TurnLedger.Entry, _ questions: [Message], _ answers: [String: [Message]], _ byID: [String: Message]
  ) {
    guard let question = questions.first else {
      if entry.isAcknowledged { ledger.violate("\(entry.tag) was acknowledged and is not there") }
      return
    }
    if questions.count > 1 { ledger.violate("\(entry.tag) is there \(questions.count) times") }
    if question.content != entry.content { ledger.violate("\(entry.tag) is there as '\(question.content)'") }
    counts.add(
      entry.isAcknowledged ? "messages acknowledged" : "messages saved without an answer to their sender")
    let mine = answers[question.id] ?? []
    let least = max(1, entry.answers.count)
    if !(least...(1 + entry.regenerations)).contains(mine.count) {
      ledger.violate(
        "\(entry.tag) has \(mine.count) answers; \(entry.answers.count) were told of and \(entry.regenerations) asked for again"
      )
    }
    for answer in mine {
      counts.add("answers \(answer.status)")
      if answer.status == "streaming" { ledger.violate("\(entry.tag) is still streaming") }
    }
    for id in entry.answers {
      guard let answer = byID[bare(id)] else {
        ledger.violate("\(entry.tag): answer \(id) was told of and is not there")
        continue
      }
      guard let ending = entry.endings[id] else { continue }
      // Of a failure that was told as a problem, nothing is known but its status.
      let isSame = answer.status == ending.status && (ending.status == "failed" || answer.content == ending.content)
      if !isSame {
        ledger.violate("\(entry.tag) ended as \(ending) and is saved as \(answer.status) '\(answer.content)'")
      }
    }
  }

  private func bare(_ id: String) -> String {
    String(id.filter { $0 != "-" })
  }

  // MARK: Charges

  private func checkCharges(
    _ questions: [String: [Message]], _ answers: [String: [Message]], _ byID: [String: Message]
  ) async throws {
    let rows = try await site.rows(
      "SELECT \(site.id("message_id")), prompt_tokens, completion_tokens, source FROM token_usage"
    ).map { row in
      Row(
        message: row[0], charge: Charge(prompt: Int(row[1]) ?? -1, completion: Int(row[2]) ?? -1),
        isProviders: row[3] == "provider")
    }
    var ours: [String: [Row]] = [:]
    for row in rows {
      guard let answer = byID[row.message], let question = byID[answer.parent] else {
        ledger.violate("A charge for \(row.message), which is not there")
        continue
      }
      ours[Wording.tag(of: question.content), default: []].append(row)
    }
    var theirs: [String: [JSONValue]] = [:]
    for attempt in try await site.upstream.attempts() {
      theirs[Wording.tag(of: attempt["message"]?.string ?? ""), default: []].append(attempt)
    }
    for (tag, attempts) in theirs {
      guard let question = questions[tag]?.first else {
        ledger.violate("The upstream was asked for \(tag), which is not there")
        continue
      }
      if let fault = Wording.fault(of: question.content) {
        counts.add("attempts with \(fault)", Wording.met(fault, by: attempts.count))
      }
      check(tag, attempts, ours[tag] ?? [], answers[question.id] ?? [])
    }
    for tag in ours.keys where theirs[tag] == nil && ours[tag]?.contains(where: \.isProviders) == true {
      ledger.violate("\(tag) has counts of the provider, who was never asked")
    }
  }

  private func check(_ tag: String, _ attempts: [JSONValue], _ rows: [Row], _ answers: [Message]) {
    let told = attempts.filter { $0["usage"]?.string == "sent" }.map { attempt in
      Charge(
        prompt: Int(attempt["prompt_tokens"]?.integer ?? -1),
        completion: Int(attempt["completion_tokens"]?.integer ?? -1)
      )
    }
    var missing = told
    for row in rows where row.isProviders {
      guard let index = missing.firstIndex(of: row.charge) else {
        ledger.violate("\(tag): \(row.charge) is in our ledger, and the upstream told \(told)")
        continue
      }
      missing.remove(at: index)
    }
    counts.add("charges told by the upstream", told.count)
    counts.add("charges equal", told.count - missing.count)
    let broken = answers.count { $0.status == "interrupted" || $0.status == "cancelled" }
    if missing.count > broken {
      ledger.violate("\(tag): the upstream told \(missing), which is not in our ledger; \(answers.map(\.status))")
    } else {
      counts.add("charges told to who was killed or stopped", missing.count)
    }
    // A row for each attempt: fewer only where who made them was killed, more only where it never came to asking.
    if rows.count < attempts.count && broken == 0 {
      let content = ledger.entries[tag]?.content ?? ""
      ledger.violate("\(content): \(attempts.count) attempts and \(rows.count) rows; \(answers.map(\.status))")
    }
    if rows.count > attempts.count + broken {
      ledger.violate("\(tag): \(rows.count) rows and \(attempts.count) attempts; \(answers.map(\.status))")
    }
    counts.add("attempts", attempts.count)
  }

  /// Nothing stays reserved, and what was spent is the sum of the ledger.
  private func checkBudgets() async throws {
    let budgets = try await site.rows(
      """
      SELECT b.spent, b.reserved, (SELECT COALESCE(SUM(u.prompt_tokens + u.completion_tokens), 0) FROM token_usage u
      WHERE u.user_id = b.user_id) FROM token_budgets b
      """)
    for row in budgets where row[0] != row[2] || row[1] != "0" {
      ledger.violate("A budget says \(row[0]) spent and \(row[1]) reserved; the ledger says \(row[2])")
    }
    counts.add("budgets checked", budgets.count)
  }
}

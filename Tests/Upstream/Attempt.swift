import JSON

/// One request to generate, as the ledger has it.
struct Attempt: Sendable {
  /// Whether the counts were told to the client.
  enum Report: String, Sendable {
    case none
    /// All of what tells them was written to the connection.
    case sent
    /// The connection was lost while they were written.
    case cut
  }

  enum Outcome: String, Sendable {
    case open, complete, cut
    /// The client went before the end.
    case left
    /// Answered with a status that is charged for nothing.
    case refused
  }

  let id: Int
  let dialect: String
  let model: String
  /// The beginning of the last user message, without its markers.
  let message: String
  let isStreamed: Bool
  let promptTokens: Int
  /// What was generated so far.
  var completionTokens = 0
  var report = Report.none
  var outcome = Outcome.open
  /// Milliseconds since 1970.
  let openedAt: Int64
  var closedAt: Int64?

  var json: JSONValue {
    [
      "id": .integer(Int64(id)), "dialect": .string(dialect), "model": .string(model), "message": .string(message),
      "stream": .bool(isStreamed), "prompt_tokens": .integer(Int64(promptTokens)),
      "completion_tokens": .integer(Int64(completionTokens)), "usage": .string(report.rawValue),
      "outcome": .string(outcome.rawValue), "opened_at": .integer(openedAt),
      "closed_at": closedAt.map { .integer($0) } ?? .null,
    ]
  }
}

import JSON
import TestSupport

/// What a listener has of one answer: over any number of connections, without gap and without repeat.
struct Follower {
  /// Why a stream cannot be right.
  struct Wrong: Error, CustomStringConvertible {
    let description: String
  }

  private(set) var answer: String?
  private(set) var userMessage: String?
  private(set) var conversation: String?
  private(set) var text = ""
  /// The id of the last event.
  private(set) var lastID: Int?
  private(set) var ending: TurnLedger.Ending?
  /// Whether less was saved than was told.
  private(set) var isCutBack = false

  init() {}

  /// Of an answer that came whole.
  init(told turn: JSONValue) {
    answer = turn["message"]?["id"]?.string
    userMessage = turn["user_message"]?["id"]?.string
    conversation = turn["conversation_id"]?.string
    text = turn["message"]?["content"]?.string ?? ""
    ending = .init(status: turn["message"]?["status"]?.string ?? "", content: text)
  }

  var isEnded: Bool { ending != nil }

  /// Begins anew, as a client that has nothing.
  mutating func forget() {
    self = Follower()
  }

  mutating func take(_ event: ServerEvent) throws {
    guard let id = event.id.flatMap({ Int($0) }) else { throw Wrong(description: "no id: \(event)") }
    if let lastID, id <= lastID { throw Wrong(description: "id \(id) after \(lastID)") }
    guard !isEnded else { throw Wrong(description: "\(event.name) after the end") }
    let json = try event.json
    switch event.name {
    case "message":
      guard id == 0 else { throw Wrong(description: "message with id \(id)") }
      conversation = json["conversation_id"]?.string
      userMessage = json["user_message_id"]?.string
      answer = json["message_id"]?.string
      guard answer != nil else { throw Wrong(description: "no ids: \(event.data)") }
    case "delta":
      text += json["text"]?.string ?? ""
      guard text.utf8.count == id else {
        throw Wrong(description: "a gap or a repeat: delta \(id) after which there are \(text.utf8.count) bytes")
      }
    case "usage":
      try follow(id, "usage")
    case "done":
      try follow(id, "done")
      let content = json["content"]?.string ?? ""
      // What an instance told that died before it saved that.
      isCutBack = json["finish_reason"] == "lost" && content.utf8.count < text.utf8.count
      guard isCutBack ? text.utf8.starts(with: content.utf8) : content == text else {
        throw Wrong(description: "done says '\(content)' after '\(text)'")
      }
      text = content
      ending = .init(status: json["status"]?.string ?? "", content: content)
    case "error": ending = .init(status: "failed", content: text)
    default: throw Wrong(description: "an unknown event: \(event.name)")
    }
    lastID = id
  }

  /// The end follows the text at once.
  private func follow(_ id: Int, _ name: String) throws {
    guard id == (lastID ?? -1) + 1 else {
      throw Wrong(description: "\(name) \(id) after \(lastID ?? -1) and \(text.utf8.count) bytes")
    }
  }
}

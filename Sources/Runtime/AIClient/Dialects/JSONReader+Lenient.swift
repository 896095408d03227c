import JSON

/// Reading what is wanted of JSON that others wrote: what is not as expected is passed over.
extension JSONReader {
  /// Reads a document. A member that occurs twice, or is of another kind than expected, is no error.
  ///
  /// - Throws: `invalidResponse` where it is no JSON.
  static func read(
    _ document: Framing.Document, _ body: (inout JSONReader) -> Void
  ) throws(AIError) {
    do {
      try read(document.bytes, body)
    } catch {
      // A model's token may end inside a character, and careless servers send it as it is.
      let text = String(decoding: document.bytes, as: UTF8.self)
      let repaired = Array(text.utf8)
      if repaired != document.bytes, (try? read(repaired, body)) != nil { return }
      throw AIError(.invalidResponse, "not JSON: \(text.prefix(200))")
    }
  }

  private static func read(_ bytes: [UInt8], _ body: (inout JSONReader) -> Void) throws(JSONReadError) {
    do {
      _ = try JSONReader.read(from: bytes) { json -> Bool? in
        body(&json)
        return true
      }
    } catch {
      if case .faults = error { return }
      throw error
    }
  }

  /// Reads an object's members, each with `member`, which must read or skip the value; anything else is skipped.
  mutating func members(_ member: (JSONKey, inout JSONReader) -> Void) {
    guard kind() == .object else { return skipValue() }
    guard beginObject() else { return }
    while let key = nextMember() { member(key, &self) }
  }

  /// Reads an array's items, each with `item`, which must read or skip the value; anything else is skipped.
  mutating func items(_ item: (inout JSONReader) -> Void) {
    guard kind() == .array else { return skipValue() }
    guard beginArray() else { return }
    while nextItem() { item(&self) }
  }

  /// Reads an array's first item; anything else is skipped.
  mutating func firstItem(_ item: (inout JSONReader) -> Void) {
    var isFirst = true
    items { json in
      if isFirst { item(&json) } else { json.skipValue() }
      isFirst = false
    }
  }

  /// Reads a string; nil for anything else, which is skipped.
  mutating func text() -> String? {
    if kind() == .string { return string() }
    skipValue()
    return nil
  }

  /// Reads true or false; nil for anything else, which is skipped.
  mutating func flag() -> Bool? {
    if kind() == .boolean { return boolean() }
    skipValue()
    return nil
  }

  /// Reads a number of tokens; nil for anything else, which is skipped, and for what can be no such number.
  mutating func tokens() -> Int? {
    guard kind() == .number else {
      skipValue()
      return nil
    }
    guard let count = integer(), (0...1_000_000_000).contains(count) else { return nil }
    return count
  }

  /// Reads a text that is a string, or the `text` members of an array's objects; nil for anything else.
  mutating func textOrParts() -> String? {
    guard kind() == .array else { return text() }
    var text = ""
    items { json in
      json.members { key, json in
        switch key {
        case "text": text += json.text() ?? ""
        default: json.skipValue()
        }
      }
    }
    return text
  }
}

/// What a server says of its tokens.
struct ReportedTokens {
  var prompt: Int?
  var completion: Int?

  /// Nil where nothing was said; estimated where a part was.
  var count: TokenCount? {
    if prompt == nil, completion == nil { return nil }
    return TokenCount(
      prompt: prompt ?? 0, completion: completion ?? 0,
      source: prompt == nil || completion == nil ? .estimated : .provider)
  }
}

/// What a server says went wrong, in the shapes that servers have for it.
struct ReportedError {
  var message: String?
  var type: String?
  var status: Int?

  /// Reads the value of a member `error`: null, a text, or an object.
  init?(_ json: inout JSONReader) {
    switch json.kind() {
    case .null:
      json.skipValue()
      return nil
    case .object: break
    default:
      message = json.text()
      return
    }
    var found = (message: String?.none, type: String?.none, status: Int?.none)
    json.members { key, json in
      switch key {
      case "message": found.message = json.text()
      case "type": found.type = json.text()
      case "code": if json.kind() == .number { found.status = json.integer() } else { json.skipValue() }
      default: json.skipValue()
      }
    }
    (message, type, status) = found
  }

  /// An error without a status of its own is one of the server's.
  var error: AIError {
    let text = "error object: \([type, message].compactMap(\.self).joined(separator: ": ").prefix(500))"
    guard let status = status ?? type.flatMap(Self.status(of:)) else { return AIError(.interrupted, text) }
    return AIError(status: status, text)
  }

  /// The statuses of Anthropic's and text-generation-inference's types.
  private static func status(of type: String) -> Int? {
    switch type {
    case "invalid_request_error", "validation": 400
    case "authentication_error": 401
    case "billing_error": 402
    case "permission_error": 403
    case "not_found_error": 404
    case "request_too_large": 413
    case "rate_limit_error", "overloaded": 429
    case "api_error": 500
    case "timeout_error": 504
    case "overloaded_error": 529
    default: nil
    }
  }
}

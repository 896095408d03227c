import JSON
import TestSupport
import Testing

extension HTTPReply {
  /// Throws unless it has a status.
  func require(_ status: Int) throws {
    guard self.status == status else { throw Trouble("Expected \(status), got \(self.status): \(text)") }
  }

  /// A string in the body, by a JSON pointer without escapes.
  func member(_ pointer: String) throws -> String {
    guard let text = try value(pointer).string else { throw Trouble("\(pointer) is no string in: \(text)") }
    return text
  }

  /// An integer in the body, by a JSON pointer without escapes.
  func number(_ pointer: String) throws -> Int {
    guard let number = try value(pointer).integer else { throw Trouble("\(pointer) is no integer in: \(text)") }
    return Int(number)
  }

  /// A value in the body, by a JSON pointer without escapes.
  func value(_ pointer: String) throws -> JSONValue {
    guard let value = try json.value(at: pointer) else { throw Trouble("No \(pointer) in: \(text)") }
    return value
  }

  /// Expects a problem (RFC 9457) as every error is told.
  func expectProblem(_ status: Int, _ code: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    #expect(self.status == status, "\(text)", sourceLocation: sourceLocation)
    #expect(header("content-type") == "application/problem+json", sourceLocation: sourceLocation)
    let problem = try json
    #expect(problem["code"]?.string == code, "\(text)", sourceLocation: sourceLocation)
    #expect(problem["status"]?.integer == Int64(status), sourceLocation: sourceLocation)
    #expect(problem["request_id"]?.string == header("x-request-id"), sourceLocation: sourceLocation)
    for member in ["type", "title", "detail"] {
      #expect(problem[member]?.string?.isEmpty == false, "\(member) in \(text)", sourceLocation: sourceLocation)
    }
  }

  /// Expects that the request broke constraints, these and no others: `body /content min-length`.
  func expectFaults(_ faults: Set<String>, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try expectProblem(422, "validation-failed", sourceLocation: sourceLocation)
    let told = try json["errors"]?.array ?? []
    let texts = told.map { fault in
      ["in", "pointer", "code"].map { fault[$0]?.string ?? "?" }.joined(separator: " ")
    }
    #expect(Set(texts) == faults, sourceLocation: sourceLocation)
    #expect(texts.count == faults.count, sourceLocation: sourceLocation)
    for fault in told { #expect(fault["detail"]?.string?.isEmpty == false, sourceLocation: sourceLocation) }
  }
}

extension JSONValue {
  /// The value that a JSON pointer without escapes names.
  func value(at pointer: String) -> JSONValue? {
    pointer.split(separator: "/").reduce(self) { value, name in
      value?[String(name)] ?? Int(name).flatMap { value?[$0] }
    }
  }

  /// A string member; empty when there is none.
  func text(_ name: String) -> String { self[name]?.string ?? "" }
}

import JSON
import TestSupport

/// The document that the server shows, as the judge of its responses.
struct Contract {
  private let document: JSONValue
  private let schemas: SchemaValidator

  init(document: JSONValue) {
    self.document = document
    schemas = SchemaValidator(document: document)
  }

  var operationIDs: [String] {
    operations.compactMap { $0["operationId"]?.string }
  }

  private var operations: [JSONValue] {
    (document["paths"]?.object?.members ?? []).flatMap { path in
      (path.value.object?.members ?? []).map(\.value).filter { $0["operationId"] != nil }
    }
  }

  /// What is wrong with the answer, in words; empty when it is as it must be.
  func failures(of reply: HTTPReply, to item: ContractCase) -> [String] {
    declarationFailures(of: reply, to: item.operation) + commonFailures(of: reply)
      + expectationFailures(of: reply, item.expectation, to: item.operation)
  }

  // MARK: What the operation declares

  private func declarationFailures(of reply: HTTPReply, to operationID: String) -> [String] {
    guard let operation = operations.first(where: { $0["operationId"]?.string == operationID }),
      let responses = operation["responses"]
    else { return ["the document has no operation \(operationID)"] }
    guard
      let declared = responses[String(reply.status)] ?? responses["\(reply.status / 100)XX"] ?? responses["default"],
      let response = schemas.resolved(declared)
    else { return ["the status \(reply.status) is not declared"] }
    var failures: [String] = []
    for header in response["headers"]?.object?.members ?? [] {
      let isRequired = schemas.resolved(header.value)?["required"]?.bool == true
      if isRequired && reply.header(header.name) == nil { failures.append("the header \(header.name) is missing") }
    }
    return failures + contentFailures(of: reply, response)
  }

  private func contentFailures(of reply: HTTPReply, _ response: JSONValue) -> [String] {
    guard let content = response["content"]?.object, !content.members.isEmpty else {
      return reply.body.isEmpty ? [] : ["a body that is not declared"]
    }
    let type = reply.header("Content-Type")?.prefix { $0 != ";" } ?? "no media type"
    guard let media = content[String(type)] else { return ["the media type '\(type)' is not declared"] }
    if let item = media["x-itemSchema"] ?? media["itemSchema"] {
      guard let items = reply.items else { return ["a stream that is cut, or is no JSON"] }
      return items.flatMap { schemas.failures(of: $0, item) }
    }
    guard type.hasSuffix("json"), let schema = media["schema"] else { return [] }
    guard let body = try? reply.json else { return ["a body that is no JSON"] }
    return schemas.failures(of: body, schema)
  }

  // MARK: What every answer has

  private func commonFailures(of reply: HTTPReply) -> [String] {
    var failures: [String] = []
    if reply.header("X-Request-Id") != Caller.requestID { failures.append("X-Request-Id is not the one that was sent") }
    if reply.header("X-Content-Type-Options") != "nosniff" { failures.append("X-Content-Type-Options is not nosniff") }
    if reply.status >= 400 {
      let body = try? reply.json
      if body?["status"]?.integer != Int64(reply.status) { failures.append("the problem tells another status") }
      if body?["request_id"]?.string != Caller.requestID { failures.append("the problem tells another request id") }
    }
    return failures
  }

  // MARK: What the case expects

  /// The codes of faults that a request's own text decides.
  private static let constraints: Set = [
    "type", "null", "required", "unknown-member", "duplicate-member", "read-only", "min-length", "max-length",
    "max-bytes", "pattern", "format", "const", "enum", "minimum", "maximum", "exclusive-minimum", "exclusive-maximum",
    "multiple-of", "min-items", "max-items", "unique-items",
  ]

  /// The codes of problems that the server answers by itself, whatever the operation.
  private static let codes = [
    400: "malformed-json", 401: "unauthorized", 405: "method-not-allowed", 406: "not-acceptable",
    415: "unsupported-media-type", 422: "validation-failed",
  ]

  private func expectationFailures(
    of reply: HTTPReply, _ expectation: ContractCase.Expectation, to operationID: String
  ) -> [String] {
    switch expectation {
    case .success:
      return (200..<300).contains(reply.status) ? [] : ["it did not succeed"]
    case .valid:
      let faults = Contract.faults(of: reply).filter { Contract.constraints.contains($0.code) }
      // What an operation has to say of a value that breaks no constraint has a code of its own.
      let isUnread =
        reply.status == 400 && ["malformed-json", "bad-request"].contains((try? reply.json)?["code"]?.string)
      let isRefused =
        isUnread || [405, 406, 413, 415, 429].contains(reply.status) || reply.status >= 500 || !faults.isEmpty
      return isRefused ? ["a valid request was refused"] : []
    case .problem(let status):
      return problemFailures(of: reply, status)
    case .fault(let location, let pointer, let code):
      let expected = Fault(location: location, pointer: pointer, code: code)
      let found = Contract.faults(of: reply)
      return problemFailures(of: reply, 422)
        + (found.contains(expected) ? [] : ["no fault \(expected), but \(found.map(\.description))"])
    }
  }

  private func problemFailures(of reply: HTTPReply, _ status: Int) -> [String] {
    var failures = reply.status == status ? [] : ["the status is \(reply.status), not \(status)"]
    let code = (try? reply.json)?["code"]?.string
    if code != Contract.codes[status] { failures.append("the code is \(code ?? "missing")") }
    if status == 401, reply.header("WWW-Authenticate")?.hasPrefix("Bearer") != true {
      failures.append("WWW-Authenticate does not ask for Bearer")
    }
    if status == 405, reply.header("Allow")?.isEmpty != false { failures.append("Allow is missing") }
    return failures
  }

  private struct Fault: Hashable, CustomStringConvertible {
    var location: String
    var pointer: String
    var code: String

    var description: String { "\(location) \(pointer) \(code)" }
  }

  private static func faults(of reply: HTTPReply) -> [Fault] {
    ((try? reply.json)?["errors"]?.array ?? []).map { error in
      Fault(
        location: error["in"]?.string ?? "", pointer: error["pointer"]?.string ?? "", code: error["code"]?.string ?? "")
    }
  }
}

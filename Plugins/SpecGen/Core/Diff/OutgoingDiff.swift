/// What changes for those who get the server's own requests: webhooks and callbacks.
///
/// The ways are turned round: what is sent must not surprise who gets it, and what they answer must still be understood.
struct OutgoingDiff {
  private let old: API
  private let new: API
  private var schemas: SchemaDiff
  private var changes: [Change] = []

  static func changes(from old: API, to new: API) -> [Change] {
    var diff = OutgoingDiff(old: old, new: new)
    diff.compare()
    return diff.changes + diff.schemas.changes
  }

  private init(old: API, new: API) {
    self.old = old
    self.new = new
    schemas = SchemaDiff(
      old: old.document, new: new.document,
      names: [.response: "a request of the server", .request: "an answer to the server"])
  }

  private mutating func tell(
    _ effect: Change.Effect, _ request: OutgoingRequest, _ message: String, _ order: Change.Order = .any
  ) {
    changes.append(
      Change(area: .wire, effect: effect, subject: Self.subject(request), message: message, order: order))
  }

  private static func subject(_ request: OutgoingRequest) -> String {
    "\(request.name) \(request.operation.method.token)"
  }

  /// Requests are the same that have the same place in the document, the names of path parameters aside: a callback of the
  /// same operation to the same address.
  private static func key(_ request: OutgoingRequest) -> String {
    var tokens = request.operation.pointer.split(separator: "/").map(String.init)
    guard tokens.count > 2, tokens[1] == "paths" else { return request.operation.pointer }
    let pieces = tokens[2].split(separator: "{", omittingEmptySubsequences: false)
    tokens[2] = pieces[0] + pieces.dropFirst().map { "{" + $0.drop { $0 != "}" } }.joined()
    return tokens.joined(separator: "/")
  }

  private mutating func compare() {
    let before = Dictionary(old.outgoing.map { (Self.key($0), $0) }, uniquingKeysWith: { first, _ in first })
    let after = Set(new.outgoing.map(Self.key))
    for request in old.outgoing where !after.contains(Self.key(request)) {
      tell(.breaking, request, "it is not sent any more; who waits for it waits in vain", .clientsFirst)
    }
    for request in new.outgoing {
      guard let other = before[Self.key(request)] else {
        tell(.compatible, request, "it is new", .serverFirst)
        continue
      }
      parameters(other.operation, request)
      body(other.operation, request)
      responses(other.operation, request)
    }
  }

  private mutating func parameters(_ old: Operation, _ new: OutgoingRequest) {
    for parameter in old.parameters where !new.operation.parameters.contains(where: { $0.isSame(as: parameter) }) {
      tell(
        parameter.isRequired ? .breaking : .risky, new,
        "the \(parameter.location.rawValue) parameter \"\(parameter.name)\" is not sent any more", .clientsFirst)
    }
    for parameter in new.operation.parameters {
      guard let before = old.parameters.first(where: { $0.isSame(as: parameter) }) else {
        tell(.compatible, new, "the \(parameter.location.rawValue) parameter \"\(parameter.name)\" is sent now")
        continue
      }
      if before.isRequired && !parameter.isRequired {
        tell(.breaking, new, "the parameter \"\(parameter.name)\" may be missing now", .clientsFirst)
      }
      if parameter.encoding != before.encoding {
        tell(
          .breaking, new, "the parameter \"\(parameter.name)\" is written another way now: style, explode or content")
      }
      schemas.compare(
        self.old.document.schema(ofParameter: before.pointer),
        self.new.document.schema(ofParameter: parameter.pointer), "\(Self.subject(new)) \(parameter.name)", .response)
    }
  }

  private mutating func body(_ old: Operation, _ new: OutgoingRequest) {
    let after = new.operation
    if old.body == nil && after.body != nil {
      tell(.risky, new, "it has a body now", .clientsFirst)
    } else if old.body != nil && after.body == nil {
      tell(.breaking, new, "it has no body any more", .clientsFirst)
    } else if old.body?.isRequired == true && after.body?.isRequired == false {
      tell(.breaking, new, "its body may be missing now", .clientsFirst)
    }
    let before = self.old.document.content(at: old.pointer + "/requestBody")
    for member in self.new.document.content(at: after.pointer + "/requestBody") {
      if let other = before.first(where: { $0.key == member.key }) {
        schemas.compare(other.value["schema"], member.value["schema"], "\(Self.subject(new)) body", .response)
      } else if !before.isEmpty {
        tell(.breaking, new, "it may be sent as \"\(member.key)\" now", .clientsFirst)
      }
    }
  }

  private mutating func responses(_ old: Operation, _ new: OutgoingRequest) {
    let statuses = (old.statuses, new.operation.statuses)
    for status in statuses.0 where !statuses.1.contains(status) {
      tell(.breaking, new, "the answer \(status) is not understood any more", .clientsFirst)
    }
    for status in statuses.1 {
      guard statuses.0.contains(status) else {
        tell(.compatible, new, "it may be answered \(status) now", .serverFirst)
        continue
      }
      let before = self.old.document.content(at: "\(old.pointer)/responses/\(status)")
      let after = self.new.document.content(at: "\(new.operation.pointer)/responses/\(status)")
      for member in before {
        if let other = after.first(where: { $0.key == member.key }) {
          schemas.compare(member.value["schema"], other.value["schema"], "\(Self.subject(new)) \(status)", .request)
        } else {
          tell(.breaking, new, "the answer \(status) as \"\(member.key)\" is not understood any more", .clientsFirst)
        }
      }
    }
  }
}

/// What changes for clients.
struct WireDiff {
  private let old: API
  private let new: API
  private var schemas: SchemaDiff
  private var security: SecurityDiff
  private var changes: [Change] = []

  static func changes(from old: API, to new: API) -> [Change] {
    var diff = WireDiff(old: old, new: new)
    diff.compare()
    return diff.changes + diff.security.changes + diff.schemas.changes + OutgoingDiff.changes(from: old, to: new)
  }

  private init(old: API, new: API) {
    self.old = old
    self.new = new
    schemas = SchemaDiff(old: old.document, new: new.document)
    security = SecurityDiff(old: old, new: new)
  }

  private mutating func tell(
    _ effect: Change.Effect, _ operation: Operation, _ message: String, _ order: Change.Order = .any
  ) {
    let subject = "\(operation.method.token) \(operation.path)"
    changes.append(Change(area: .wire, effect: effect, subject: subject, message: message, order: order))
  }

  /// Operations are the same when method and path are: names of path parameters are not on the wire.
  private mutating func compare() {
    security.schemes()
    let before = Dictionary(old.operations.map { (Self.key($0), $0) }, uniquingKeysWith: { first, _ in first })
    let after = Set(new.operations.map(Self.key))
    for operation in old.operations where !after.contains(Self.key(operation)) {
      tell(.breaking, operation, "the operation is gone; clients must stop calling it", .clientsFirst)
    }
    for operation in new.operations {
      guard let other = before[Self.key(operation)] else {
        tell(.compatible, operation, "the operation is new", .serverFirst)
        continue
      }
      compare(other, operation)
    }
  }

  private static func key(_ operation: Operation) -> String {
    "\(operation.method.token) /\(operation.segments.map(\.shape).joined(separator: "/"))"
  }

  private mutating func compare(_ old: Operation, _ new: Operation) {
    security.compare(old, new)
    if new.isDeprecated && !old.isDeprecated { tell(.compatible, new, "it is deprecated; clients should move on") }
    parameters(old, new)
    body(old, new)
    responses(old, new)
  }

  private mutating func parameters(_ old: Operation, _ new: Operation) {
    for parameter in old.parameters where parameter.location != .path {
      if new.parameters.contains(where: { $0.isSame(as: parameter) }) { continue }
      tell(
        .risky, new, "the \(parameter.location.rawValue) parameter \"\(parameter.name)\" is not read any more",
        .clientsFirst)
    }
    for (index, parameter) in new.parameters.enumerated() {
      let before =
        parameter.location == .path
        ? old.parameters.filter { $0.location == .path }.dropFirst(
          new.parameters[..<index].count { $0.location == .path }
        ).first : old.parameters.first { $0.isSame(as: parameter) }
      guard let before else {
        let what = "the \(parameter.location.rawValue) parameter \"\(parameter.name)\""
        if parameter.isRequired {
          tell(.breaking, new, "\(what) must be sent now", .clientsFirst)
        } else {
          tell(.compatible, new, "\(what) is new", .serverFirst)
        }
        continue
      }
      if parameter.isRequired && !before.isRequired {
        tell(.breaking, new, "the parameter \"\(parameter.name)\" is required now", .clientsFirst)
      } else if before.isRequired && !parameter.isRequired {
        tell(.compatible, new, "the parameter \"\(parameter.name)\" may be left out now", .serverFirst)
      }
      if parameter.encoding != before.encoding {
        tell(
          .breaking, new, "the parameter \"\(parameter.name)\" is written another way now: style, explode or content")
      }
      schemas.compare(
        self.old.document.schema(ofParameter: before.pointer),
        self.new.document.schema(ofParameter: parameter.pointer),
        "\(new.method.token) \(new.path) ?\(parameter.name)", .request)
    }
  }

  // MARK: Content

  private mutating func body(_ old: Operation, _ new: Operation) {
    let before = self.old.document.content(at: old.pointer + "/requestBody")
    let after = self.new.document.content(at: new.pointer + "/requestBody")
    if old.body == nil && new.body != nil {
      let isRequired = new.body?.isRequired == true
      tell(isRequired ? .breaking : .compatible, new, "it takes a body now", isRequired ? .clientsFirst : .serverFirst)
    } else if old.body != nil && new.body == nil {
      tell(.risky, new, "its body is not read any more", .clientsFirst)
    } else if old.body?.isRequired == false && new.body?.isRequired == true {
      tell(.breaking, new, "its body is required now", .clientsFirst)
    }
    for member in before where !after.contains(where: { $0.key == member.key }) && !after.isEmpty {
      tell(.breaking, new, "\"\(member.key)\" is refused now", .clientsFirst)
    }
    for member in after {
      guard let other = before.first(where: { $0.key == member.key }) else {
        if !before.isEmpty { tell(.compatible, new, "\"\(member.key)\" may be sent now", .serverFirst) }
        continue
      }
      if other.value["encoding"] != member.value["encoding"] {
        tell(.breaking, new, "the fields of \"\(member.key)\" are written another way now: encoding")
      }
      schemas.compare(other.value["schema"], member.value["schema"], "\(new.method.token) \(new.path) body", .request)
    }
  }

  private mutating func responses(_ old: Operation, _ new: Operation) {
    let before = old.statuses
    let after = new.statuses
    for status in before where !after.contains(status) {
      tell(.breaking, new, "it does not answer \(status) any more", .clientsFirst)
    }
    for status in after where !before.contains(status) {
      tell(.risky, new, "it may answer \(status) now; clients must know it", .clientsFirst)
    }
    for code in new.problemCodes where !old.problemCodes.contains(code) {
      tell(.risky, new, "it may answer the problem \"\(code)\" now; clients see a code that they do not know")
    }
    for code in old.problemCodes where !new.problemCodes.contains(code) {
      tell(.compatible, new, "it does not answer the problem \"\(code)\" any more")
    }
    for status in after where before.contains(status) {
      headers(old, new, status)
      let old = self.old.document.content(at: "\(old.pointer)/responses/\(status)")
      let other = self.new.document.content(at: "\(new.pointer)/responses/\(status)")
      for member in old where !other.contains(where: { $0.key == member.key }) {
        tell(.breaking, new, "its \(status) is not \"\(member.key)\" any more", .clientsFirst)
      }
      for member in other {
        guard let before = old.first(where: { $0.key == member.key }) else { continue }
        let place = "\(new.method.token) \(new.path) \(status)"
        schemas.compare(before.value["schema"], member.value["schema"], place, .response)
        schemas.compare(before.value.itemSchema, member.value.itemSchema, place, .response)
      }
    }
  }

  private mutating func headers(_ old: Operation, _ new: Operation, _ status: String) {
    let before = self.old.document.headers(at: "\(old.pointer)/responses/\(status)")
    let after = self.new.document.headers(at: "\(new.pointer)/responses/\(status)")
    for header in before where !after.contains(where: { $0.isSameHeader(as: header) }) {
      tell(
        header.isRequired ? .breaking : .risky, new,
        "its \(status) has no header \"\(header.key)\" any more; clients must stop reading it", .clientsFirst)
    }
    for header in after {
      let name = "the header \"\(header.key)\" of its \(status)"
      guard let other = before.first(where: { $0.isSameHeader(as: header) }) else {
        tell(.compatible, new, "\(name) is new", .serverFirst)
        continue
      }
      switch (other.isRequired, header.isRequired) {
      case (true, false):
        tell(.breaking, new, "\(name) may be missing now; clients that rely on it fail", .clientsFirst)
      case (false, true): tell(.compatible, new, "\(name) is always there now")
      default: break
      }
      if ["explode", "content"].contains(where: { (other.value[$0] != nil) != (header.value[$0] != nil) }) {
        tell(.breaking, new, "\(name) is written another way now: explode or content", .twoSteps)
      }
      schemas.compare(
        other.value.valueSchema, header.value.valueSchema,
        "\(new.method.token) \(new.path) \(status) \(header.key)", .response)
    }
  }
}

extension DocumentValue.Member {
  /// Names of fields are alike in small letters and capitals (RFC 9110 §5.1).
  fileprivate func isSameHeader(as other: Self) -> Bool { key.lowercased() == other.key.lowercased() }

  fileprivate var isRequired: Bool { value["required"] == .boolean(true) }
}

extension DocumentValue {
  /// Of a media type: the schema of a stream's items, as OpenAPI 3.2 or 3.1 writes it.
  fileprivate var itemSchema: DocumentValue? { self["itemSchema"] ?? self["x-itemSchema"] }
}

/// What changes for handlers and for whatever else uses the generated code.
struct SwiftDiff {
  private let old: API
  private let new: API
  private var changes: [Change] = []

  static func changes(from old: API, to new: API) -> [Change] {
    var diff = SwiftDiff(old: old, new: new)
    diff.operations()
    diff.authentication()
    diff.outgoing()
    diff.types()
    diff.events()
    diff.storage()
    return diff.changes
  }

  private init(old: API, new: API) {
    self.old = old
    self.new = new
  }

  private mutating func tell(_ effect: Change.Effect, _ subject: String, _ message: String) {
    changes.append(Change(area: .swift, effect: effect, subject: subject, message: message))
  }

  private mutating func operations() {
    for operation in old.operations where !new.operations.contains(where: { $0.id == operation.id }) {
      tell(.compatible, operation.id, "no protocol asks for the method any more; remove it from its handler")
    }
    for operation in new.operations {
      guard let before = old.operations.first(where: { $0.id == operation.id }) else {
        tell(
          .breaking, operation.id,
          "its handler lacks the method; \"specgen stub \(operation.id)\" prints it")
        continue
      }
      if before.tag != operation.tag {
        tell(.breaking, operation.id, "the method moves from the handler of \(before.tag) to that of \(operation.tag)")
      }
      if (before.isSecured, before.allowsAnonymous) != (operation.isSecured, operation.allowsAnonymous) {
        let principal =
          !operation.isSecured ? "no principal" : operation.allowsAnonymous ? "a principal or nil" : "a principal"
        tell(.breaking, operation.id, "the method takes \(principal) now")
      }
      input(before, operation)
      output(before, operation)
    }
  }

  private mutating func authentication() {
    if old.authentication == new.authentication { return }
    let needs = new.authentication == .rules ? "a CredentialAuthenticator" : "an Authenticator"
    tell(.breaking, "Router", "it takes \(needs) now")
  }

  /// What the server sends: the handlers make the input and read the output.
  private mutating func outgoing() {
    let before = old.outgoing.map(\.operation)
    let after = new.outgoing.map(\.operation)
    for request in before where !after.contains(where: { $0.typeName == request.typeName }) {
      tell(.breaking, request.typeName, "the request is gone; who sends it does not compile")
    }
    for request in after {
      guard let other = before.first(where: { $0.typeName == request.typeName }) else {
        tell(.compatible, request.typeName, "the request is new")
        continue
      }
      input(other, request, isSent: true)
      output(other, request, isSent: true)
    }
  }

  private mutating func input(_ old: Operation, _ new: Operation, isSent: Bool = false) {
    for parameter in old.parameters where !new.parameters.contains(where: { $0.swiftName == parameter.swiftName }) {
      tell(.breaking, "\(new.typeName).Input", "it has no \"\(parameter.swiftName)\" any more")
    }
    for parameter in new.parameters {
      guard let before = old.parameters.first(where: { $0.swiftName == parameter.swiftName }) else {
        let isGiven = isSent && parameter.isRequired && parameter.defaultValue == nil
        tell(
          isGiven ? .breaking : .compatible, "\(new.typeName).Input",
          "it has \"\(parameter.swiftName)\" now" + (isGiven ? ", which who sends it must give" : ""))
        continue
      }
      let types = (Self.type(before), Self.type(parameter))
      if types.0 != types.1 {
        tell(.breaking, "\(new.typeName).Input.\(parameter.swiftName)", "it was \(types.0) and is \(types.1)")
      }
    }
  }

  private static func type(_ parameter: Parameter) -> String {
    parameter.type.swiftType + (parameter.isRequired || parameter.defaultValue != nil ? "" : "?")
  }

  private mutating func output(_ old: Operation, _ new: Operation, isSent: Bool = false) {
    let cases = (old.responses.map(\.caseName), new.responses.map(\.caseName))
    for name in cases.0 where !cases.1.contains(name) {
      tell(.breaking, "\(new.typeName).Output", "it has no case \"\(name)\" any more")
    }
    for response in new.responses {
      guard let before = old.responses.first(where: { $0.caseName == response.caseName }) else {
        tell(
          isSent ? .breaking : .compatible, "\(new.typeName).Output",
          "it has the case \"\(response.caseName)\" now" + (isSent ? ", which every \"switch\" must name" : ""))
        continue
      }
      let payloads = [before, response].map { response in
        let values = response.associatedValues.joined(separator: ", ")
        return values.isEmpty ? "without a value" : "(\(values))"
      }
      if payloads[0] != payloads[1] {
        tell(
          .breaking, "\(new.typeName).Output.\(response.caseName)", "it was \(payloads[0]) and is \(payloads[1])")
      }
    }
    for code in old.problemCodes where !new.problemCodes.contains(code) {
      tell(.breaking, "\(new.typeName).Output", "the problem \"\(code)\" cannot be answered any more")
    }
    for code in new.problemCodes where !old.problemCodes.contains(code) {
      tell(.compatible, "\(new.typeName).Output", "the problem \"\(code)\" can be answered now")
    }
  }

  private mutating func events() {
    for events in old.events where !new.events.contains(where: { $0.swiftName == events.swiftName }) {
      tell(.breaking, events.swiftName, "the type is gone")
    }
    for events in new.events {
      guard let before = old.events.first(where: { $0.swiftName == events.swiftName }) else {
        tell(.compatible, events.swiftName, "the type is new")
        continue
      }
      for event in before.cases where !events.cases.contains(where: { $0.swiftName == event.swiftName }) {
        tell(.breaking, events.swiftName, "it has no case \"\(event.swiftName)\" any more")
      }
      for event in events.cases {
        guard let other = before.cases.first(where: { $0.swiftName == event.swiftName }) else {
          tell(.compatible, events.swiftName, "it has the case \"\(event.swiftName)\" now")
          continue
        }
        let payloads = [other.swiftPayload, event.swiftPayload].map { $0 ?? "without a value" }
        if payloads[0] != payloads[1] {
          tell(.breaking, "\(events.swiftName).\(event.swiftName)", "it was \(payloads[0]) and is \(payloads[1])")
        }
      }
    }
  }

  private mutating func types() {
    for type in old.types where !new.types.contains(where: { $0.swiftName == type.swiftName }) {
      tell(.breaking, type.swiftName, "the type is gone")
    }
    for type in new.types {
      guard let before = old.types.first(where: { $0.swiftName == type.swiftName }) else {
        tell(.compatible, type.swiftName, "the type is new")
        continue
      }
      compare(before, type)
    }
  }

  private mutating func compare(_ old: TypeDeclaration, _ new: TypeDeclaration) {
    switch (old.kind, new.kind) {
    case (.object(let before), .object(let after)): compare(before.properties, after.properties, new.swiftName)
    case (.enumeration(let before), .enumeration(let after)):
      for value in before.cases where !after.cases.contains(where: { $0.swiftName == value.swiftName }) {
        tell(.breaking, new.swiftName, "it has no case \"\(value.swiftName)\" any more")
      }
      for value in after.cases where !before.cases.contains(where: { $0.swiftName == value.swiftName }) {
        tell(.breaking, new.swiftName, "it has the case \"\(value.swiftName)\" now, which every \"switch\" must name")
      }
    case (.choice(let before), .choice(let after)): compare(before.cases, after.cases, new.swiftName)
    case (.alias(let before), .alias(let after)):
      if before.swiftType != after.swiftType {
        tell(.breaking, new.swiftName, "it was \(before.swiftType) and is \(after.swiftType)")
      }
    default:
      if old.kind != new.kind { tell(.breaking, new.swiftName, "it is another kind of type") }
    }
  }

  private mutating func compare(_ old: [ChoiceType.Case], _ new: [ChoiceType.Case], _ type: String) {
    for element in old where !new.contains(where: { $0.swiftName == element.swiftName }) {
      tell(.breaking, type, "it has no case \"\(element.swiftName)\" any more")
    }
    for element in new {
      guard let before = old.first(where: { $0.swiftName == element.swiftName }) else {
        tell(.breaking, type, "it has the case \"\(element.swiftName)\" now, which every \"switch\" must name")
        continue
      }
      if before.type.swiftType != element.type.swiftType {
        tell(
          .breaking, "\(type).\(element.swiftName)",
          "it was \(before.type.swiftType) and is \(element.type.swiftType)")
      }
    }
  }

  private mutating func compare(_ old: [Property], _ new: [Property], _ type: String) {
    for property in old where !new.contains(where: { $0.swiftName == property.swiftName }) {
      tell(.breaking, "\(type).\(property.swiftName)", "the property is gone")
    }
    let types = TypeTable(self.new)
    for property in new {
      guard let before = old.first(where: { $0.swiftName == property.swiftName }) else {
        if property.initialValue(types) == nil {
          tell(.breaking, "\(type).\(property.swiftName)", "it is new, and who makes a \(type) must give it")
        } else {
          tell(.compatible, "\(type).\(property.swiftName)", "it is new")
        }
        continue
      }
      if before.swiftType != property.swiftType {
        tell(.breaking, "\(type).\(property.swiftName)", "it was \(before.swiftType) and is \(property.swiftType)")
      }
    }
  }

  private mutating func storage() {
    for query in old.queries where !new.queries.contains(where: { $0.swiftName == query.swiftName }) {
      tell(.breaking, "Queries.\(query.swiftName)", "the query is gone")
    }
    for query in new.queries {
      guard let before = old.queries.first(where: { $0.swiftName == query.swiftName }) else { continue }
      let arguments = (before.parameters.map(Self.argument), query.parameters.map(Self.argument))
      if arguments.0 != arguments.1 || before.rows != query.rows {
        tell(.breaking, "Queries.\(query.swiftName)", "it takes or answers something else")
      }
    }
    for table in old.tables where !new.tables.contains(where: { $0.typeName == table.typeName }) {
      tell(.breaking, "\(table.typeName)Table", "the table's types are gone")
    }
  }

  private static func argument(_ column: Column) -> String {
    "\(column.swiftName): \(column.type.swiftType)\(column.isNullable ? "?" : "")"
  }
}

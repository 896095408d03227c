/// Compares two schemas as values go one way: what a request may hold, or what a response may.
///
/// A request's schema may grow, a response's may shrink; the other way round somebody fails.
struct SchemaDiff {
  enum Direction: String {
    case request, response
  }

  let old: DocumentValue
  let new: DocumentValue
  /// How a direction is called: whose requests they are.
  private let names: [Direction: String]
  private(set) var changes: [Change] = []
  /// Pairs of references that have been compared, by direction.
  private var seen: Set<String> = []

  init(
    old: DocumentValue, new: DocumentValue,
    names: [Direction: String] = [.request: "a request", .response: "a response"]
  ) {
    self.old = old
    self.new = new
    self.names = names
  }

  /// Whether values of the schema become more, fewer, or others.
  private enum Shift {
    case wider, narrower, other
  }

  mutating func compare(_ left: DocumentValue?, _ right: DocumentValue?, _ subject: String, _ direction: Direction) {
    let key = [left?["$ref"]?.text ?? "", right?["$ref"]?.text ?? "", direction.rawValue].joined(separator: " ")
    if left?["$ref"] != nil || right?["$ref"] != nil, !seen.insert(key).inserted { return }
    // Where both refer to a schema of the same name, the change is that schema's, told once for each direction.
    var subject = subject
    if let name = left?["$ref"]?.text, name == right?["$ref"]?.text {
      subject =
        "\(name.split(separator: "/").last.map { String($0).fromPointerToken } ?? name) in \(names[direction] ?? direction.rawValue)"
    }
    guard let left = resolved(left, in: old), let right = resolved(right, in: new) else { return }
    types(left, right, subject, direction)
    // What a text may be says nothing about a number.
    if Set(Self.types(left)).isDisjoint(with: Self.types(right)), left["type"] != nil, right["type"] != nil { return }
    values(left, right, subject, direction)
    bounds(left, right, subject, direction)
    keywords(left, right, subject, direction)
    members(left, right, subject, direction)
    children(left, right, subject, direction)
  }

  private func resolved(_ schema: DocumentValue?, in document: DocumentValue) -> DocumentValue? {
    var schema = schema
    for _ in 0..<100 {
      guard let reference = schema?["$ref"]?.text else { return schema }
      schema = document.value(at: reference)
    }
    return nil
  }

  // MARK: Telling

  private mutating func tell(
    _ effect: Change.Effect, _ subject: String, _ message: String, _ order: Change.Order = .any
  ) {
    changes.append(Change(area: .wire, effect: effect, subject: subject, message: message, order: order))
  }

  private mutating func shift(_ shift: Shift, _ subject: String, _ message: String, _ direction: Direction) {
    switch (shift, direction) {
    case (.wider, .request): tell(.compatible, subject, message, .serverFirst)
    case (.narrower, .request):
      tell(.breaking, subject, message + "; what clients send now may be refused", .clientsFirst)
    case (.wider, .response):
      tell(.risky, subject, message + "; clients may get what they do not expect", .clientsFirst)
    case (.narrower, .response): tell(.compatible, subject, message)
    case (.other, .request): tell(.breaking, subject, message + "; what clients send now may be refused", .clientsFirst)
    case (.other, .response):
      tell(.risky, subject, message + "; clients may get what they do not expect", .clientsFirst)
    }
  }

  // MARK: Keywords

  private mutating func types(
    _ left: DocumentValue, _ right: DocumentValue, _ subject: String, _ direction: Direction
  ) {
    let before = Self.types(left)
    let after = Self.types(right)
    if before == after { return }
    let message = "the type was \(Self.list(before)) and is \(Self.list(after))"
    let isWider = before.allSatisfy { after.contains($0) || ($0 == "integer" && after.contains("number")) }
    let isNarrower = after.allSatisfy { before.contains($0) || ($0 == "integer" && before.contains("number")) }
    if after.isEmpty || isWider {
      if direction == .request { return shift(.wider, subject, message, direction) }
      tell(.breaking, subject, message + "; clients fail on the new one", .clientsFirst)
    } else if before.isEmpty || isNarrower {
      shift(.narrower, subject, message, direction)
    } else {
      tell(.breaking, subject, message, .twoSteps)
    }
  }

  private static func types(_ schema: DocumentValue) -> [String] {
    switch schema["type"] {
    case .string(let type): return [type]
    case .array(let types): return types.compactMap(\.text)
    default: return []
    }
  }

  private static func list(_ types: [String]) -> String { types.isEmpty ? "any" : types.joined(separator: " or ") }

  private mutating func values(
    _ left: DocumentValue, _ right: DocumentValue, _ subject: String, _ direction: Direction
  ) {
    switch (Self.values(left), Self.values(right)) {
    case (nil, nil): return
    case (nil, let after?): shift(.narrower, subject, "only \(Self.list(after)) are values now", direction)
    case (let before?, nil):
      shift(.wider, subject, "other values than \(Self.list(before)) are possible now", direction)
    case (let before?, let after?):
      let added = after.filter { !before.contains($0) }
      let removed = before.filter { !after.contains($0) }
      if !added.isEmpty { shift(.wider, subject, "\(Self.list(added)) is a new value", direction) }
      if !removed.isEmpty { shift(.narrower, subject, "\(Self.list(removed)) is no value any more", direction) }
    }
  }

  private static func values(_ schema: DocumentValue) -> [DocumentValue]? {
    if let constant = schema["const"] { return [constant] }
    if case .array(let values) = schema["enum"] { return values }
    return nil
  }

  private static func list(_ values: [DocumentValue]) -> String { values.map(\.json).joined(separator: ", ") }

  private mutating func bounds(
    _ left: DocumentValue, _ right: DocumentValue, _ subject: String, _ direction: Direction
  ) {
    let lower = ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains"]
    let upper = [
      "maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains", "x-max-bytes",
    ]
    for key in lower + upper {
      let before = left[key]?.double
      let after = right[key]?.double
      if before == after { continue }
      let message =
        "\"\(key)\" was \(left[key]?.json ?? "not there") and is \(right[key]?.json ?? "not there any more")"
      let none = lower.contains(key) ? -Double.infinity : .infinity
      let rises = (after ?? none) > (before ?? none)
      shift(rises == lower.contains(key) ? .narrower : .wider, subject, message, direction)
    }
  }

  /// Keywords that say something as a whole.
  private mutating func keywords(
    _ left: DocumentValue, _ right: DocumentValue, _ subject: String, _ direction: Direction
  ) {
    let keys = [
      "pattern", "format", "multipleOf", "uniqueItems", "contentEncoding", "contentMediaType", "not", "if", "then",
      "else",
      "discriminator", "dependentRequired", "dependentSchemas", "propertyNames", "patternProperties", "contains",
      "unevaluatedProperties",
      "unevaluatedItems",
    ]
    for key in keys where left[key] != right[key] {
      // Another content is read in another way.
      let isContent = key.hasPrefix("content")
      switch (left[key], right[key]) {
      case (nil, let after?):
        shift(isContent ? .other : .narrower, subject, "\"\(key)\" is \(after.json) now", direction)
      case (let before?, nil):
        shift(isContent ? .other : .wider, subject, "\"\(key)\" is not \(before.json) any more", direction)
      case (let before, let after):
        shift(.other, subject, "\"\(key)\" was \(before?.json ?? "") and is \(after?.json ?? "")", direction)
      }
    }
    if direction == .request, left["default"] != right["default"] {
      tell(
        .risky, subject,
        "left out, it means \(right["default"]?.json ?? "nothing") now instead of \(left["default"]?.json ?? "nothing")"
      )
    }
  }

  // MARK: Members

  private mutating func members(
    _ left: DocumentValue, _ right: DocumentValue, _ subject: String, _ direction: Direction
  ) {
    let before = visible(left, in: old, direction)
    let after = visible(right, in: new, direction)
    let wasRequired = left["required"]?.texts ?? []
    let isRequired = right["required"]?.texts ?? []
    for member in before {
      let name = "\(subject).\(member.key)"
      guard let other = after.first(where: { $0.key == member.key })?.value else {
        let isHidden = right["properties"]?[member.key] != nil
        removed(
          name, wasRequired.contains(member.key),
          refuses: isHidden || right["additionalProperties"] == .boolean(false), direction)
        continue
      }
      switch (wasRequired.contains(member.key), isRequired.contains(member.key), direction) {
      case (false, true, .request):
        tell(.breaking, name, "it is required now; clients that leave it out are refused", .clientsFirst)
      case (true, false, .response):
        tell(.breaking, name, "it may be missing now; clients that rely on it fail", .clientsFirst)
      case (true, false, .request): tell(.compatible, name, "it may be left out now", .serverFirst)
      case (false, true, .response): tell(.compatible, name, "it is always there now")
      default: break
      }
      compare(member.value, other, name, direction)
    }
    for member in after where !before.contains(where: { $0.key == member.key }) {
      let wasHidden = left["properties"]?[member.key] != nil
      added(
        "\(subject).\(member.key)", isRequired.contains(member.key),
        refused: wasHidden || left["additionalProperties"] == .boolean(false), direction)
    }
  }

  /// The properties that go this way: requests refuse what is `readOnly`, responses have nothing that is `writeOnly`.
  private func visible(
    _ schema: DocumentValue, in document: DocumentValue, _ direction: Direction
  ) -> [DocumentValue.Member] {
    let key = direction == .request ? "readOnly" : "writeOnly"
    return (schema["properties"]?.memberList ?? []).filter { member in
      member.value[key] != .boolean(true) && resolved(member.value, in: document)?[key] != .boolean(true)
    }
  }

  private mutating func removed(_ name: String, _ wasRequired: Bool, refuses: Bool, _ direction: Direction) {
    switch direction {
    case .request where refuses:
      tell(.breaking, name, "it is refused now; clients must stop sending it", .clientsFirst)
    case .request: tell(.risky, name, "it is not read any more; what clients send there is lost", .clientsFirst)
    case .response:
      tell(
        wasRequired ? .breaking : .risky, name, "it is not answered any more; clients must stop reading it",
        .clientsFirst)
    }
  }

  private mutating func added(_ name: String, _ isRequired: Bool, refused: Bool, _ direction: Direction) {
    switch direction {
    case .response: tell(.compatible, name, "it is answered now", .serverFirst)
    case .request where !isRequired: tell(.compatible, name, "it may be sent now", .serverFirst)
    case .request where refused:
      tell(
        .breaking, name,
        "it must be sent now, and the old server refuses it; add it as one that may be left out first", .twoSteps)
    case .request: tell(.breaking, name, "it must be sent now; clients without it are refused", .clientsFirst)
    }
  }

  private mutating func children(
    _ left: DocumentValue, _ right: DocumentValue, _ subject: String, _ direction: Direction
  ) {
    if left["items"] != nil || right["items"] != nil {
      compare(left["items"] ?? .object([]), right["items"] ?? .object([]), "\(subject)[]", direction)
    }
    if let before = left["contentSchema"], let after = right["contentSchema"] {
      compare(before, after, subject, direction)
    }
    additional(
      left["additionalProperties"] ?? .boolean(true), right["additionalProperties"] ?? .boolean(true), subject,
      direction)
    for key in ["allOf", "anyOf", "oneOf", "prefixItems"] {
      let before = left[key]?.items ?? []
      let after = right[key]?.items ?? []
      for (index, pair) in zip(before, after).enumerated() {
        compare(pair.0, pair.1, "\(subject) \(key)[\(index)]", direction)
      }
      if before.count == after.count { continue }
      let grows = (after.count > before.count) == (key == "anyOf" || key == "oneOf")
      let isNew = before.isEmpty && key != "allOf"
      shift(
        isNew ? .other : grows ? .wider : .narrower, subject,
        "\"\(key)\" had \(before.count) parts and has \(after.count)", direction)
    }
  }

  private mutating func additional(
    _ before: DocumentValue, _ after: DocumentValue, _ subject: String, _ direction: Direction
  ) {
    switch (before, after) {
    case (.boolean(let before), .boolean(let after)):
      if before == after { return }
      // Responses do not hold what is not declared.
      if direction == .request {
        shift(
          after ? .wider : .narrower, subject, "unknown members are \(after ? "ignored" : "refused") now", direction)
      }
    case (.object, .object): compare(before, after, "\(subject).*", direction)
    default: shift(.other, subject, "\"additionalProperties\" was \(before.json) and is \(after.json)", direction)
    }
  }
}

extension DocumentValue {
  var memberList: [Member] { if case .object(let members) = self { members } else { [] } }
  var items: [DocumentValue] { if case .array(let items) = self { items } else { [] } }
  /// The texts of a list of strings.
  var texts: [String] { items.compactMap(\.text) }
}

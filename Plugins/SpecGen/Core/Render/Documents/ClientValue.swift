/// A value in the text of `client.js`.
enum ClientValue {
  case boolean(Bool)
  /// As JavaScript writes it.
  case number(String)
  case string(String)
  /// A pattern of a schema, as a regular expression.
  case pattern(String)
  case null
  case array([ClientValue])
  case object([(String, ClientValue)])

  init(_ value: DocumentValue) {
    switch value {
    case .null: self = .null
    case .boolean(let value): self = .boolean(value)
    case .integer(let value): self = .number("\(value)")
    case .number(let text): self = .number(text)
    case .string(let text): self = .string(text)
    case .array(let items): self = .array(items.map { ClientValue($0) })
    case .object(let members): self = .object(members.map { ($0.key, ClientValue($0.value)) })
    }
  }

  /// A schema of a rule, its patterns as regular expressions.
  init(rule schema: DocumentValue) {
    guard case .object(let members) = schema else {
      self = ClientValue(schema)
      return
    }
    self = .object(
      members.map { ($0.key == "x-max-bytes" ? "maxBytes" : $0.key, ClientValue.keyword($0.key, $0.value)) })
  }

  private static func keyword(_ key: String, _ value: DocumentValue) -> ClientValue {
    if key == "pattern", let pattern = value.text { return .pattern(pattern) }
    if SchemaKeywords.numbers.contains(key) { return bound(value) }
    if SchemaKeywords.schemas.contains(key) { return ClientValue(rule: value) }
    switch value {
    case .array(let schemas) where SchemaKeywords.lists.contains(key):
      return .array(schemas.map { ClientValue(rule: $0) })
    case .object(let schemas) where key == "patternProperties":
      return .array(schemas.map { .array([.pattern($0.key), ClientValue(rule: $0.value)]) })
    case .object(let schemas) where SchemaKeywords.maps.contains(key):
      return .object(schemas.map { ($0.key, ClientValue(rule: $0.value)) })
    default: return ClientValue(value)
    }
  }

  /// The bound of a number; as a BigInt where a number of JavaScript would be another one.
  static func bound(_ value: DocumentValue) -> ClientValue {
    guard case .integer(let value) = value, value.magnitude >= 1 << 53 else { return ClientValue(value) }
    return .number("\(value)n")
  }

  /// A member's name; `__proto__` as it stands would name the object's prototype.
  static func key(_ name: String) -> String {
    name == "__proto__" ? "[\"__proto__\"]" : ClientNames.member(name)
  }

  /// The text; one that begins behind `indentation` characters is broken into lines where it is long.
  func text(indentation: Int) -> String {
    let single = self.single
    if single.width + indentation <= 100 { return single }
    let margin = String(repeating: " ", count: indentation + 2)
    let end = String(repeating: " ", count: indentation)
    switch self {
    case .array(let items):
      return "[\n\(items.map { "\(margin)\($0.text(indentation: indentation + 2)),\n" }.joined())\(end)]"
    case .object(let members):
      let lines = members.map { "\(margin)\(Self.key($0.0)): \($0.1.text(indentation: indentation + 2)),\n" }
      return "{\n\(lines.joined())\(end)}"
    default: return single
    }
  }

  private var single: String {
    switch self {
    case .boolean(let value): "\(value)"
    case .number(let text): text
    case .string(let text): DocumentValue.jsonString(text)
    case .pattern(let pattern): ClientPattern.literal(pattern)
    case .null: "null"
    case .array(let items): "[\(items.map(\.single).joined(separator: ", "))]"
    case .object(let members):
      members.isEmpty ? "{}" : "{ \(members.map { "\(Self.key($0.0)): \($0.1.single)" }.joined(separator: ", ")) }"
    }
  }
}

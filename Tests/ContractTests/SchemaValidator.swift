import JSON

/// A small JSON Schema validator (2020-12, what OpenAPI documents use of it), written without a look at the generated code
/// that it judges. It is stricter in two ways: a keyword that it does not know is a failure, and so is a member of an
/// object whose schema names its members and not this one.
struct SchemaValidator {
  private let document: JSONValue

  init(document: JSONValue) { self.document = document }

  /// What is wrong with the value, each with the place as a JSON Pointer.
  func failures(of value: JSONValue, _ schema: JSONValue) -> [String] {
    failures(of: value, schema, at: "")
  }

  /// The value behind a `$ref`, or the value itself.
  func resolved(_ value: JSONValue) -> JSONValue? {
    guard let reference = value["$ref"]?.string else { return value }
    var target: JSONValue? = document
    for token in reference.dropFirst().split(separator: "/") {
      target = target?[String(token.replacing("~1", with: "/").replacing("~0", with: "~"))]
    }
    return target.flatMap(resolved)
  }

  private static let annotations: Set = [
    "title", "description", "default", "example", "examples", "deprecated", "readOnly", "$comment",
  ]

  private func failures(of value: JSONValue, _ schema: JSONValue, at place: String) -> [String] {
    if schema["$ref"] != nil {
      guard let target = resolved(schema) else { return ["\(place): a reference that leads nowhere"] }
      return failures(of: value, target, at: place)
    }
    var failures: [String] = []
    for keyword in schema.object?.members ?? [] {
      guard !Self.annotations.contains(keyword.name), !keyword.name.hasPrefix("x-") else { continue }
      let isKept: Bool
      switch keyword.name {
      case "properties", "required", "additionalProperties", "items", "contentMediaType": continue
      case "contentSchema":
        failures += contentFailures(of: value, keyword.value, at: place)
        continue
      case "writeOnly": isKept = keyword.value.bool != true
      case "type": isKept = Self.types(keyword.value).contains { Self.is(value, $0) }
      case "enum": isKept = keyword.value.array?.contains(value) == true
      case "const": isKept = keyword.value == value
      case "allOf": isKept = matches(value, keyword.value).allSatisfy { $0 }
      case "anyOf": isKept = matches(value, keyword.value).contains(true)
      case "oneOf": isKept = matches(value, keyword.value).count { $0 } == 1
      default: isKept = ScalarRules.keeps(value, keyword.name, keyword.value)
      }
      if !isKept { failures.append("\(place.isEmpty ? "/" : place): \(keyword.name) does not hold") }
    }
    if let object = value.object { failures += memberFailures(of: object, schema, at: place) }
    if let items = value.array, let schema = schema["items"] {
      for (index, item) in items.enumerated() { failures += self.failures(of: item, schema, at: "\(place)/\(index)") }
    }
    return failures
  }

  /// Of a text that holds JSON.
  private func contentFailures(of value: JSONValue, _ schema: JSONValue, at place: String) -> [String] {
    guard let text = value.string else { return [] }
    guard let content = try? JSONReader.read(JSONValue.self, from: Array(text.utf8)) else {
      return ["\(place): holds no JSON"]
    }
    return failures(of: content, schema, at: place)
  }

  private func matches(_ value: JSONValue, _ schemas: JSONValue) -> [Bool] {
    (schemas.array ?? []).map { failures(of: value, $0, at: "").isEmpty }
  }

  private func memberFailures(of object: JSONObject, _ schema: JSONValue, at place: String) -> [String] {
    var failures: [String] = []
    for name in schema["required"]?.array ?? [] where object[name.string ?? ""] == nil {
      failures.append("\(place)/\(name.string ?? ""): is missing")
    }
    for member in object.members {
      let place = "\(place)/\(member.name)"
      if let property = schema["properties"]?[member.name] {
        failures += self.failures(of: member.value, property, at: place)
      } else if let additional = schema["additionalProperties"], additional.object != nil {
        failures += self.failures(of: member.value, additional, at: place)
      } else if schema["properties"] != nil && schema["additionalProperties"]?.bool != true {
        failures.append("\(place): is not declared")
      }
    }
    return failures
  }

  private static func types(_ value: JSONValue) -> [String] {
    (value.array ?? [value]).compactMap(\.string)
  }

  private static func `is`(_ value: JSONValue, _ type: String) -> Bool {
    switch type {
    case "null": value.isNull
    case "boolean": value.bool != nil
    case "integer": value.integer != nil
    case "number": value.number != nil
    case "string": value.string != nil
    case "array": value.array != nil
    case "object": value.object != nil
    default: false
    }
  }
}

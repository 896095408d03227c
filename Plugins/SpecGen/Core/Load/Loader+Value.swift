extension Loader {
  /// A node as a JSON value, keys in order. What JSON cannot say is an error.
  mutating func value(_ node: YAMLNode) -> DocumentValue {
    if let tag = node.foreignTag {
      diagnostics.error(.unsupportedTag, at: node.place, "the tag \"\(tag)\" means nothing here; remove it")
    }
    switch node.content {
    case .sequence(let items): return .array(items.map { value($0) })
    case .mapping(let entries):
      return .object(entries.map { DocumentValue.Member(key: $0.key.value, value: value($0.value)) })
    case .scalar(let scalar):
      switch scalar.value {
      case .null: return .null
      case .bool(let value): return .boolean(value)
      case .integer(let value): return .integer(Int64(value))
      case .string(let text): return .string(text)
      case .number(let number):
        guard number.isFinite else {
          diagnostics.error(
            .invalidValue, at: node.place,
            "JSON has no number \(scalar.text); write a finite one, or put it between quotes")
          return .null
        }
        return .number(Self.isJSONNumber(scalar.text) ? scalar.text : "\(number)")
      }
    }
  }

  mutating func located(_ node: YAMLNode?) -> Located<DocumentValue>? {
    node.map { Located(plainValue($0), at: $0.place) }
  }

  /// A value inside of the document; the document's own conversion already told what is wrong with it.
  private func plainValue(_ node: YAMLNode) -> DocumentValue {
    var silent = Loader()
    return silent.value(node)
  }

  /// `example` and `examples` of parameters, headers and media types.
  mutating func examples(_ fields: Fields) -> [Located<DocumentValue>] {
    var examples: [Located<DocumentValue>] = []
    if let example = located(fields["example"]) { examples.append(example) }
    if let node = fields["examples"] {
      if let place = fields.place(of: "examples"), fields["example"] != nil {
        diagnostics.error(
          .contradiction, at: place, "\"example\" and \"examples\" exclude each other; keep one of the two")
      }
      for entry in mapping(node, "\"examples\"") ?? [] {
        if let value = example(entry.value) { examples.append(value) }
      }
    }
    return examples
  }

  /// The value of an entry of `examples`.
  mutating func example(_ node: YAMLNode) -> Located<DocumentValue>? {
    guard let example = fields(node, .example) else { return nil }
    _ = string(example["summary"], "\"summary\"")
    _ = string(example["description"], "\"description\"")
    if let value = example["value"] ?? example["dataValue"] { return located(value) }
    guard let key = ["externalValue", "serializedValue"].first(where: { example[$0] != nil }) else {
      return located(required("value", in: example, .example))
    }
    _ = string(example[key], "\"\(key)\"")
    diagnostics.note(
      .unsupportedValue, at: example.place(of: key) ?? node.place,
      "\"\(key)\" is not looked into, so that nothing checks this example; write it as \"value\" to have it checked")
    return nil
  }

  /// RFC 8259 §6.
  static func isJSONNumber(_ text: String) -> Bool {
    var rest = Substring(text)
    func digits(_ rest: inout Substring) -> Int {
      let count = rest.prefix { $0.isASCII && $0.isNumber }.count
      rest = rest.dropFirst(count)
      return count
    }
    if rest.first == "-" { rest = rest.dropFirst() }
    let leadsWithZero = rest.first == "0"
    let whole = digits(&rest)
    guard whole == 1 || (whole > 1 && !leadsWithZero) else { return false }
    if rest.first == "." {
      rest = rest.dropFirst()
      guard digits(&rest) > 0 else { return false }
    }
    if rest.first == "e" || rest.first == "E" {
      rest = rest.dropFirst()
      if rest.first == "+" || rest.first == "-" { rest = rest.dropFirst() }
      guard digits(&rest) > 0 else { return false }
    }
    return rest.isEmpty
  }
}

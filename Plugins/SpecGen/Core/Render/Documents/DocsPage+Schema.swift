extension DocsPage {
  func schema(_ type: TypeDeclaration) -> String {
    article(type.swiftName, type.description, content(of: type.kind))
  }

  /// The events of a stream, each with its data.
  func events(_ events: EventDeclaration) -> String {
    let items = events.cases.map { event in
      let data =
        switch event.payload {
        case .none: "no data"
        case .text: "text"
        case .constant(let text): code(text)
        case .json(let type): ([typeName(type)] + constraints(type)).joined(separator: ", ")
        }
      return "<li>\(code(event.name ?? "message")): \(data)\(HTMLText.blocks(event.description))</li>"
    }
    return article(
      events.swiftName, events.description,
      "<p>Server-sent events, each one of these:</p>\n<ul>\n\(items.joined(separator: "\n"))\n</ul>\n")
  }

  private func article(_ name: String, _ description: String?, _ content: String) -> String {
    """
    <article id="schema-\(name)" aria-labelledby="schema-\(name)-title">
    <h3 id="schema-\(name)-title">\(name)\
     <a class="anchor" href="#schema-\(name)" aria-label="Link to \(name)">#</a></h3>
    \(HTMLText.blocks(description))\(content)</article>

    """
  }

  private func content(of kind: TypeDeclaration.Kind) -> String {
    switch kind {
    case .object(let object):
      return table(object.properties.map(row)) + otherMembers(object)
    case .choice(let choice): return self.choice(choice)
    case .enumeration(let enumeration):
      let values = enumeration.cases.map { "<code>\(HTMLText.escaped($0.value))</code>" }
      return "<p>One of \(values.joined(separator: ", "))\(enumeration.isOpen ? ", or another text" : "").</p>\n"
    case .alias(let type):
      return "<p>\(([typeName(type)] + constraints(type)).joined(separator: ", "))</p>\n"
    }
  }

  private func otherMembers(_ object: ObjectType) -> String {
    var notes = object.refusesUnknownMembers ? ["Other members are refused."] : []
    if let others = object.otherMembers {
      let type = ([typeName(others.type)] + constraints(others.type)).joined(separator: ", ")
      notes.append("Other members: \(type)\(others.isNullable ? " or <code>null</code>" : "").")
    }
    if !object.refusedMembers.isEmpty {
      notes.append("Must not have \(object.refusedMembers.map(code).joined(separator: ", ")).")
    }
    notes += range(object.minProperties, object.maxProperties, unit: "members").map { "Has \($0)." }
    return notes.isEmpty ? "" : "<p class=\"note\">\(notes.joined(separator: " "))</p>\n"
  }

  private func choice(_ choice: ChoiceType) -> String {
    var tags: [Int: [String]] = [:]
    var lead = "One of these:"
    switch choice.selection {
    case .tag(let member, let branches):
      lead = "One of these, as \(code(member)) says:"
      for branch in branches { tags[branch.result] = branch.condition.map(code) }
    case .trial(_, isExclusive: true): lead = "Exactly one of these:"
    case .trial(_, isExclusive: false): lead = "The first of these that fits:"
    default: break
    }
    let items = choice.cases.enumerated().map { index, element in
      let type = ([typeName(element.type)] + constraints(element.type)).joined(separator: ", ")
      let tag = tags[index].map { "\($0.joined(separator: ", ")): " } ?? ""
      return "<li>\(tag)\(type)\(HTMLText.blocks(element.description))</li>"
    }
    return "<p>\(lead)</p>\n<ul>\n\(items.joined(separator: "\n"))\n</ul>\n"
  }

  func row(_ property: Property) -> String {
    let note = property.isReadOnly ? "read-only" : property.isWriteOnly ? "write-only" : nil
    return row(
      name: property.name, note: note, type: property.type, isNullable: property.isNullable,
      isRequired: property.isRequired, defaultValue: property.defaultValue, description: property.description)
  }

  func row(
    name: String, note: String?, type: TypeUse, isNullable: Bool, isRequired: Bool, defaultValue: DocumentValue?,
    description: String?
  ) -> String {
    var words = constraints(type)
    if let defaultValue { words.append("default \(code(defaultValue.json))") }
    let marks = [isRequired ? "<strong>required</strong>" : nil, note].compactMap { $0 }
    return """
      <tr><th scope="row"><code>\(HTMLText.escaped(name))</code>\
      \(marks.map { "<small>\($0)</small>" }.joined())</th>\
      <td>\(typeName(type))\(isNullable ? " or <code>null</code>" : "")\
      \(words.map { "<small>\($0)</small>" }.joined())</td>\
      <td>\(HTMLText.blocks(description))</td></tr>

      """
  }

  func table(_ rows: [String]) -> String {
    guard !rows.isEmpty else { return "" }
    return """
      <div class="table"><table class="members">
      <thead><tr><th scope="col">Name</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead>
      <tbody>
      \(rows.joined())</tbody>
      </table></div>

      """
  }

  /// The type in words, with links to named schemas.
  func typeName(_ type: TypeUse) -> String {
    switch type {
    case .string(let constraints): return constraints.format?.rawValue ?? "string"
    case .integer: return "integer"
    case .number: return "number"
    case .boolean: return "boolean"
    case .constant(let value): return code(DocumentValue.jsonString(value))
    case .uuid: return "UUID"
    case .timestamp: return "date-time"
    case .bytes: return "base64"
    case .date: return "date"
    case .array(let item, let constraints):
      return "array of \(typeName(item))\(constraints.itemsAreNullable ? " or <code>null</code>" : "")"
    case .map(let value, let constraints):
      return "object of \(typeName(value))\(constraints.valuesAreNullable ? " or <code>null</code>" : "")"
    case .literal(let values): return values.map { code($0.json) }.joined(separator: " or ")
    case .named(let name): return "<a href=\"#schema-\(name)\">\(name)</a>"
    case .json: return "any JSON value"
    case .ruled: return "JSON value"
    }
  }

  /// The constraints in words.
  func constraints(_ type: TypeUse) -> [String] {
    switch type {
    case .string(let constraints):
      var words = range(constraints.minLength, constraints.maxLength, unit: "characters")
      if let bytes = constraints.maxBytes { words.append("at most \(bytes) bytes in UTF-8") }
      if let pattern = constraints.pattern { words.append("matches \(code(pattern))") }
      return words
    case .integer(let constraints):
      var words = range(constraints.minimum, constraints.maximum, unit: nil)
      if let divisor = constraints.multipleOf { words.append("a multiple of \(divisor)") }
      return words
    case .number(let constraints):
      let plain = DocumentValue.plain
      var words = range(constraints.minimum.map(plain), constraints.maximum.map(plain), unit: nil)
      if let bound = constraints.exclusiveMinimum { words.append("more than \(plain(bound))") }
      if let bound = constraints.exclusiveMaximum { words.append("less than \(plain(bound))") }
      if let divisor = constraints.multipleOf { words.append("a multiple of \(plain(divisor))") }
      return words
    case .array(let item, let constraints):
      var words = range(constraints.minItems, constraints.maxItems, unit: "items")
      if constraints.uniqueItems { words.append("each item once") }
      return words + self.constraints(item).map { "each: \($0)" }
    case .map(let value, let constraints):
      return range(constraints.minProperties, constraints.maxProperties, unit: "members")
        + self.constraints(value).map { "each: \($0)" }
    default: return []
    }
  }

  private func range<Bound: Equatable>(_ low: Bound?, _ high: Bound?, unit: String?) -> [String] {
    let unit = unit.map { " " + $0 } ?? ""
    switch (low, high) {
    case (let low?, let high?): return [low == high ? "\(low)\(unit)" : "\(low) to \(high)\(unit)"]
    case (let low?, nil): return ["at least \(low)\(unit)"]
    case (nil, let high?): return ["at most \(high)\(unit)"]
    case (nil, nil): return []
    }
  }

  private func code(_ text: String) -> String { "<code>\(HTMLText.escaped(text))</code>" }
}

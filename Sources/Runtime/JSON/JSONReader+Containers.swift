extension JSONReader {
  /// Begins an object; false when there is something else, which is then a fault and skipped.
  public mutating func beginObject() throws(JSONSyntaxError) -> Bool {
    guard try expect(.object) else { return false }
    guard path.open(isObject: true) else { throw tooDeep() }
    position += 1
    return true
  }

  /// The name of the next member, whose value must be read or skipped then; nil behind the last one, which ends the
  /// object. A value whose name was there before is a fault and skipped.
  public mutating func nextMember() throws(JSONSyntaxError) -> JSONKey? {
    while true {
      let byte = next()
      if byte == UInt8(ascii: "}") {
        position += 1
        path.close()
        return nil
      }
      if path.count > 0 {
        guard byte == UInt8(ascii: ",") else { throw error("Expected `,` or `}`") }
        position += 1
        skipWhitespace()
      }
      guard next() == UInt8(ascii: "\"") else { throw error("Expected a member's name in quotes") }
      let token = try scanString()
      guard next() == UInt8(ascii: ":") else { throw error("Expected `:`") }
      position += 1
      let name =
        token.hasEscapes
        ? path.keep(unescaped(token))
        : JSONPath.Name(start: token.start, count: token.end - token.start, isDecoded: false)
      if path.add(name, in: bytes) { return path.withBytes(of: name, in: bytes) { JSONKey($0) } }
      record(code: "duplicate-member", detail: "Must occur once.")
      try skipValue()
    }
  }

  /// Records the required members that the object closed last did not have; returns nil, for `guard … else`.
  public mutating func missing<Value>(_ names: StaticString...) -> Value? {
    for name in names where !path.closedObjectHas(name, in: bytes) {
      record(code: "required", detail: "Is required.", member: "\(name)")
    }
    return nil
  }

  /// Records a member that the object's schema does not have, and skips its value.
  public mutating func refuseMember() throws(JSONSyntaxError) {
    record(code: "unknown-member", detail: "There is no such member; leave it out.")
    try skipValue()
  }

  /// Records a member that only the server may write, and skips its value.
  public mutating func refuseReadOnlyMember() throws(JSONSyntaxError) {
    record(code: "read-only", detail: "Is read-only; leave it out.")
    try skipValue()
  }

  /// Begins an array; false when there is something else, which is then a fault and skipped.
  public mutating func beginArray() throws(JSONSyntaxError) -> Bool {
    guard try expect(.array) else { return false }
    guard path.open(isObject: false) else { throw tooDeep() }
    position += 1
    return true
  }

  /// Whether another item follows, which must be read or skipped then; if not, ends the array.
  public mutating func nextItem() throws(JSONSyntaxError) -> Bool {
    let byte = next()
    if byte == UInt8(ascii: "]") {
      position += 1
      path.close()
      return false
    }
    if path.count > 0 {
      guard byte == UInt8(ascii: ",") else { throw error("Expected `,` or `]`") }
      position += 1
      guard next() != UInt8(ascii: "]") else { throw error("Expected a value") }
    }
    path.advance()
    return true
  }

  /// Reads an array, each item as `item` does.
  @inlinable
  public mutating func array<Item>(
    minItems: Int = 0, maxItems: Int = .max, _ item: (inout JSONReader) throws(JSONSyntaxError) -> Item?
  ) throws(JSONSyntaxError) -> [Item]? {
    guard try beginArray() else { return nil }
    var items: [Item] = []
    while try nextItem() {
      if let item = try item(&self) { items.append(item) }
    }
    checkItems(minItems: minItems, maxItems: maxItems)
    return items
  }

  /// Reads an array whose items differ (`uniqueItems`), each as `item` does.
  @inlinable
  public mutating func uniqueArray<Item: Hashable>(
    minItems: Int = 0, maxItems: Int = .max, _ item: (inout JSONReader) throws(JSONSyntaxError) -> Item?
  ) throws(JSONSyntaxError) -> [Item]? {
    guard let items = try array(minItems: minItems, maxItems: maxItems, item) else { return nil }
    if Set(items).count != items.count { record(code: "unique-items", detail: "Must not hold an item twice.") }
    return items
  }

  /// Reads an object of any names, each value as `value` does.
  @inlinable
  public mutating func map<Value>(
    _ value: (inout JSONReader) throws(JSONSyntaxError) -> Value?
  ) throws(JSONSyntaxError) -> [String: Value]? {
    guard try beginObject() else { return nil }
    var values: [String: Value] = [:]
    while let key = try nextMember() {
      if let value = try value(&self) { values[key.text] = value }
    }
    return values
  }

  @usableFromInline
  mutating func checkItems(minItems: Int, maxItems: Int) {
    for violation in Constraint.violations(ofCount: path.closedCount, minItems: minItems, maxItems: maxItems) {
      record(violation)
    }
  }

  /// Skips a value of any kind; its syntax is checked.
  public mutating func skipValue() throws(JSONSyntaxError) {
    switch try kind() {
    case .null: try literal("null")
    case .boolean: try literal(bytes[position] == UInt8(ascii: "t") ? "true" : "false")
    case .number: _ = try scanNumber()
    case .string: _ = try scanString()
    case .array:
      guard try beginArray() else { return }
      while try nextItem() { try skipValue() }
    case .object:
      guard try beginObject() else { return }
      while try nextMember() != nil { try skipValue() }
    }
  }

  private func tooDeep() -> JSONSyntaxError {
    error("More than \(path.maximumDepth) arrays and objects stand in one another")
  }
}

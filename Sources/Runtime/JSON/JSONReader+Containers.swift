extension JSONReader {
  /// Begins an object; false when there is something else, which is then a fault and skipped.
  public mutating func beginObject() -> Bool {
    guard expect(.object) else { return false }
    guard path.open(isObject: true) else { return tooDeep() }
    position += 1
    return true
  }

  /// The name of the next member, whose value must be read or skipped then; nil behind the last one, which ends the
  /// object. A value whose name was there before is a fault and skipped.
  public mutating func nextMember() -> JSONKey? {
    while true {
      let byte = next()
      if byte == UInt8(ascii: "}") {
        position += 1
        path.close()
        return nil
      }
      if path.count > 0 {
        guard byte == UInt8(ascii: ",") else { return end("Expected `,` or `}`") }
        position += 1
        skipWhitespace()
      }
      guard next() == UInt8(ascii: "\"") else { return end("Expected a member's name in quotes") }
      guard let token = scanString() else { return nil }
      guard next() == UInt8(ascii: ":") else { return end("Expected `:`") }
      position += 1
      let name =
        token.hasEscapes
        ? path.keep(unescaped(token))
        : JSONPath.Name(start: token.start, count: token.end - token.start, isDecoded: false)
      if path.add(name, in: bytes) { return path.withBytes(of: name, in: bytes) { JSONKey($0) } }
      record(code: "duplicate-member", detail: "Must occur once.")
      skipValue()
    }
  }

  /// Records the required members that the object closed last did not have; returns nil, for `guard … else`.
  public mutating func missing<Value>(_ names: StaticString...) -> Value? {
    // A text that is no JSON ended the object without closing it: the one closed last is another.
    guard !hasFailed else { return nil }
    for name in names where !path.closedObjectHas(name, in: bytes) {
      record(Constraint.required, member: "\(name)")
    }
    return nil
  }

  /// Records a member that the object's schema does not have, and skips its value.
  public mutating func refuseMember() {
    record(Constraint.unknownMember)
    skipValue()
  }

  /// Reads a member that only the server may write; in a request it is a fault, and nil.
  @inlinable
  public mutating func readOnly<Value>(
    _ read: (inout JSONReader) -> Value?
  ) -> Value? {
    if refuseReadOnlyMember() { return nil }
    return read(&self)
  }

  @usableFromInline
  mutating func refuseReadOnlyMember() -> Bool {
    guard refusesReadOnly else { return false }
    record(Constraint.readOnly)
    skipValue()
    return true
  }

  /// Begins an array; false when there is something else, which is then a fault and skipped.
  public mutating func beginArray() -> Bool {
    guard expect(.array) else { return false }
    guard path.open(isObject: false) else { return tooDeep() }
    position += 1
    return true
  }

  /// Whether another item follows, which must be read or skipped then; if not, ends the array.
  public mutating func nextItem() -> Bool {
    let byte = next()
    if byte == UInt8(ascii: "]") {
      position += 1
      path.close()
      return false
    }
    if path.count > 0 {
      guard byte == UInt8(ascii: ",") else { return fail("Expected `,` or `]`") }
      position += 1
      guard next() != UInt8(ascii: "]") else { return fail("Expected a value") }
    }
    path.advance()
    return true
  }

  /// Reads an array, each item as `item` does.
  @inlinable
  public mutating func array<Item>(
    minItems: Int = 0, maxItems: Int = .max, _ item: (inout JSONReader) -> Item?
  ) -> [Item]? {
    guard beginArray() else { return nil }
    var items: [Item] = []
    while nextItem() {
      if let item = item(&self) { items.append(item) }
    }
    checkItems(minItems: minItems, maxItems: maxItems)
    return items
  }

  /// Reads an array whose items differ (`uniqueItems`), each as `item` does.
  @inlinable
  public mutating func uniqueArray<Item: Hashable>(
    minItems: Int = 0, maxItems: Int = .max, _ item: (inout JSONReader) -> Item?
  ) -> [Item]? {
    guard let items = array(minItems: minItems, maxItems: maxItems, item) else { return nil }
    if Set(items).count != items.count { refuseTwins() }
    return items
  }

  @usableFromInline
  mutating func refuseTwins() {
    record(Constraint.unique)
  }

  /// Reads an object of any names, each value as `value` does.
  @inlinable
  public mutating func map<Value>(
    minProperties: Int = 0, maxProperties: Int = .max, _ value: (inout JSONReader) -> Value?
  ) -> [String: Value]? {
    guard beginObject() else { return nil }
    var values: [String: Value] = [:]
    while let key = nextMember() {
      if let value = value(&self) { values[key.text] = value }
    }
    checkMembers(minProperties: minProperties, maxProperties: maxProperties)
    return values
  }

  /// Checks how many members the object has that was closed last.
  public mutating func checkMembers(minProperties: Int = 0, maxProperties: Int = .max) {
    for violation in Constraint.violations(
      ofCount: path.closedCount, minProperties: minProperties, maxProperties: maxProperties)
    {
      record(violation)
    }
  }

  @usableFromInline
  mutating func checkItems(minItems: Int, maxItems: Int) {
    for violation in Constraint.violations(ofCount: path.closedCount, minItems: minItems, maxItems: maxItems) {
      record(violation)
    }
  }

  /// Skips a value of any kind; its syntax is checked.
  public mutating func skipValue() {
    switch kind() {
    case nil: break
    case .null: _ = literal("null")
    case .boolean: _ = literal(bytes[position] == UInt8(ascii: "t") ? "true" : "false")
    case .number: _ = scanNumber()
    case .string: _ = scanString()
    case .array:
      guard beginArray() else { return }
      while nextItem() { skipValue() }
    case .object:
      guard beginObject() else { return }
      while nextMember() != nil { skipValue() }
    }
  }

  private mutating func end(_ reason: String) -> JSONKey? {
    fail(reason)
    return nil
  }

  private mutating func tooDeep() -> Bool {
    fail("More than \(path.maximumDepth) arrays and objects stand in one another")
  }
}

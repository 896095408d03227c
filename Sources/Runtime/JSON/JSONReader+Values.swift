/// `const` and `enum` of values that are no strings.
extension JSONReader {
  /// Reads an integer that is one of a few.
  public mutating func integer(among first: Int, _ others: Int...) -> Int? {
    let value = integer()
    return check(value, among: [first] + others) { .integer(Int64($0)) }
  }

  /// Reads a number that is one of a few.
  public mutating func number(among first: Double, _ others: Double...) -> Double? {
    let value = number()
    return check(value, among: [first] + others, JSONValue.number)
  }

  /// Reads a boolean that is one of those given.
  public mutating func boolean(among first: Bool, _ others: Bool...) -> Bool? {
    let value = boolean()
    return check(value, among: [first] + others, JSONValue.bool)
  }

  /// Reads a value that equals one of a few (JSON Schema 2020-12 §4.2.2).
  public mutating func any(among first: JSONValue, _ others: JSONValue...) -> JSONValue? {
    let value = any()
    return check(value, among: [first] + others) { $0 }
  }

  /// - Parameter json: how a fault shows what may be there.
  private mutating func check<Value: Equatable>(
    _ value: Value?, among values: [Value], _ json: (Value) -> JSONValue
  ) -> Value? {
    guard let value else { return nil }
    if values.contains(value) { return value }
    record(Constraint.notAmong(values.map(json)))
    return nil
  }
}

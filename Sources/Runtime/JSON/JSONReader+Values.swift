/// `const` and `enum` of values that are no strings.
extension JSONReader {
  /// Reads an integer that is one of a few.
  public mutating func integer(among first: Int, _ others: Int...) -> Int? {
    let values = [first] + others
    guard let value = integer() else { return nil }
    if values.contains(value) { return value }
    record(Constraint.notAmong(values.map { JSONValue.integer(Int64($0)) }))
    return nil
  }

  /// Reads a number that is one of a few.
  public mutating func number(among first: Double, _ others: Double...) -> Double? {
    let values = [first] + others
    guard let value = number() else { return nil }
    if values.contains(value) { return value }
    record(Constraint.notAmong(values.map(JSONValue.number)))
    return nil
  }

  /// Reads a boolean that is one of those given.
  public mutating func boolean(among first: Bool, _ others: Bool...) -> Bool? {
    let values = [first] + others
    guard let value = boolean() else { return nil }
    if values.contains(value) { return value }
    record(Constraint.notAmong(values.map(JSONValue.bool)))
    return nil
  }

  /// Reads a value that equals one of a few (JSON Schema 2020-12 §4.2.2).
  public mutating func any(among first: JSONValue, _ others: JSONValue...) -> JSONValue? {
    let values = [first] + others
    guard let value = any() else { return nil }
    if values.contains(value) { return value }
    record(Constraint.notAmong(values))
    return nil
  }
}

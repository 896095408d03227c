public import FoundationEssentials
public import Values

/// A value that reads itself from JSON and checks its constraints on the way.
public protocol JSONDecodable {
  /// Reads one value.
  ///
  /// - Returns: nil when a fault was recorded; the reader stands behind the value all the same.
  static func decode(from json: inout JSONReader) throws(JSONSyntaxError) -> Self?
}

extension String: JSONDecodable {
  public static func decode(from json: inout JSONReader) throws(JSONSyntaxError) -> String? { try json.string() }
}

extension Bool: JSONDecodable {
  public static func decode(from json: inout JSONReader) throws(JSONSyntaxError) -> Bool? { try json.boolean() }
}

extension Int: JSONDecodable {
  public static func decode(from json: inout JSONReader) throws(JSONSyntaxError) -> Int? { try json.integer() }
}

extension Double: JSONDecodable {
  public static func decode(from json: inout JSONReader) throws(JSONSyntaxError) -> Double? { try json.number() }
}

extension UUID: JSONDecodable {
  public static func decode(from json: inout JSONReader) throws(JSONSyntaxError) -> UUID? { try json.uuid() }
}

extension Timestamp: JSONDecodable {
  public static func decode(from json: inout JSONReader) throws(JSONSyntaxError) -> Timestamp? {
    try json.timestamp()
  }
}

extension CalendarDate: JSONDecodable {
  public static func decode(from json: inout JSONReader) throws(JSONSyntaxError) -> CalendarDate? {
    try json.date()
  }
}

extension Array: JSONDecodable where Element: JSONDecodable {
  public static func decode(from json: inout JSONReader) throws(JSONSyntaxError) -> [Element]? {
    try json.array { json throws(JSONSyntaxError) in try Element.decode(from: &json) }
  }
}

/// An enumeration of strings: a text that is none of them is the fault `enum`.
extension JSONDecodable where Self: RawRepresentable & CaseIterable, RawValue == String {
  public static func decode(from json: inout JSONReader) throws(JSONSyntaxError) -> Self? {
    guard let text = try json.string() else { return nil }
    if let value = Self(rawValue: text) { return value }
    json.record(Constraint.notOneOf(allCases.map(\.rawValue)))
    return nil
  }
}

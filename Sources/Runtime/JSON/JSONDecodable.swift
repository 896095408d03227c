public import FoundationEssentials
public import Values

/// A value that reads itself from JSON and checks its constraints on the way.
public protocol JSONDecodable {
  /// Reads one value.
  ///
  /// - Returns: nil when a fault was recorded, the reader standing behind the value all the same, or when the text is
  ///   not JSON, which ends the reading.
  static func decode(from json: inout JSONReader) -> Self?
}

extension String: JSONDecodable {
  public static func decode(from json: inout JSONReader) -> String? { json.string() }
}

extension Bool: JSONDecodable {
  public static func decode(from json: inout JSONReader) -> Bool? { json.boolean() }
}

extension Int: JSONDecodable {
  public static func decode(from json: inout JSONReader) -> Int? { json.integer() }
}

extension Double: JSONDecodable {
  public static func decode(from json: inout JSONReader) -> Double? { json.number() }
}

extension UUID: JSONDecodable {
  public static func decode(from json: inout JSONReader) -> UUID? { json.uuid() }
}

extension Timestamp: JSONDecodable {
  public static func decode(from json: inout JSONReader) -> Timestamp? {
    json.timestamp()
  }
}

extension Data: JSONDecodable {
  public static func decode(from json: inout JSONReader) -> Data? { json.base64() }
}

extension CalendarDate: JSONDecodable {
  public static func decode(from json: inout JSONReader) -> CalendarDate? {
    json.date()
  }
}

extension Array: JSONDecodable where Element: JSONDecodable {
  public static func decode(from json: inout JSONReader) -> [Element]? {
    json.array { Element.decode(from: &$0) }
  }
}

/// An enumeration of strings: a text that is none of them is the fault `enum`.
extension JSONDecodable where Self: RawRepresentable & CaseIterable, RawValue == String {
  public static func decode(from json: inout JSONReader) -> Self? {
    guard let text = json.string() else { return nil }
    if let value = Self(rawValue: text) { return value }
    json.record(Constraint.notOneOf(allCases.map(\.rawValue)))
    return nil
  }
}

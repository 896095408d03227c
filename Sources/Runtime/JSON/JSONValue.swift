/// Any JSON value.
public enum JSONValue: Sendable {
  case null
  case bool(Bool)
  /// A number without fraction or exponent that fits.
  case integer(Int64)
  /// A number that a double is exactly as it was written, such as 0.5 or 1e3.
  case number(Double)
  /// Any other number, such as 1e400 or one of twenty digits.
  case decimal(JSONDecimal)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)
}

extension JSONValue {
  /// The text, of a string.
  public var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The number, of an integer or of a number with zero fraction that fits.
  public var integer: Int64? {
    switch self {
    case .integer(let value): value
    case .number(let value): Int64(exactly: value)
    case .decimal(let value): value.integer
    default: nil
    }
  }

  /// The number, rounded to the nearest double where it must be; nil when that is infinite.
  public var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    case .decimal(let value): value.double
    default: nil
    }
  }

  /// The number, exactly as it was written.
  public var exactNumber: JSONDecimal? {
    switch self {
    case .integer(let value): JSONDecimal(value)
    case .number(let value): value.isFinite ? JSONDecimal(value) : nil
    case .decimal(let value): value
    default: nil
    }
  }

  /// The truth value, of a boolean.
  public var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  /// The items, of an array.
  public var array: [JSONValue]? {
    if case .array(let items) = self { items } else { nil }
  }

  /// The members, of an object.
  public var object: JSONObject? {
    if case .object(let members) = self { members } else { nil }
  }

  /// Whether it is null.
  public var isNull: Bool {
    if case .null = self { true } else { false }
  }

  /// A member's value, of an object that has it.
  public subscript(name: String) -> JSONValue? { object?[name] }

  /// An item, of an array that is long enough.
  public subscript(index: Int) -> JSONValue? {
    guard let array, array.indices.contains(index) else { return nil }
    return array[index]
  }
}

/// Equality of JSON Schema 2020-12 §4.2.2: numbers by their mathematical value, objects without regard to order.
extension JSONValue: Hashable {
  public static func == (left: JSONValue, right: JSONValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.integer(let left), .integer(let right)): left == right
    case (.number(let left), .number(let right)): left == right
    case (.integer, .number), (.integer, .decimal), (.number, .integer), (.number, .decimal), (.decimal, .integer),
      (.decimal, .number), (.decimal, .decimal):
      left.exactNumber == right.exactNumber
    case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
    case (.array(let left), .array(let right)): left == right
    case (.object(let left), .object(let right)): left == right
    default: false
    }
  }

  public func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .bool(let value): hasher.combine(value)
    case .integer(let value): hasher.combine(value)
    case .number, .decimal:
      let number = exactNumber
      if let whole = number?.integer { hasher.combine(whole) } else { hasher.combine(number) }
    case .string(let text): hasher.combine(text)
    case .array(let items): hasher.combine(items)
    case .object(let members): hasher.combine(members)
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int64) { self = .integer(value) }
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(nilLiteral: ()) { self = .null }
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  public init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(JSONObject(elements)) }
}

extension JSONValue: JSONEncodable {
  public func encode(to json: inout JSONWriter) {
    switch self {
    case .null: json.null()
    case .bool(let value): json.value(value)
    case .integer(let value): json.value(value)
    case .number(let value): json.value(value)
    case .decimal(let value): json.value(json: value.description.utf8)
    case .string(let text): json.value(text)
    case .array(let items): items.encode(to: &json)
    case .object(let object):
      json.beginObject()
      for member in object.members { json.member(named: member.name, member.value) }
      json.endObject()
    }
  }
}

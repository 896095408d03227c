/// A property that may be left out, be null, or hold a value: the three mean different things in a partial update.
public enum Presence<Value> {
  /// The member is not there.
  case absent
  /// The member is there and null.
  case null
  /// The member is there and has a value.
  case value(Value)

  /// The value, if there is one.
  public var value: Value? {
    if case .value(let value) = self { value } else { nil }
  }

  /// A value, or null.
  public init(_ value: Value?) {
    self = value.map(Presence.value) ?? .null
  }

  /// What stands after a partial update: the old value when the member was absent, else the new one or nothing.
  public func updating(_ old: Value?) -> Value? {
    switch self {
    case .absent: old
    case .null: nil
    case .value(let value): value
    }
  }
}

extension Presence: Sendable where Value: Sendable {}
extension Presence: Equatable where Value: Equatable {}
extension Presence: Hashable where Value: Hashable {}

extension Presence: Decodable where Value: Decodable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    self = container.decodeNil() ? .null : .value(try container.decode(Value.self))
  }
}

/// Alone, outside an object, an absent value is written as null: only a keyed container can leave a member out, and the
/// overloads below make synthesized conformances do that.
extension Presence: Encodable where Value: Encodable {
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let value { try container.encode(value) } else { try container.encodeNil() }
  }
}

extension KeyedDecodingContainer {
  /// Keeps the difference between an absent member and a null one.
  public func decode<Value: Decodable>(_ type: Presence<Value>.Type, forKey key: Key) throws -> Presence<Value> {
    guard contains(key) else { return .absent }
    return try decodeNil(forKey: key) ? .null : .value(decode(Value.self, forKey: key))
  }
}

extension KeyedEncodingContainer {
  /// Leaves an absent member out and writes a null one.
  public mutating func encode<Value: Encodable>(_ presence: Presence<Value>, forKey key: Key) throws {
    switch presence {
    case .absent: break
    case .null: try encodeNil(forKey: key)
    case .value(let value): try encode(value, forKey: key)
    }
  }
}

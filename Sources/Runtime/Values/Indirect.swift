/// A value in memory of its own, so that a struct can hold another one of its own type.
@propertyWrapper
public struct Indirect<Value> {
  fileprivate indirect enum Box {
    case value(Value)
  }

  private var box: Box

  public init(wrappedValue: Value) {
    box = .value(wrappedValue)
  }

  public var wrappedValue: Value {
    get {
      switch box {
      case .value(let value): value
      }
    }
    set { box = .value(newValue) }
  }
}

extension Indirect.Box: Sendable where Value: Sendable {}
extension Indirect: Sendable where Value: Sendable {}

extension Indirect: Equatable where Value: Equatable {
  public static func == (left: Indirect, right: Indirect) -> Bool { left.wrappedValue == right.wrappedValue }
}

extension Indirect: Hashable where Value: Hashable {
  public func hash(into hasher: inout Hasher) { hasher.combine(wrappedValue) }
}

extension Indirect: Decodable where Value: Decodable {
  public init(from decoder: any Decoder) throws {
    self.init(wrappedValue: try Value(from: decoder))
  }
}

extension Indirect: Encodable where Value: Encodable {
  public func encode(to encoder: any Encoder) throws {
    try wrappedValue.encode(to: encoder)
  }
}

extension KeyedDecodingContainer {
  /// A member that may be left out or null.
  public func decode<Value: Decodable>(_ type: Indirect<Value?>.Type, forKey key: Key) throws -> Indirect<Value?> {
    Indirect(wrappedValue: try decodeIfPresent(Value.self, forKey: key))
  }

  /// Keeps the difference between an absent member and a null one.
  public func decode<Value: Decodable>(
    _ type: Indirect<Presence<Value>>.Type, forKey key: Key
  ) throws -> Indirect<Presence<Value>> {
    Indirect(wrappedValue: try decode(Presence<Value>.self, forKey: key))
  }
}

extension KeyedEncodingContainer {
  /// Leaves a member out that has no value.
  public mutating func encode<Value: Encodable>(_ value: Indirect<Value?>, forKey key: Key) throws {
    try encodeIfPresent(value.wrappedValue, forKey: key)
  }

  /// Leaves an absent member out and writes a null one.
  public mutating func encode<Value: Encodable>(_ value: Indirect<Presence<Value>>, forKey key: Key) throws {
    try encode(value.wrappedValue, forKey: key)
  }
}

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
}

extension Presence: Sendable where Value: Sendable {}
extension Presence: Equatable where Value: Equatable {}
extension Presence: Hashable where Value: Hashable {}

public import FoundationEssentials
public import Values

/// A value that writes itself as JSON.
public protocol JSONEncodable {
  func encode(to json: inout JSONWriter)
}

extension String: JSONEncodable {
  @inlinable public func encode(to json: inout JSONWriter) { json.value(self) }
}

extension Bool: JSONEncodable {
  @inlinable public func encode(to json: inout JSONWriter) { json.value(self) }
}

extension Int: JSONEncodable {
  @inlinable public func encode(to json: inout JSONWriter) { json.value(Int64(self)) }
}

extension Int64: JSONEncodable {
  @inlinable public func encode(to json: inout JSONWriter) { json.value(self) }
}

extension Double: JSONEncodable {
  @inlinable public func encode(to json: inout JSONWriter) { json.value(self) }
}

extension UUID: JSONEncodable {
  @inlinable public func encode(to json: inout JSONWriter) { json.value(self) }
}

extension Timestamp: JSONEncodable {
  @inlinable public func encode(to json: inout JSONWriter) { json.value(self) }
}

extension Data: JSONEncodable {
  @inlinable public func encode(to json: inout JSONWriter) { json.value(self) }
}

extension CalendarDate: JSONEncodable {
  @inlinable public func encode(to json: inout JSONWriter) { json.value(self) }
}

extension Optional: JSONEncodable where Wrapped: JSONEncodable {
  @inlinable public func encode(to json: inout JSONWriter) {
    if let self { self.encode(to: &json) } else { json.null() }
  }
}

extension Array: JSONEncodable where Element: JSONEncodable {
  @inlinable public func encode(to json: inout JSONWriter) {
    json.beginArray()
    for element in self { element.encode(to: &json) }
    json.endArray()
  }
}

/// Members are written in the order of their names, so that equal dictionaries have equal texts.
extension Dictionary: JSONEncodable where Key == String, Value: JSONEncodable {
  @inlinable public func encode(to json: inout JSONWriter) {
    json.beginObject()
    for (name, value) in sorted(by: { $0.key < $1.key }) { json.member(named: name, value) }
    json.endObject()
  }
}

extension JSONEncodable where Self: RawRepresentable, RawValue == String {
  @inlinable public func encode(to json: inout JSONWriter) { json.value(rawValue) }
}

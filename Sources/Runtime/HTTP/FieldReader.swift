import JSON

/// Reads the named texts of a query or of a form (`application/x-www-form-urlencoded`).
///
/// A name that occurs twice, that nobody reads, or that is badly encoded is a fault: a misspelt parameter is told, not
/// ignored.
public struct FieldReader: Sendable {
  private struct Field {
    var name: String
    /// nil: badly encoded.
    var value: String?
    var isRead = false
  }

  private var fields: [Field] = []
  private let location: Fault.Location
  private(set) var faults = FaultList()

  /// - Parameter encoded: pairs as in `a=1&b=2`, percent-encoded, `+` for a space.
  init(_ encoded: Substring, location: Fault.Location) {
    self.location = location
    for pair in encoded.utf8.split(separator: UInt8(ascii: "&")) {
      let name = pair.prefix { $0 != UInt8(ascii: "=") }
      let value = pair.dropFirst(name.count + 1)
      guard let decoded = PercentEncoding.decode(name, plusIsSpace: true) else {
        record(String(Substring(name)), "encoding", "Has a name that is not percent-encoded UTF-8.")
        continue
      }
      fields.append(Field(name: decoded, value: PercentEncoding.decode(value, plusIsSpace: true)))
    }
  }

  /// Reads a field; nil when it is not there, or has a fault.
  public mutating func value<Value>(_ name: String, _ read: (inout TextReader) -> Value?) -> Value? {
    let indices = fields.indices.filter { fields[$0].name == name }
    for index in indices { fields[index].isRead = true }
    if indices.count > 1 {
      record(name, "duplicate-\(noun)", "Must occur once.")
      return nil
    }
    return indices.first.flatMap { self.read(fields[$0], read) }
  }

  /// Reads a field that must be there; nil is a fault.
  public mutating func required<Value>(_ name: String, _ read: (inout TextReader) -> Value?) -> Value? {
    if !fields.contains(where: { $0.name == name }) { record(name, "required", "Is required.") }
    return value(name, read)
  }

  /// Reads a field that may occur several times, an array; nil when it does not occur or has a fault.
  public mutating func array<Item>(
    _ name: String, minItems: Int = 0, maxItems: Int = .max, _ read: (inout TextReader) -> Item?
  ) -> [Item]? {
    let indices = fields.indices.filter { fields[$0].name == name }
    if indices.isEmpty { return nil }
    for index in indices { fields[index].isRead = true }
    let items = indices.compactMap { self.read(fields[$0], read) }
    for violation in Constraint.violations(ofCount: indices.count, minItems: minItems, maxItems: maxItems) {
      record(name, violation.code, violation.detail)
    }
    return items.count == indices.count ? items : nil
  }

  /// Records the fields that nobody read.
  public mutating func refuseOthers() {
    for field in fields where !field.isRead {
      record(field.name, "unknown-\(noun)", "There is no such \(noun); leave it out.")
    }
  }

  private mutating func read<Value>(_ field: Field, _ read: (inout TextReader) -> Value?) -> Value? {
    guard let text = field.value else {
      record(field.name, "encoding", "Must be percent-encoded UTF-8.")
      return nil
    }
    var reader = TextReader(text)
    let value = read(&reader)
    for violation in reader.violations { record(field.name, violation.code, violation.detail) }
    return value
  }

  private mutating func record(_ name: String, _ code: String, _ detail: String) {
    faults.append(Fault(location: location, pointer: JSONPointer.member(name), code: code, detail: detail))
  }

  /// What a field is called where it stands.
  private var noun: String { location == .body ? "member" : "parameter" }
}

/// A type that reads itself from a form.
public protocol FormDecodable {
  /// Reads all fields; nil when a fault was recorded.
  static func decode(from form: inout FieldReader) -> Self?
}

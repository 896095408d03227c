import JSON

/// Reads the named values of a query, of a form, of cookies or of one parameter that is an object.
///
/// A name that nobody reads and a text that is badly encoded are faults: a misspelt parameter is told, not ignored.
public struct FieldReader: Sendable {
  struct Field: Sendable {
    var name: String
    var value: EncodedText
    var isRead = false
  }

  private var fields: [Field] = []
  private let location: Fault.Location
  /// The pointer of the value whose members these are.
  private let parent: String
  /// Whether fields that an object does not know belong to others.
  private var isShared = false
  private(set) var faults = FaultList()

  /// - Parameter encoded: pairs as in `a=1&b=2`, percent-encoded, `+` for a space.
  init(_ encoded: Substring, location: Fault.Location) {
    self.location = location
    parent = ""
    for pair in encoded.utf8.split(separator: UInt8(ascii: "&")) { append(Substring(pair), .form) }
  }

  /// - Parameter cookies: a `Cookie` header (RFC 6265 §4.2.1). What is no pair is passed over, as servers do.
  init(cookies: String) {
    location = .cookie
    parent = ""
    for pair in cookies.utf8.split(separator: UInt8(ascii: ";")) {
      let pair = Substring(pair).trimmedSpace
      if pair.utf8.contains(UInt8(ascii: "=")) { append(pair, .percent) }
    }
  }

  init(_ fields: [Field], location: Fault.Location, parent: String = "") {
    self.fields = fields
    self.location = location
    self.parent = parent
  }

  private mutating func append(_ pair: Substring, _ coding: EncodedText.Coding) {
    let pair = EncodedText(text: pair, coding: coding)
    let (name, value) = pair.pair ?? (pair, EncodedText(text: "", coding: coding))
    if let decoded = name.decoded {
      fields.append(Field(name: decoded, value: value))
    } else if location != .cookie {
      record(String(name.text), "encoding", "Has a name that is not percent-encoded UTF-8.")
    }
  }

  /// Reads a field; nil when it is not there, or has a fault.
  ///
  /// - Parameters:
  ///   - style: how the value is written.
  ///   - emptyIsAbsent: whether an empty text says that the field is left out (`allowEmptyValue`).
  public mutating func value<Value>(
    _ name: String, _ style: ParameterStyle = .form(explode: true), emptyIsAbsent: Bool = false,
    _ read: (inout TextReader) -> Value?
  ) -> Value? {
    if style == .deepObject { return deepObject(name, read) }
    var first: EncodedText?
    var others: [EncodedText] = []
    for index in fields.indices where fields[index].name == name {
      fields[index].isRead = true
      if first == nil { first = fields[index].value } else { others.append(fields[index].value) }
    }
    guard let first, !(emptyIsAbsent && others.isEmpty && first.text.isEmpty) else { return nil }
    return value(name, first, others, style, read)
  }

  private mutating func value<Value>(
    _ name: String, _ first: EncodedText, _ others: [EncodedText], _ style: ParameterStyle,
    _ read: (inout TextReader) -> Value?
  ) -> Value? {
    var reader = TextReader(first, others: others, style, location: location, name: name, parent: parent)
    let value = read(&reader)
    faults.append(contentsOf: reader.faults.faults)
    return value
  }

  /// Reads a field that must be there; nil is a fault.
  public mutating func required<Value>(
    _ name: String, _ style: ParameterStyle = .form(explode: true), emptyIsAbsent: Bool = false,
    _ read: (inout TextReader) -> Value?
  ) -> Value? {
    var isThere = false
    let value = value(name, style, emptyIsAbsent: emptyIsAbsent) { reader in
      isThere = true
      return read(&reader)
    }
    if !isThere { record(name, "required", "Is required.") }
    return value
  }

  /// Reads an object whose members are fields themselves (`form` with `explode`); nil when none of them is there, or one
  /// has a fault.
  public mutating func object<Value: FormDecodable>(_ type: Value.Type) -> Value? {
    var reader = self
    let value = reader.requiredObject(type)
    if zip(fields, reader.fields).allSatisfy({ $0.isRead == $1.isRead }) { return nil }
    self = reader
    return value
  }

  /// Reads an object whose members are fields themselves and that must be there; nil is a fault.
  public mutating func requiredObject<Value: FormDecodable>(_ type: Value.Type) -> Value? {
    isShared = true
    defer { isShared = false }
    return Value.decode(from: &self)
  }

  /// Reads all fields that nobody has read, a map (`form` with `explode`); nil when there are none, or one has a fault.
  public mutating func others<Value>(
    minProperties: Int = 0, maxProperties: Int = .max, _ read: (inout TextReader) -> Value?
  ) -> [String: Value]? {
    // Each name once, with all that stands under it: the work must not grow with the square of the fields.
    var names: [String] = []
    var texts: [String: [EncodedText]] = [:]
    for index in fields.indices where !fields[index].isRead {
      fields[index].isRead = true
      if texts[fields[index].name] == nil { names.append(fields[index].name) }
      texts[fields[index].name, default: []].append(fields[index].value)
    }
    if names.isEmpty { return nil }
    let broken = Constraint.violations(
      ofCount: names.count, minProperties: minProperties, maxProperties: maxProperties)
    record(broken)
    var values: [String: Value] = [:]
    for name in names {
      guard let first = texts[name]?.first, let others = texts[name]?.dropFirst() else { continue }
      values[name] = value(name, first, Array(others), .form(explode: true), read)
    }
    return values.count == names.count && broken.isEmpty ? values : nil
  }

  /// Records fields that must not be there.
  public mutating func refuse(_ names: String...) {
    for index in fields.indices where names.contains(fields[index].name) {
      fields[index].isRead = true
      record(fields[index].name, "unknown-\(noun)", "There is no such \(noun); leave it out.")
    }
  }

  /// Records it when there are too few or too many names.
  public mutating func checkMembers(minProperties: Int = 0, maxProperties: Int = .max) {
    let count = Set(fields.map(\.name)).count
    record(Constraint.violations(ofCount: count, minProperties: minProperties, maxProperties: maxProperties))
  }

  /// The first value of a field, without a word about what is wrong with the others.
  func first(_ name: String) -> String? {
    fields.first { $0.name == name }?.value.decoded
  }

  /// Leaves a field to who reads it elsewhere, such as an API key.
  public mutating func ignore(_ name: String) {
    for index in fields.indices where fields[index].name == name { fields[index].isRead = true }
  }

  /// Records the fields that nobody read.
  public mutating func refuseOthers() {
    if isShared { return }
    for field in fields where !field.isRead {
      record(field.name, "unknown-\(noun)", "There is no such \(noun); leave it out.")
    }
  }

  /// Whether nothing was found wrong, in what was not read as well.
  var isClean: Bool { faults.isEmpty && !fields.contains { !$0.isRead } }

  private mutating func deepObject<Value>(_ name: String, _ read: (inout TextReader) -> Value?) -> Value? {
    var members: [Field] = []
    for index in fields.indices {
      let rest = fields[index].name.utf8.dropFirst(name.utf8.count)
      guard rest.first == UInt8(ascii: "["), rest.last == UInt8(ascii: "]"),
        fields[index].name.utf8.starts(with: name.utf8)
      else { continue }
      fields[index].isRead = true
      members.append(Field(name: String(Substring(rest.dropFirst().dropLast())), value: fields[index].value))
    }
    if members.isEmpty { return nil }
    var reader = TextReader(members: members, location: location, name: name, parent: parent)
    let value = read(&reader)
    faults.append(contentsOf: reader.faults.faults)
    return value
  }

  /// Records what is wrong with the fields as a whole.
  private mutating func record(_ broken: [Violation]) {
    for violation in broken {
      faults.append(Fault(location: location, pointer: parent, code: violation.code, detail: violation.detail))
    }
  }

  private mutating func record(_ name: String, _ code: String, _ detail: String) {
    faults.append(Fault(location: location, pointer: parent + JSONPointer.member(name), code: code, detail: detail))
  }

  /// What a field is called where it stands.
  private var noun: String { location == .body || !parent.isEmpty ? "member" : "parameter" }
}

/// A type that reads itself from named texts: a form, or a parameter that is an object.
public protocol FormDecodable {
  /// Reads all fields; nil when a fault was recorded.
  static func decode(from form: inout FieldReader) -> Self?
}

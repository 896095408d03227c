public import JSON

/// Arrays and objects, which the style of a parameter writes as one text or as several.
extension TextReader {
  /// Reads an array, each item as `item` does.
  public mutating func array<Item>(
    minItems: Int = 0, maxItems: Int = .max, _ item: (inout TextReader) -> Item?
  ) -> [Item]? {
    guard let texts = items() else { return nil }
    var items: [Item] = []
    for (index, text) in texts.enumerated() {
      var reader = TextReader(text, .simple(explode: false), location: location, name: String(index), parent: pointer)
      if let value = item(&reader) { items.append(value) }
      record(reader.faults)
    }
    let broken = Constraint.violations(ofCount: texts.count, minItems: minItems, maxItems: maxItems)
    for violation in broken { record(violation) }
    return items.count == texts.count && broken.isEmpty ? items : nil
  }

  /// Reads an array whose items differ (`uniqueItems`), each as `item` does.
  public mutating func uniqueArray<Item: Hashable>(
    minItems: Int = 0, maxItems: Int = .max, _ item: (inout TextReader) -> Item?
  ) -> [Item]? {
    guard let items = array(minItems: minItems, maxItems: maxItems, item) else { return nil }
    if Set(items).count == items.count { return items }
    record(Constraint.unique)
    return nil
  }

  /// Reads an object of any names, each value as `value` does.
  public mutating func map<Value>(
    minProperties: Int = 0, maxProperties: Int = .max, _ value: (inout TextReader) -> Value?
  ) -> [String: Value]? {
    guard let members = members() else { return nil }
    var fields = FieldReader(members, location: location, parent: pointer)
    let values = fields.others(minProperties: minProperties, maxProperties: maxProperties, value) ?? [:]
    record(fields.faults)
    return fields.faults.isEmpty ? values : nil
  }

  /// Reads an object with properties.
  public mutating func value<Value: FormDecodable>(_ type: Value.Type) -> Value? {
    guard let members = members() else { return nil }
    var fields = FieldReader(members, location: location, parent: pointer)
    let value = Value.decode(from: &fields)
    record(fields.faults)
    return fields.faults.isEmpty ? value : nil
  }

  /// Reads a value that is written in JSON (OpenAPI 3.1 §4.8.12.4, `content`).
  public mutating func json<Value>(_ read: (inout JSONReader) -> Value?) -> Value? {
    guard let text = text() else { return nil }
    do throws(JSONReadError) {
      return try JSONReader.read(from: Array(text.utf8), location: location, refusesReadOnly: true, read)
    } catch {
      switch error {
      case .syntax(let error): record("malformed-json", "Must be JSON. \(error.description)")
      case .faults(let found):
        for var fault in found {
          fault.pointer = pointer + fault.pointer
          record(fault)
        }
      }
      return nil
    }
  }

  /// Reads a value of any kind, or of one of several kinds: a text that is a number or a boolean of JSON counts as such
  /// where that may be there, else as a string.
  public mutating func scalar<Value>(_ read: (inout JSONReader) -> Value?) -> Value? {
    guard let text = text() else { return nil }
    let isNumber = text.utf8.first.map { $0 == UInt8(ascii: "-") || $0 &- UInt8(ascii: "0") < 10 } ?? false
    if isNumber || text == "true" || text == "false",
      let value = try? JSONReader.read(from: Array(text.utf8), location: location, read)
    {
      return value
    }
    do throws(JSONReadError) {
      return try JSONReader.read(from: JSONWriter.write(text), location: location, read)
    } catch {
      if case .faults(let found) = error {
        for fault in found { record(fault.code, fault.detail) }
      }
      return nil
    }
  }

  // MARK: Cutting

  /// The one text; nil is a fault.
  mutating func text() -> String? {
    guard case .texts(let first, let rest, let style) = source, rest.isEmpty else {
      record("duplicate-\(location == .body ? "member" : "parameter")", "Must occur once.")
      return nil
    }
    let encoded: EncodedText? =
      switch style {
      case .label: dropping(".", from: first)
      case .matrix: dropping(";\(name)", from: first).flatMap { $0.text.isEmpty ? $0 : dropping("=", from: $0) }
      default: first
      }
    guard let encoded else { return nil }
    if let text = encoded.decoded { return text }
    record("encoding", encoded.coding == .plain ? "Must be UTF-8." : "Must be percent-encoded UTF-8.")
    return nil
  }

  /// The texts of an array's items; nil is a fault.
  private mutating func items() -> [EncodedText]? {
    guard case .texts(let first, let rest, let style) = source else { return nil }
    switch style {
    case .form(explode: true), .deepObject: return [first] + rest
    case .label(explode: true): return dropping(".", from: first).map { $0.split(at: UInt8(ascii: ".")) }
    case .matrix(explode: true):
      guard let pairs = dropping(";", from: first).flatMap({ pairs($0.split(at: UInt8(ascii: ";"))) }) else {
        return nil
      }
      if let stranger = pairs.first(where: { $0.name != name }) {
        record("style", "Has `\(stranger.name)` where `\(name)` should stand.")
        return nil
      }
      return pairs.map(\.value)
    default: return joined()
    }
  }

  /// The names and texts of an object's members; nil is a fault.
  private mutating func members() -> [FieldReader.Field]? {
    guard case .texts(let first, _, let style) = source else {
      if case .members(let members) = source { return members }
      return nil
    }
    switch style {
    case .simple(explode: true): return pairs(first.split(at: UInt8(ascii: ",")))
    case .label(explode: true): return dropping(".", from: first).flatMap { pairs($0.split(at: UInt8(ascii: "."))) }
    case .matrix(explode: true):
      return dropping(";", from: first).flatMap { pairs($0.split(at: UInt8(ascii: ";"))) }
    default:
      guard let parts = joined() else { return nil }
      guard parts.count.isMultiple(of: 2) else {
        record("style", "Must be names and values in turn.")
        return nil
      }
      return fields(stride(from: 0, to: parts.count, by: 2).map { (parts[$0], parts[$0 + 1]) })
    }
  }

  /// The parts of one text that holds them all.
  private mutating func joined() -> [EncodedText]? {
    guard case .texts(let first, let rest, let style) = source, rest.isEmpty else {
      record("duplicate-\(location == .body ? "member" : "parameter")", "Must occur once, with all that it holds.")
      return nil
    }
    switch style {
    case .spaceDelimited: return first.split(at: UInt8(ascii: " "), orEncoded: "20")
    case .pipeDelimited: return first.split(at: UInt8(ascii: "|"), orEncoded: "7C")
    case .label: return dropping(".", from: first)?.split(at: UInt8(ascii: ","))
    case .matrix: return dropping(";\(name)=", from: first)?.split(at: UInt8(ascii: ","))
    default: return first.split(at: UInt8(ascii: ","))
    }
  }

  /// Parts that are `name=value` each.
  private mutating func pairs(_ parts: [EncodedText]) -> [FieldReader.Field]? {
    let pairs = parts.compactMap(\.pair)
    if pairs.count == parts.count { return fields(pairs) }
    record("style", "Must be written as `name=value`.")
    return nil
  }

  private mutating func fields(_ pairs: [(name: EncodedText, value: EncodedText)]) -> [FieldReader.Field]? {
    let fields = pairs.compactMap { pair in
      pair.name.decoded.map { FieldReader.Field(name: $0, value: pair.value) }
    }
    if fields.count == pairs.count { return fields }
    record("encoding", "Has a name that is not percent-encoded UTF-8.")
    return nil
  }

  private mutating func dropping(_ prefix: String, from text: EncodedText) -> EncodedText? {
    if let rest = text.dropping(prefix) { return rest }
    record("style", "Must begin with `\(prefix)`.")
    return nil
  }
}

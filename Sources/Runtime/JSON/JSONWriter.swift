public import FoundationEssentials
public import Values

/// Writes JSON (RFC 8259) straight into bytes, without white space.
///
/// The caller keeps begin and end in pairs and names every value of an object; nothing is checked.
public struct JSONWriter: Sendable {
  /// What was written so far, in UTF-8.
  public private(set) var bytes: [UInt8] = []
  /// Whether a comma stands before the next member or item.
  private var isFollowing = false

  public init(capacity: Int = 256) {
    bytes.reserveCapacity(capacity)
  }

  /// The text of a value.
  public static func write(_ value: some JSONEncodable) -> [UInt8] {
    var json = JSONWriter()
    value.encode(to: &json)
    return json.bytes
  }

  public mutating func beginObject() {
    separate()
    bytes.append(UInt8(ascii: "{"))
    isFollowing = false
  }

  public mutating func endObject() {
    bytes.append(UInt8(ascii: "}"))
    isFollowing = true
  }

  public mutating func beginArray() {
    separate()
    bytes.append(UInt8(ascii: "["))
    isFollowing = false
  }

  public mutating func endArray() {
    bytes.append(UInt8(ascii: "]"))
    isFollowing = true
  }

  /// Writes a member's name, as it stands between the quotes: escaped where it must be.
  public mutating func name(_ name: StaticString) {
    bytes.append(upTo: name.utf8CodeUnitCount + 4) { output in
      if isFollowing { output.append(UInt8(ascii: ",")) }
      output.append(UInt8(ascii: "\""))
      name.withUTF8Buffer { output.append($0) }
      output.append(UInt8(ascii: "\""))
      output.append(UInt8(ascii: ":"))
    }
    isFollowing = false
  }

  /// Writes a member; nil as null.
  @inlinable
  public mutating func member(_ name: StaticString, _ value: some JSONEncodable) {
    self.name(name)
    value.encode(to: &self)
  }

  /// Writes a member, unless there is no value.
  @inlinable
  public mutating func member(_ name: StaticString, ifPresent value: (some JSONEncodable)?) {
    if let value { member(name, value) }
  }

  /// Writes a member, unless it is absent.
  @inlinable
  public mutating func member(_ name: StaticString, _ presence: Presence<some JSONEncodable>) {
    switch presence {
    case .absent: break
    case .null:
      self.name(name)
      null()
    case .value(let value): member(name, value)
    }
  }

  /// Writes a member whose name is known at run time only.
  public mutating func member(named name: String, _ value: some JSONEncodable) {
    self.value(name)
    bytes.append(UInt8(ascii: ":"))
    isFollowing = false
    value.encode(to: &self)
  }

  /// Writes members in the order of their names, without those that were written already.
  public mutating func members(_ members: [String: some JSONEncodable], besides names: StaticString...) {
    for (name, value) in members.sorted(by: { $0.key < $1.key }) {
      let isWritten = names.contains { known in known.withUTF8Buffer { $0.elementsEqual(name.utf8) } }
      if !isWritten { member(named: name, value) }
    }
  }

  public mutating func null() {
    raw("null")
  }

  public mutating func value(_ value: Bool) {
    raw(value ? "true" : "false")
  }

  public mutating func value(_ value: Int64) {
    bytes.append(upTo: 21) { output in
      if isFollowing { output.append(UInt8(ascii: ",")) }
      if value < 0 { output.append(UInt8(ascii: "-")) }
      output.append(digitsOf: value.magnitude)
    }
    isFollowing = true
  }

  /// Writes the shortest text that reads back as the same number; null when it is infinite or not a number, which JSON
  /// cannot say (ECMA-262's JSON.stringify does the same).
  public mutating func value(_ value: Double) {
    guard value.isFinite else { return null() }
    separate()
    isFollowing = true
    bytes.append(contentsOf: value.description.utf8)
  }

  public mutating func value(_ text: String) {
    var text = text
    text.withUTF8 { text in
      let plain = ByteScan.plainPrefix(text, from: 0)
      bytes.append(upTo: plain + 3) { output in
        if isFollowing { output.append(UInt8(ascii: ",")) }
        output.append(UInt8(ascii: "\""))
        output.append(UnsafeBufferPointer(rebasing: text[..<plain]))
        if plain == text.count { output.append(UInt8(ascii: "\"")) }
      }
      if plain < text.count {
        appendEscaped(text, from: plain)
        bytes.append(UInt8(ascii: "\""))
      }
    }
    isFollowing = true
  }

  public mutating func value(_ id: UUID) {
    quoted { id.appendCanonical(to: &$0) }
  }

  /// Writes bytes in base64.
  public mutating func value(_ data: Data) {
    value(data.base64EncodedString())
  }

  public mutating func value(_ moment: Timestamp) {
    quoted { moment.appendRFC3339(to: &$0) }
  }

  public mutating func value(_ date: CalendarDate) {
    quoted { date.appendISO8601(to: &$0) }
  }

  /// Writes a value that is JSON already, in UTF-8.
  public mutating func value(json: some Collection<UInt8>) {
    separate()
    isFollowing = true
    bytes.append(contentsOf: json)
  }

  private mutating func separate() {
    if isFollowing { bytes.append(UInt8(ascii: ",")) }
  }

  private mutating func raw(_ text: StaticString) {
    separate()
    isFollowing = true
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  private mutating func quoted(_ body: (inout [UInt8]) -> Void) {
    separate()
    isFollowing = true
    bytes.append(UInt8(ascii: "\""))
    body(&bytes)
    bytes.append(UInt8(ascii: "\""))
  }
}

extension JSONWriter {
  /// Appends text with the escapes that RFC 8259 §7 asks for, runs of plain bytes at once.
  ///
  /// - Parameter first: where the first byte stands that must be escaped.
  private mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>, from first: Int) {
    var index = first
    while index < text.count {
      appendEscape(text[index])
      let end = ByteScan.plainPrefix(text, from: index + 1)
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[index + 1..<end]))
      index = end
    }
  }

  private mutating func appendEscape(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    default:
      bytes.append(contentsOf: [UInt8(ascii: "u"), UInt8(ascii: "0"), UInt8(ascii: "0")])
      for digit in [byte >> 4, byte & 0xF] {
        bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit)
      }
    }
  }
}

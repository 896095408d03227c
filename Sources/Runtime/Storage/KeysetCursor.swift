import Values

/// A place in a sorted list as text for clients: opaque, and safe in a URL.
///
/// Version 1 is base64url (RFC 4648 §5) without padding of: the byte 1; four bytes of FNV-1a over the list's name and
/// all that follows; then each value's type and bytes. The sum is no secret; it keeps a cursor of another list, or one
/// that was cut or edited, from leading somewhere by accident.
public enum KeysetCursor {
  /// The text of a place.
  ///
  /// - Parameters:
  ///   - values: the row's values in the order by which the list is sorted.
  ///   - list: the name of the list, such as `messages.by_conversation`.
  public static func text<each Value: CursorValue>(of values: repeat each Value, in list: String) -> String {
    var content: [UInt8] = []
    repeat (each Value).append(each values, to: &content)
    return text(content, in: Array(list.utf8))
  }

  /// The values of a place; nil when the text was not made by ``text(of:in:)`` for this list and these types.
  public static func values<each Value: CursorValue>(
    of text: String, in list: String, as types: repeat (each Value).Type
  ) -> (repeat each Value)? {
    guard let content = content(of: text, in: Array(list.utf8)) else { return nil }
    var reader = Reader(content: content)
    guard let values = try? (repeat reader.read(each types)), reader.content.isEmpty else { return nil }
    return values
  }

  /// The bytes in base64url, behind the version and their sum.
  static func text(_ content: [UInt8], in list: [UInt8]) -> String {
    String(decoding: Base64URL.encode([version] + sum(of: content, in: list) + content), as: UTF8.self)
  }

  /// The bytes that ``text(_:in:)`` was given for the same list; nil for any other text.
  static func content(of text: String, in list: [UInt8]) -> ArraySlice<UInt8>? {
    guard let bytes = Base64URL.decode(text.utf8), bytes.count > 5, bytes[0] == version else { return nil }
    let content = bytes[5...]
    return sum(of: Array(content), in: list).elementsEqual(bytes[1..<5]) ? content : nil
  }

  private static let version: UInt8 = 1

  /// FNV-1a, 32 bits, most significant byte first.
  private static func sum(of content: [UInt8], in list: [UInt8]) -> [UInt8] {
    var hash: UInt32 = 2_166_136_261
    for byte in list { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    for byte in content { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    var bytes: [UInt8] = []
    bytes.append(bigEndian: hash)
    return bytes
  }

  private struct Reader {
    struct Malformed: Error {}

    var content: ArraySlice<UInt8>

    mutating func read<Value: CursorValue>(_ type: Value.Type) throws(Malformed) -> Value {
      guard let value = Value.take(from: &content) else { throw Malformed() }
      return value
    }
  }
}

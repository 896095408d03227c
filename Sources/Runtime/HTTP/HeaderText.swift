import JSON

/// Values as header fields say them.
enum HeaderText {
  /// The style `simple` (OpenAPI 3.1 §4.8.12); fields are not percent-encoded.
  static func simple(_ value: some JSONEncodable, explode: Bool) -> String {
    let json = JSONWriter.write(value)
    let isObject = json.first == UInt8(ascii: "{")
    guard isObject || json.first == UInt8(ascii: "[") else { return text(json[...]) }
    let parts = parts(of: json).map(text)
    guard isObject, explode else { return parts.joined(separator: ",") }
    return stride(from: 0, to: parts.count, by: 2).map { "\(parts[$0])=\(parts[$0 + 1])" }.joined(separator: ",")
  }

  static func json(_ value: some JSONEncodable) -> String {
    String(decoding: JSONWriter.write(value), as: UTF8.self)
  }

  /// The items of an array, or the names and values of an object in turn. They are cut out and not read: what was just
  /// written needs no check, and a reader has limits that a writer has not.
  private static func parts(of json: [UInt8]) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var start = 1
    var depth = 0
    var isText = false
    var isEscaped = false
    for (index, byte) in json.enumerated() {
      if isEscaped {
        isEscaped = false
        continue
      }
      switch byte {
      case UInt8(ascii: "\\"): isEscaped = true
      case UInt8(ascii: "\""): isText.toggle()
      case _ where isText: break
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth -= 1
        if depth == 0, start < index { parts.append(json[start..<index]) }
      case UInt8(ascii: ","), UInt8(ascii: ":"):
        guard depth == 1 else { break }
        parts.append(json[start..<index])
        start = index + 1
      default: break
      }
    }
    return parts
  }

  /// A text without its quotes, everything else as JSON.
  private static func text(_ json: ArraySlice<UInt8>) -> String {
    guard json.first == UInt8(ascii: "\"") else { return String(decoding: json, as: UTF8.self) }
    let isEscaped = json.contains(UInt8(ascii: "\\"))
    if isEscaped, let text = try? JSONReader.read(String.self, from: Array(json)) { return text }
    return String(decoding: json.dropFirst().dropLast(), as: UTF8.self)
  }
}

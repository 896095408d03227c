import JSON

/// Values as header fields say them.
enum HeaderText {
  /// The style `simple` (OpenAPI 3.1 §4.8.12); fields are not percent-encoded.
  static func simple(_ value: some JSONEncodable, explode: Bool) -> String {
    let bytes = JSONWriter.write(value)
    guard let json = try? JSONReader.read(JSONValue.self, from: bytes) else { return "" }
    switch json {
    case .array(let items): return items.map(text).joined(separator: ",")
    case .object(let object):
      return object.members.map { "\($0.name)\(explode ? "=" : ",")\(text($0.value))" }.joined(separator: ",")
    default: return text(json)
    }
  }

  static func json(_ value: some JSONEncodable) -> String {
    String(decoding: JSONWriter.write(value), as: UTF8.self)
  }

  private static func text(_ value: JSONValue) -> String {
    value.string ?? json(value)
  }
}

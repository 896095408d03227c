public import JSON

/// What a server answered.
public struct HTTPReply: Sendable {
  public var status: Int
  /// In the order sent.
  public var headers: [(name: String, value: String)]
  public var body: [UInt8]

  /// The value of a header, its name in any case; several are joined by commas.
  public func header(_ name: String) -> String? {
    let values = headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    return values.isEmpty ? nil : values.joined(separator: ", ")
  }

  public var text: String { String(decoding: body, as: UTF8.self) }

  /// The body as JSON.
  public var json: JSONValue {
    get throws { try JSONReader.read(JSONValue.self, from: body) }
  }
}

public import JSON

/// Sends requests to a server on this machine, each over a connection of its own. It sends what it is told and nothing
/// else, so that a test sees what the server makes of it.
public struct HTTPClient: Sendable {
  public enum Body: Sendable {
    case none
    case json(JSONValue)
    case form([(String, String)])
    case bytes([UInt8], type: String?)
  }

  public let port: Int
  /// The access token, if any.
  public var token: String?

  public init(port: Int, token: String? = nil) {
    self.port = port
    self.token = token
  }

  public func send(
    _ method: String, _ path: String, headers: [String: String] = [:], body: Body = .none
  ) async throws -> HTTPReply {
    let connection = try await begin(method, path, headers: headers, body: body)
    return try await connection.reply(to: method)
  }

  /// Sends a request and leaves its answer to the caller.
  public func begin(
    _ method: String, _ path: String, headers: [String: String] = [:], body: Body = .none
  ) async throws -> HTTPConnection {
    let connection = try await HTTPConnection(port: port)
    try await connection.write(request(method, path, headers: headers, body: body))
    return connection
  }

  /// Sends a request whose answer is a stream of events.
  public func events(
    _ method: String, _ path: String, headers: [String: String] = [:], body: Body = .none
  ) async throws -> EventConnection {
    let headers = headers.merging(["Accept": "text/event-stream"]) { $1 }
    return EventConnection(try await begin(method, path, headers: headers, body: body))
  }

  public func get(_ path: String, headers: [String: String] = [:]) async throws -> HTTPReply {
    try await send("GET", path, headers: headers)
  }

  public func post(_ path: String, _ body: JSONValue, headers: [String: String] = [:]) async throws -> HTTPReply {
    try await send("POST", path, headers: headers, body: .json(body))
  }

  private func request(_ method: String, _ path: String, headers: [String: String], body: Body) -> [UInt8] {
    var fields = ["Host": "localhost:\(port)", "Connection": "close"]
    if let token { fields["Authorization"] = "Bearer \(token)" }
    let (bytes, type) = body.encoded
    if let bytes { fields["Content-Length"] = String(bytes.count) }
    if let type { fields["Content-Type"] = type }
    for (name, value) in headers { fields[name] = value }
    let head = "\(method) \(path) HTTP/1.1\r\n" + fields.map { "\($0.key): \($0.value)\r\n" }.joined() + "\r\n"
    return Array(head.utf8) + (bytes ?? [])
  }
}

extension HTTPClient.Body {
  fileprivate var encoded: (bytes: [UInt8]?, type: String?) {
    switch self {
    case .none: (nil, nil)
    case .json(let value): (JSONWriter.write(value), "application/json")
    case .form(let pairs):
      (
        Array(pairs.map { "\($0.0.percentEncoded)=\($0.1.percentEncoded)" }.joined(separator: "&").utf8),
        "application/x-www-form-urlencoded"
      )
    case .bytes(let bytes, let type): (bytes, type)
    }
  }
}

extension String {
  /// Everything but the unreserved characters of RFC 3986 escaped.
  public var percentEncoded: String {
    utf8.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        String(UnicodeScalar(byte))
      default:
        "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }.joined()
  }
}

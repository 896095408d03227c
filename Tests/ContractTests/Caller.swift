import JSON
import TestSupport

/// Sends cases: gets the credentials and the live values that they name, each for its case alone, so that no case stands
/// on what another one did.
struct Caller {
  let client: HTTPClient
  let cases: [ContractCase]
  /// The case that makes the account which all others log in to.
  let account: ContractCase
  /// The id that every request carries.
  static let requestID = "contract-test-1"

  init(client: HTTPClient, cases: [ContractCase]) {
    self.client = client
    self.cases = cases
    account = cases[0]
  }

  /// Makes the account: the document's examples sign up and log in with the same words.
  func signUp(_ contract: Contract) async throws {
    guard account.operation == "signUp", account.expectation == .success else {
      throw Trouble("The first case makes no account: \(account.name)")
    }
    let failures = contract.failures(of: try await send(account), to: account)
    guard failures.isEmpty else { throw Trouble("\(account.name): \(failures.joined(separator: "; "))") }
  }

  /// - Parameter token: instead of the access token of a session that lives.
  func send(_ item: ContractCase, token: String? = nil) async throws -> HTTPReply {
    do { return try await reply(to: item, token: token) } catch { throw Trouble("\(item.name): \(error)") }
  }

  private func reply(to item: ContractCase, token given: String?) async throws -> HTTPReply {
    var headers = ["X-Request-Id": Self.requestID]
    switch item.credentials {
    case .none: break
    case .text(let text): headers["Authorization"] = text
    case .valid:
      let valid = if let given { given } else { try await token(for: item.operation) }
      headers["Authorization"] = "Bearer \(valid)"
    case .tampered: headers["Authorization"] = "Bearer \(Self.tampered(try await token()))"
    }
    for (name, value) in try await texts(item.value["header"]) { headers[name] = value }
    var path = item.path
    for (name, value) in try await texts(item.value["pathParameters"]) {
      path = path.replacing("{\(name)}", with: value.percentEncoded)
    }
    for member in item.value["segments"]?.object?.members ?? [] {
      path = path.replacing("{\(member.name)}", with: member.value.string ?? "")
    }
    let query = try await texts(item.value["query"])
    let pairs =
      query.map { "\($0.percentEncoded)=\($1.percentEncoded)" }
      + (item.value["pairs"]?.array ?? []).compactMap(\.string)
    if !pairs.isEmpty { path += "?" + pairs.joined(separator: "&") }
    let cookies = (item.value["cookies"]?.array ?? []).compactMap(\.string)
    if !cookies.isEmpty { headers["Cookie"] = cookies.joined(separator: "; ") }
    return try await client.send(item.method, path, headers: headers, body: try await body(item.value))
  }

  private func body(_ value: JSONValue) async throws -> HTTPClient.Body {
    let type = value["mediaType"]?.string
    if let text = value["text"]?.string { return .bytes(Array(text.utf8), type: type) }
    if let fields = value["fields"] {
      var parts = try await texts(fields).map { name, text in "; name=\"\(name)\"\r\n\r\n\(text)" }
      parts += (value["files"]?.array ?? []).map { "; name=\"\($0.string ?? "")\"; filename=\"file\"\r\n\r\nfile" }
      let body = parts.map { "--boundary\r\nContent-Disposition: form-data\($0)\r\n" }.joined() + "--boundary--\r\n"
      return .bytes(Array(body.utf8), type: "multipart/form-data; boundary=boundary")
    }
    if let form = value["form"] { return .form(try await texts(form)) }
    guard let json = value["json"] else { return .none }
    return .bytes(JSONWriter.write(try await resolved(json)), type: type)
  }

  // MARK: Live values

  /// The access token of a session that was logged out of.
  func endedToken() async throws -> String {
    let token = try await token()
    let reply = try await client.send("POST", "/auth/logout", headers: ["Authorization": "Bearer \(token)"])
    guard reply.status == 204 else { throw Trouble("logOut answered \(reply.status)") }
    return token
  }

  private func token(for operation: String) async throws -> String {
    try await Self.consuming.contains(operation) ? tokenOfItsOwn() : token()
  }

  /// Operations after which the account would not be what it was.
  private static let consuming: Set = ["changePassword", "deleteCurrentUser"]

  /// The access token of an account for one case alone, with the password of the others.
  private func tokenOfItsOwn() async throws -> String {
    let body: JSONValue = [
      "username": .string("own-\(UInt64.random(in: 0...UInt64.max))"),
      "password": account.value["json"]?["password"] ?? nil,
    ]
    _ = try await client.post("/auth/signup", body)
    let reply = try await client.post("/auth/login", body)
    guard let token = try reply.json["access_token"]?.string else {
      throw Trouble("no account of its own: \(reply.text)")
    }
    return token
  }

  private func token() async throws -> String {
    guard let token = try await live(operation: "logIn", pointer: "/access_token").string else {
      throw Trouble("logIn gave no token")
    }
    return token
  }

  /// Changes the payload and keeps the signature.
  private static func tampered(_ token: String) -> String {
    let parts = token.split(separator: ".").map(String.init)
    guard parts.count == 3, let last = parts[1].last else { return token + "x" }
    return [parts[0], parts[1].dropLast() + (last == "A" ? "B" : "A"), parts[2]].joined(separator: ".")
  }

  /// A value from the response of an operation's first case.
  private func live(operation: String, pointer: String) async throws -> JSONValue {
    guard let source = cases.first(where: { $0.operation == operation && $0.expectation == .success }) else {
      throw Trouble("No case of \(operation) succeeds")
    }
    let reply = try await send(source)
    var value = try reply.json
    for token in pointer.split(separator: "/") {
      guard let member = value[String(token)] else {
        throw Trouble("\(operation) answered \(reply.status) without \(pointer): \(reply.text)")
      }
      value = member
    }
    return value
  }

  private func texts(_ members: JSONValue?) async throws -> [(String, String)] {
    var pairs: [(String, String)] = []
    for member in members?.object?.members ?? [] {
      let value = try await resolved(member.value)
      for item in value.array ?? [value] {
        pairs.append((member.name, item.string ?? String(decoding: JSONWriter.write(item), as: UTF8.self)))
      }
    }
    return pairs
  }

  /// The value with `$live` and `$text` replaced by what they stand for.
  private func resolved(_ value: JSONValue) async throws -> JSONValue {
    if let source = value["$live"], let operation = source["operation"]?.string, let pointer = source["pointer"]?.string
    {
      return try await live(operation: operation, pointer: pointer)
    }
    if let parts = value["$text"]?.array {
      return .string(
        parts.map { part in
          part.string ?? String(repeating: part[0]?.string ?? "", count: Int(part[1]?.integer ?? 0))
        }.joined())
    }
    switch value {
    case .array(let items):
      var result: [JSONValue] = []
      for item in items { result.append(try await resolved(item)) }
      return .array(result)
    case .object(let object):
      var result: [(String, JSONValue)] = []
      for member in object.members { result.append((member.name, try await resolved(member.value))) }
      return .object(JSONObject(result))
    default: return value
    }
  }
}

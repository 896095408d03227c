public import HTTPTypes
public import JSON

/// A failed request, as RFC 9457 describes it.
public struct Problem: Error, Sendable {
  /// 400 to 599.
  public var status: Int
  /// Kebab-case and stable; the end of the problem's `type`.
  public var code: String
  public var title: String
  /// What to do about it, for people.
  public var detail: String
  /// Every fault of the request, when it is invalid.
  public var faults: [Fault]
  /// Extension members (RFC 9457 §3.2), such as `conversation_id`.
  public var members: [(String, JSONValue)]
  /// Header fields of the response, such as `Retry-After`.
  public var headers: HTTPFields

  /// What stands before the code in a problem's `type`.
  public static let typePrefix = "urn:parley:problem:"

  public init(
    status: Int, code: String, title: String, detail: String, faults: [Fault] = [],
    members: [(String, JSONValue)] = [], headers: HTTPFields = [:]
  ) {
    self.status = status
    self.code = code
    self.title = title
    self.detail = detail
    self.faults = faults
    self.members = members
    self.headers = headers
  }

  /// The problem as a response of type `application/problem+json`.
  public func response(requestID: String) -> Response {
    var json = JSONWriter()
    json.beginObject()
    json.member("type", Problem.typePrefix + code)
    json.member("title", title)
    json.member("status", status)
    json.member("detail", detail)
    json.member("code", code)
    json.member("request_id", requestID)
    if !faults.isEmpty { json.member("errors", faults) }
    for (name, value) in members { json.member(named: name, value) }
    json.endObject()
    var headers = headers
    headers[.cacheControl] = "no-store"
    // RFC 9110 §15.5.2: every 401 has a challenge.
    if status == 401, headers[.wwwAuthenticate] == nil { headers[.wwwAuthenticate] = "Bearer" }
    return Response(
      status: HTTPResponse.Status(code: status), contentType: "application/problem+json", bytes: json.bytes,
      headers: headers)
  }
}

extension Problem {
  /// The problem with another detail and further members, where they are given.
  public func with(detail: String?, members: [(String, JSONValue)] = []) -> Problem {
    var problem = self
    if let detail { problem.detail = detail }
    problem.members += members
    return problem
  }
}

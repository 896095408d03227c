public import HTTPTypes

/// What a generated router asks of a request.
extension Request {
  /// The method to route by: HEAD is answered as GET, without the body.
  public var routedMethod: HTTPRequest.Method {
    head.method == .head ? .get : head.method
  }

  /// Answers a method that no operation of the path has: OPTIONS with 204.
  ///
  /// - Parameter methods: what the path answers, such as `GET, HEAD, OPTIONS`.
  /// - Throws: 405 for every other method.
  public func unrouted(allow methods: String) throws -> Response {
    guard head.method == .options else { throw Problem.methodNotAllowed(allow: methods) }
    return Response(status: .noContent, headers: [.allow: methods])
  }

  /// Checks that the client takes one of the media types that the operation answers.
  ///
  /// - Throws: 406.
  public func accept(_ mediaTypes: String...) throws {
    let field = head.headerFields[.accept]
    guard field != nil, field != "*/*", !mediaTypes.contains(where: { MediaType.accepts(field, $0) }) else { return }
    throw Problem.notAcceptable(offered: mediaTypes.joined(separator: ", "))
  }

  /// The media type to answer with (RFC 9110 §12.5.1): the one that `Accept` gives the greatest weight; of several such,
  /// the one that it names most closely; of several such, the first case.
  ///
  /// - Throws: 406.
  public func negotiate<Choice: RawRepresentable & CaseIterable>(
    _ choices: Choice.Type
  ) throws -> Choice where Choice.RawValue == String {
    let field = head.headerFields[.accept]
    var best: (choice: Choice, preference: MediaType.Preference)?
    for choice in Choice.allCases {
      let preference = MediaType.preference(for: choice.rawValue, in: field)
      if preference.quality > 0, best.map({ $0.preference < preference }) ?? true { best = (choice, preference) }
    }
    if let best { return best.choice }
    throw Problem.notAcceptable(offered: Choice.allCases.map(\.rawValue).joined(separator: ", "))
  }
}

extension Authenticator {
  /// Who sends a request, by its `Authorization: Bearer` header (RFC 6750 §2.1).
  ///
  /// - Throws: 401, and what ``authenticate(bearer:)`` throws.
  public func principal(of request: Request) async throws -> Principal {
    guard let token = request.authorization("bearer"), let principal = try await authenticate(bearer: token) else {
      throw Problem.unauthorized
    }
    return principal
  }
}

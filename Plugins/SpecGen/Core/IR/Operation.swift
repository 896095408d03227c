/// One operation: a method of its tag's protocol, an `Input` and an `Output`.
struct Operation: Equatable, Sendable {
  enum Method: String, Equatable, Sendable, CaseIterable {
    case get, put, post, delete, options, head, patch, trace, query

    /// `GET`.
    var token: String { rawValue.uppercased() }
  }

  /// The `operationId`, which is the method's name: `signUp`.
  var id: String
  /// The namespace of its types: `SignUp`.
  var typeName: String
  var tag: String
  var method: Method
  /// As written: `/chat/history/{conversation_id}`.
  var path: String
  var segments: [PathSegment]
  var summary: String?
  var description: String?
  var isDeprecated = false
  /// `#/paths/~1auth~1signup/post`.
  var pointer = ""
  /// The alternatives of credentials; none for an operation that everybody may call.
  var security: [SecurityRequirement] = []
  /// Path, query and header parameters in the order of the document.
  var parameters: [Parameter] = []
  var body: RequestBody?
  /// The responses that the handler answers, in the order of the document; one of several media types stands here once
  /// for each, in the order of preference.
  var responses: [OperationResponse]
  /// The responses that are problems, those of the runtime (`default`, 401, 422 …) included.
  var problemResponses: [ProblemResponse] = []

  /// The codes that the handler itself may answer, in order, each once.
  var problemCodes: [String] {
    var codes: [String] = []
    for code in problemResponses.flatMap(\.codes) where !codes.contains(code) { codes.append(code) }
    return codes
  }
}

extension Operation {
  /// The contents among which a request chooses by its `Accept` field, in the order of preference; empty when there is
  /// nothing to choose.
  var choices: [OperationResponse.Content] {
    let responses = successes
    guard Set(responses.map(\.status)).count < responses.count else { return [] }
    var choices: [OperationResponse.Content] = []
    for content in responses.compactMap(\.content) where !choices.contains(where: { $0.mediaType == content.mediaType })
    {
      choices.append(content)
    }
    return choices
  }

  /// The responses of success; those of `default` where no other is one.
  var successes: [OperationResponse] {
    let successes = responses.filter { $0.status.isSuccess }
    return successes.isEmpty ? responses.filter { $0.status == .any } : successes
  }
}

/// A request and what must come of it. The tests read it as JSON.
///
/// Two kinds of objects in a request are not sent as they are: `{"$live": {"operation": …, "pointer": …}}` is a value from
/// that operation's response, and `{"$text": ["a", ["b", 3]]}` is the text `abbb`.
struct ContractCase {
  enum Body {
    case json(DocumentValue)
    case form(DocumentValue)
    case text(String)
    /// The fields, and the names of the files.
    case multipart([DocumentValue.Member], files: [String])
  }

  enum Credentials {
    case none
    /// Of a live session.
    case valid
    /// Of a live session, then changed.
    case tampered
    /// The whole value of `Authorization`.
    case text(String)
  }

  enum Expectation {
    /// A declared success.
    case success
    /// Anything declared but a refusal of the input or a failure of the server: the request keeps every constraint, though
    /// the state of the server may not allow it.
    case valid
    /// A problem with this status.
    case problem(status: Int)
    /// 422 with this fault among the others.
    case fault(location: String, pointer: String, code: String)
  }

  var name: String
  var operation: Operation
  /// Differs from the operation's own where no operation has it.
  var method: String
  var path: [DocumentValue.Member] = []
  var query: [DocumentValue.Member] = []
  var header: [DocumentValue.Member] = []
  /// What is sent as it is, percent-encoded already, by the parameter that it says: segments of the path, pairs of the
  /// query and of cookies, header fields.
  var written: [(parameter: Parameter, text: String)] = []
  var mediaType: String?
  var body: Body?
  var credentials: Credentials
  var expectation: Expectation

  init(_ operation: Operation, expectation: Expectation, name: String = "") {
    self.name = name
    self.operation = operation
    self.method = operation.method.token
    self.credentials = operation.isSecured ? .valid : .none
    self.expectation = expectation
  }

  var document: DocumentValue {
    var members: [DocumentValue.Member] = []
    func add(_ key: String, _ value: DocumentValue) { members.append(.init(key: key, value: value)) }
    add("name", .string(name))
    add("operation", .string(operation.id))
    add("method", .string(method))
    add("path", .string(operation.path))
    if !path.isEmpty { add("pathParameters", .object(path)) }
    if !query.isEmpty { add("query", .object(query)) }
    if !header.isEmpty { add("header", .object(header)) }
    func texts(_ location: Parameter.Location) -> [(parameter: Parameter, text: String)] {
      written.filter { $0.parameter.location == location }
    }
    if !texts(.path).isEmpty {
      add("segments", .object(texts(.path).map { .init(key: $0.parameter.name, value: .string($0.text)) }))
    }
    if !texts(.query).isEmpty { add("pairs", .array(texts(.query).map { .string($0.text) })) }
    if !texts(.cookie).isEmpty { add("cookies", .array(texts(.cookie).map { .string($0.text) })) }
    if let mediaType { add("mediaType", .string(mediaType)) }
    switch body {
    case .json(let value)?: add("json", value)
    case .form(let value)?: add("form", value)
    case .text(let text)?: add("text", .string(text))
    case .multipart(let fields, let files)?:
      add("fields", .object(fields))
      add("files", .array(files.map(DocumentValue.string)))
    case nil: break
    }
    switch credentials {
    case .none: break
    case .valid: add("credentials", .string("valid"))
    case .tampered: add("credentials", .string("tampered"))
    case .text(let text): add("authorization", .string(text))
    }
    switch expectation {
    case .success: add("expect", .string("success"))
    case .valid: add("expect", .string("valid"))
    case .problem(let status): add("status", .integer(Int64(status)))
    case .fault(let location, let pointer, let code):
      add("status", .integer(422))
      add(
        "fault",
        .object([
          .init(key: "in", value: .string(location)), .init(key: "pointer", value: .string(pointer)),
          .init(key: "code", value: .string(code)),
        ]))
    }
    return .object(members)
  }
}

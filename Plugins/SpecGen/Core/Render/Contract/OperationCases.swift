/// The cases of one operation.
struct OperationCases {
  private let operation: Operation
  private let api: API
  private let values: ExampleValues
  private let variants: Variants

  init(_ operation: Operation, in api: API) {
    self.operation = operation
    self.api = api
    values = ExampleValues(api) { source in
      .object([
        .init(
          key: "$live",
          value: .object([
            .init(key: "operation", value: .string(source.operation)),
            .init(key: "pointer", value: .string(source.pointer)),
          ]))
      ])
    }
    variants = Variants(values)
  }

  var all: [ContractCase] {
    examples + answers + minimal + bounds + credentials + bodyRefusals + parameterRefusals + protocolRefusals
  }

  // MARK: Requests that must be taken

  /// A request with every member and parameter that has an example.
  private func request(_ content: RequestBody.Content?, _ expectation: ContractCase.Expectation) -> ContractCase {
    var request = ContractCase(operation, expectation: expectation)
    for parameter in operation.parameters {
      let isShown = parameter.isRequired || parameter.example != nil || parameter.exampleSource != nil
      guard isShown else { continue }
      request.set(values.value(of: parameter), of: parameter)
    }
    if let content {
      request.set(values.value(of: content.type, example: content.example, for: .request), as: content)
    }
    return request
  }

  /// One request a media type.
  private var examples: [ContractCase] {
    guard let body = operation.body else {
      var request = request(nil, .success)
      request.name = "\(operation.id) answers as declared"
      return [request]
    }
    return body.content.map { content in
      var request = request(content, .success)
      request.name = "\(operation.id) takes \(content.mediaType)"
      return request
    }
  }

  /// One request for each media type that it can answer with but does not prefer.
  private var answers: [ContractCase] {
    operation.choices.dropFirst().map { content in
      var request = request(operation.body?.content.first, .success)
      request.header.append(.init(key: "Accept", value: .string(content.mediaType)))
      request.name = "\(operation.id) answers as \(content.mediaType)"
      return request
    }
  }

  /// Only what is required.
  private var minimal: [ContractCase] {
    guard let content = operation.body?.content.first, let object = values.object(content.type),
      object.properties.contains(where: { !$0.isRequired })
    else { return [] }
    var request = request(content, .valid)
    guard case .object(let members) = values.value(of: content.type, for: .request) else { return [] }
    let required = members.filter { member in object.properties.contains { $0.name == member.key && $0.isRequired } }
    request.set(.object(required), as: content)
    request.name = "\(operation.id) takes a body of what is required"
    return [request]
  }

  /// The longest, the shortest, the greatest and the least that is allowed.
  private var bounds: [ContractCase] {
    var cases: [ContractCase] = []
    for content in operation.body?.content ?? [] where content.encoding == .json {
      if content.isNullable {
        var request = request(content, .valid)
        request.body = .json(.null)
        request.name = "\(operation.id) takes null"
        cases.append(request)
      }
      for variant in variants.allowed(content.type) {
        var request = request(content, .valid)
        request.set(variant.value, as: content)
        request.name = "\(operation.id) takes \(variant.pointer): \(variant.code)"
        cases.append(request)
      }
    }
    for parameter in operation.parameters {
      for variant in variants.allowed(parameter.type)
      where variant.pointer.isEmpty && isWhole(variant.value, as: parameter) {
        var request = request(operation.body?.content.first, .valid)
        request.set(variant.value, of: parameter)
        request.name = "\(operation.id) takes \(parameter.location.rawValue) \(parameter.name): \(variant.code)"
        cases.append(request)
      }
    }
    return cases
  }

  // MARK: Requests that must be refused

  private var credentials: [ContractCase] {
    guard operation.isSecured else { return [] }
    let kinds: [(String, ContractCase.Credentials)] = [
      ("no credentials", .none), ("a tampered token", .tampered), ("no token", .text("Bearer not-a-token")),
      ("another scheme", .text("Basic YWRhOmFkYQ==")),
    ]
    return kinds.map { name, credentials in
      var request = request(operation.body?.content.first, .problem(status: 401))
      request.credentials = credentials
      request.name = "\(operation.id) refuses \(name)"
      return request
    }
  }

  private var bodyRefusals: [ContractCase] {
    (operation.body?.content ?? []).flatMap { content in
      return refused(content).map { variant in
        var request = request(
          content, .fault(location: "body", pointer: variant.pointer, code: variant.code))
        request.set(variant.value, as: content)
        let place = variant.pointer.isEmpty ? "the body" : variant.pointer
        let form = content.encoding == .form ? "the form's " : ""
        request.name = "\(operation.id) refuses \(form)\(place): \(variant.code)\(variant.note)"
        return request
      }
    }
  }

  private func refused(_ content: RequestBody.Content) -> [Variant] {
    switch content.encoding {
    case .json: return variants.refused(content.type)
    case .text: return variants.refusedText(content.type).filter { !$0.value.isMade }
    case .form: return content.fields.isEmpty ? variants.refusedForm(content.type) : []
    case .multipart(let form):
      let files = form.files.map { "/\($0.name.asPointerToken)" }
      return variants.refusedForm(content.type).filter { variant in
        content.fields.isEmpty && !files.contains { variant.pointer == $0 || variant.pointer.hasPrefix($0 + "/") }
      }
    case .binary: return []
    }
  }

  private var parameterRefusals: [ContractCase] {
    operation.parameters.flatMap { parameter -> [ContractCase] in
      let location = parameter.location.rawValue
      var refused =
        parameter.encoding == .json
        ? variants.refused(parameter.type).filter { !$0.value.isMade } : variants.refusedText(parameter.type)
      // An empty segment is another path, and a header without a value or with a NUL is no header.
      if parameter.location != .query { refused.removeAll { $0.value == .string("") } }
      if parameter.location == .path { refused.removeAll { !isWhole($0.value, as: parameter) } }
      if parameter.location == .header { refused.removeAll { $0.value.text?.contains("\0") == true } }
      var cases = refused.map { variant in
        var request = request(
          operation.body?.content.first,
          .fault(
            location: location, pointer: "/\(parameter.name.asPointerToken)\(variant.pointer)", code: variant.code))
        request.set(variant.value, of: parameter)
        request.name = "\(operation.id) refuses \(location) \(parameter.name): \(variant.code)\(variant.note)"
        return request
      }
      if parameter.isRequired, parameter.location != .path, values.object(parameter.type) == nil {
        var request = request(
          operation.body?.content.first,
          .fault(location: location, pointer: "/\(parameter.name.asPointerToken)", code: "required"))
        request.query.removeAll { parameter.location == .query && $0.key == parameter.name }
        request.header.removeAll { parameter.location == .header && $0.key == parameter.name }
        request.written.removeAll { $0.parameter == parameter }
        request.name = "\(operation.id) refuses \(location) \(parameter.name): required"
        cases.append(request)
      }
      return cases
    }
  }

  /// Whether a value can be told from what stands behind it in a path: it does not have the text that ends it.
  private func isWhole(_ value: DocumentValue, as parameter: Parameter) -> Bool {
    guard parameter.location == .path else { return true }
    return operation.segments.allSatisfy { segment in
      guard case .mixed(let template) = segment, template.parameters.contains(parameter.name) else { return true }
      let end = template.end(of: parameter.name)
      return end.isEmpty || !ParameterText(parameter: parameter).text(value).contains(end)
    }
  }

  /// What HTTP itself refuses: media types, methods and text that is no JSON.
  private var protocolRefusals: [ContractCase] {
    var cases: [ContractCase] = []
    func add(_ name: String, status: Int, _ change: (inout ContractCase) -> Void) {
      var request = request(operation.body?.content.first, .problem(status: status))
      change(&request)
      request.name = "\(operation.id) refuses \(name)"
      cases.append(request)
    }
    if let content = operation.body?.content.first {
      let types = operation.body?.content.map(\.mediaType) ?? []
      let others = ["text/plain", "image/x-other", "x-other/x-other"]
      if let other = others.first(where: { other in !types.contains { Self.includes($0, other) } }) {
        add("another media type", status: 415) { $0.mediaType = other }
      }
      if content.encoding == .json {
        for text in ["{\"", "", "{} {}", "\u{1}"] {
          add("malformed JSON: \(DocumentValue.string(text).json)", status: 400) { $0.body = .text(text) }
        }
      }
    }
    let answers = operation.successes.compactMap(\.content)
    if !answers.isEmpty, !answers.contains(where: { ["image/png", "image/*", "*/*"].contains($0.mediaType) }) {
      add("to answer as image/png", status: 406) { $0.header.append(.init(key: "Accept", value: .string("image/png"))) }
    }
    let siblings = api.operations.filter { $0.path == operation.path }
    if siblings.first?.id == operation.id,
      let other = ([.delete, .patch, .put, .post] as [Operation.Method]).first(where: { method in
        !siblings.contains { $0.method == method }
      })
    {
      add("\(other.token)", status: 405) { $0.method = other.token }
    }
    return cases + duplicateMember
  }

  /// The first member of the body, twice.
  private var duplicateMember: [ContractCase] {
    guard let content = operation.body?.content.first, content.encoding == .json,
      let first = values.object(content.type)?.properties.first(where: { !$0.isReadOnly })?.name
    else { return [] }
    let fault = ContractCase.Expectation.fault(
      location: "body", pointer: "/\(first.asPointerToken)", code: "duplicate-member")
    var request = request(content, fault)
    let member = DocumentValue.Member(key: first, value: .string("text"))
    request.body = .text(DocumentValue.object([member, member]).json)
    request.name = "\(operation.id) refuses /\(first): duplicate-member"
    return [request]
  }

  /// Whether a media range holds a media type.
  private static func includes(_ range: String, _ type: String) -> Bool {
    range == "*/*" || range == type || (range.hasSuffix("/*") && type.hasPrefix(range.dropLast()))
  }
}

extension DocumentValue {
  /// Whether a part of the value is only made when the case is sent.
  fileprivate var isMade: Bool {
    switch self {
    case .object(let members): members.contains { $0.key.hasPrefix("$") || $0.value.isMade }
    case .array(let items): items.contains(where: \.isMade)
    default: false
    }
  }
}

extension ContractCase {
  /// Makes a value the body.
  mutating func set(_ value: DocumentValue, as content: RequestBody.Content) {
    mediaType = content.mediaType
    switch content.encoding {
    case .json: body = .json(value)
    case .form: body = content.fields.isEmpty ? .form(value) : .text(Self.form(value, content.fields))
    case .text: body = .text(value.text ?? value.json)
    case .binary: body = .text(value.text ?? "")
    case .multipart(let form):
      var members: [DocumentValue.Member] = []
      if case .object(let object) = value { members = object }
      let files = form.files.map(\.name)
      body = .multipart(
        members.filter { !files.contains($0.key) },
        files: files.filter { name in members.contains { $0.key == name } })
    }
  }

  /// A form whose fields have encodings of their own.
  private static func form(_ value: DocumentValue, _ fields: [FormField]) -> String {
    guard case .object(let members) = value else { return "" }
    return members.flatMap { member -> [String] in
      let field = Parameter(
        name: member.key, swiftName: "", location: .query,
        encoding: fields.first { $0.name == member.key }?.encoding ?? Parameter.Location.query.defaultEncoding,
        type: .json, isRequired: false)
      let text = ParameterText(parameter: field)
      return text.pairs(member.value).map { "\(text.encoded($0.name))=\($0.text)" }
    }.joined(separator: "&")
  }

  /// Makes a value that of a parameter.
  mutating func set(_ value: DocumentValue, of parameter: Parameter) {
    let text = ParameterText(parameter: parameter)
    let member: DocumentValue.Member
    if parameter.isWritten {
      written.removeAll { $0.parameter == parameter }
      switch parameter.location {
      case .query, .cookie:
        written += text.pairs(value).map { (parameter, "\(text.encoded($0.name))=\($0.text)") }
        return
      case .path:
        written.append((parameter, text.text(value)))
        return
      case .header: member = .init(key: parameter.name, value: .string(text.text(value)))
      }
    } else {
      member = .init(key: parameter.name, value: value)
    }
    func put(_ members: inout [DocumentValue.Member]) {
      members.removeAll { $0.key == parameter.name }
      members.append(member)
    }
    switch parameter.location {
    case .path: put(&path)
    case .query: put(&query)
    case .header: put(&header)
    case .cookie: break
    }
  }
}

extension Parameter {
  /// Whether the text of a value is more than the value itself, so that it is written when the case is.
  fileprivate var isWritten: Bool {
    if encoding != location.defaultEncoding || location == .cookie { return true }
    switch type {
    case .array: return location != .query
    case .map, .json, .ruled: return true
    default: return false
    }
  }
}

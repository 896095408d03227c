/// Renders `Operations+HTTP.swift`: from the request of an operation to the handler's method and back.
struct DispatchRenderer {
  let api: API
  /// Of the whole API, and not of the part that is written here.
  let authentication: API.Authentication
  let types: TypeTable
  let expression: ReadExpression

  func file(_ number: String) -> GeneratedFile {
    var writer = SourceWriter()
    writer.line(SwiftSyntax.header)
    writer.line()
    for module in ["FoundationEssentials", "HTTP", "HTTPTypes", "JSON", "Values"] { writer.line("import \(module)") }
    let operations = api.operationsByTag
    for tag in api.tags {
      writer.line()
      write(tag, operations[tag.name] ?? [], to: &writer)
    }
    for operation in api.operations { writeForms(of: operation, to: &writer) }
    return GeneratedFile(name: "Operations\(number)+HTTP.swift", text: writer.text)
  }

  private func write(_ tag: Tag, _ operations: [Operation], to writer: inout SourceWriter) {
    writer.block("extension Router.Operation") { writer in
      writer.doc(["The operations of the tag `\(tag.name)`."])
      writer.block("enum \(SwiftSyntax.identifier(tag.operationsName)): String") { writer in
        for operation in operations { writer.line("case \(SwiftSyntax.identifier(operation.id))") }
      }
    }
    writer.line()
    writer.block("extension Router") { writer in
      writer.line("func answer(")
      let type = "Operation.\(SwiftSyntax.member(tag.operationsName))"
      writer.indented { $0.line("_ operation: \(type), _ request: Request, _ path: Path") }
      writer.block(") async throws -> Response") { writer in
        writer.line("switch operation {")
        for operation in operations {
          let call = "\(SwiftSyntax.identifier(operation.id))(request, path)"
          writer.line("case .\(SwiftSyntax.member(operation.id)): try await \(call)")
        }
        writer.line("}")
      }
      for operation in operations {
        writer.line()
        OperationMethod(
          operation: operation, tag: tag, authentication: authentication, keys: api.queryKeys(of: operation),
          types: types, expression: expression
        ).write(to: &writer)
      }
    }
  }

  /// Writes how the operation reads forms that are its own.
  private func writeForms(of operation: Operation, to writer: inout SourceWriter) {
    for content in operation.body?.content ?? [] {
      if case .multipart(let form) = content.encoding {
        writer.line()
        FormRenderer(
          object: form.object, name: content.swiftType(in: operation), types: types, expression: expression,
          fields: content.fields, files: form.filesName
        ).writeExtension(function: "decode", to: &writer)
      } else if content.encoding == .form, !content.fields.isEmpty, case .named(let name) = content.type,
        case .object(let object)? = types[name]
      {
        writer.line()
        FormRenderer(object: object, name: name, types: types, expression: expression, fields: content.fields)
          .writeExtension(function: operation.formFunction, to: &writer)
      }
    }
  }
}

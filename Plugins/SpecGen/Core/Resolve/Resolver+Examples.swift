extension Resolver {
  /// Defaults and examples must be values of their schemas, and `x-example-from` must name one.
  ///
  /// - Parameter outgoing: the requests that the server sends; no example is taken from their answers.
  mutating func checkExamples(_ operations: [ResolvedOperation], _ outgoing: [ResolvedOperation]) {
    let byName = Dictionary(operations.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var seen: Set<String> = []
    for declaration in schemas { checkExamples(declaration.schema, byName) }
    for operation in operations + outgoing {
      for parameter in operation.parameters where seen.insert(parameter.source.pointer).inserted {
        checkExamples(parameter.schema, byName)
        for example in parameter.source.examples { check(example, is: parameter.schema, .invalidExample) }
        if let source = parameter.source.exampleSource { check(source, byName) }
      }
      for content in operation.body?.content ?? [] { checkExamples(content.schema, byName) }
      for response in operation.responses {
        for schema in response.contents.compactMap(\.schema) { checkExamples(schema, byName) }
        for header in response.headers { checkExamples(header.schema, byName) }
      }
    }
  }

  private mutating func checkExamples(_ schema: ResolvedSchema, _ operations: [String: ResolvedOperation]) {
    if let value = schema.defaultValue { check(value, is: schema, .invalidDefault) }
    for example in schema.examples { check(example, is: schema, .invalidExample) }
    if let source = schema.exampleSource { check(source, operations) }
    switch schema.kind {
    case .object(let object):
      for property in object.properties { checkExamples(property.schema, operations) }
      if let others = object.otherMembers { checkExamples(others.schema, operations) }
    case .choice(let choice): for element in choice.cases { checkExamples(element.schema, operations) }
    case .array(let item, _): checkExamples(item, operations)
    case .map(let value, _): checkExamples(value, operations)
    default: break
    }
  }

  mutating func check(_ value: Located<DocumentValue>, is schema: ResolvedSchema, _ code: DiagnosticCode) {
    let what = code == .invalidDefault ? "the default" : "the example"
    if let fault = ValueCheck(resolver: self).fault(value.value, schema) {
      diagnostics.error(code, at: value.place, "\(what) \(fault); correct it or the schema")
    } else if code == .invalidDefault, let name = unwritable(value.value, schema) {
      diagnostics.error(
        code, at: value.place,
        "the default has a member \"\(name)\", for which the schema has no property; add it there or remove it here")
    }
  }

  /// A member of a default for which no struct has a property; nil when generated code can write it all.
  private func unwritable(_ value: DocumentValue, _ schema: ResolvedSchema) -> String? {
    guard let target = target(of: schema) else { return nil }
    switch (target.kind, value) {
    case (.object(let object), .object(let members)):
      for member in members {
        if let property = object.properties.first(where: { $0.name.value == member.key }) {
          if let name = unwritable(member.value, property.schema) { return name }
        } else if object.otherMembers == nil {
          return member.key
        }
      }
      return nil
    case (.array(let item, _), .array(let items)): return items.lazy.compactMap { unwritable($0, item) }.first
    case (.map(let item, _), .object(let members)):
      return members.lazy.compactMap { unwritable($0.value, item) }.first
    default: return nil
    }
  }

  /// A default that stands in the database too.
  mutating func checkDefault(ofColumn column: ResolvedColumn) {
    guard let target = target(of: column.schema), let value = column.schema.defaultValue ?? target.defaultValue,
      value.value != .null
    else { return }
    switch target.kind {
    case .string, .constant, .integer, .number, .boolean, .enumeration: return
    case .literal(let values) where LiteralType(values) != .any: return
    default:
      diagnostics.error(
        .unsupportedSchema, at: value.place,
        "a default of this type is not supported by SpecGen for a column; remove it, and let the handler decide")
    }
  }

  private mutating func check(_ source: OpenAPI.ExampleSource, _ operations: [String: ResolvedOperation]) {
    if document.leftOut.contains(source.operation.value) { return }
    guard let operation = operations[source.operation.value] else {
      let known = operations.keys.sorted()
      // An operation that exists but has errors of its own is told about there.
      if !document.paths.flatMap(\.operations).contains(where: { $0.id?.value == source.operation.value }) {
        diagnostics.error(
          .unknownOperation, at: source.operation.place,
          "there is no operation \"\(source.operation.value)\""
            + Suggestion.text(
              for: source.operation.value, among: known, else: "; write an \"operationId\" of this document"))
      }
      return
    }
    guard var schema = operation.responses.first(where: \.status.isSuccess)?.contents.first?.schema else {
      diagnostics.error(
        .unknownOperation, at: source.operation.place,
        "the operation \"\(operation.name)\" answers nothing that an example could be taken from; name another one")
      return
    }
    for token in source.pointer.value.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
      guard let next = target(of: schema) else { return }
      switch next.kind {
      case .object(let object):
        guard let property = object.properties.first(where: { $0.name.value == token }) else {
          diagnostics.error(
            .unknownProperty, at: source.pointer.place,
            "the response of \"\(operation.name)\" has no \"\(token)\""
              + Suggestion.text(
                for: String(token), among: object.properties.map(\.name.value), else: "; name one of its properties"))
          return
        }
        schema = property.schema
      case .array(let item, _) where Int(token) != nil: schema = item
      default:
        diagnostics.error(
          .unknownProperty, at: source.pointer.place,
          "the response of \"\(operation.name)\" has no \"\(token)\" at this depth; shorten the pointer")
        return
      }
    }
  }
}

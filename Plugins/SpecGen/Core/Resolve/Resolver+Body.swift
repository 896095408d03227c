extension Resolver {
  mutating func body(of operation: OpenAPI.Operation, _ typeName: String) -> ResolvedBody? {
    guard let requestBody = operation.requestBody,
      let body = follow(requestBody, "requestBodies", document.components.requestBodies)
    else { return nil }
    switch operation.method {
    case .get, .head, .trace:
      diagnostics.error(
        .unsupportedValue, at: body.place,
        "a body of a \(operation.method.token) request has no meaning (RFC 9110 §9.3), and browsers send none; use parameters, or POST"
      )
    case .delete, .options:
      diagnostics.warning(
        .unsupportedValue, at: body.place,
        "a body of a \(operation.method.token) request has no meaning that all agree on (RFC 9110 §9.3), so that something on its way may drop it; better use parameters, or POST"
      )
    default: break
    }
    if body.content.isEmpty {
      diagnostics.error(
        .missingKey, at: body.place, "\"content\" needs at least one media type, such as \"application/json\"")
    }
    var names = NameScope("the media types of this body")
    let content = body.content.compactMap { media -> ResolvedContent? in
      let caseName = caseName(media.name, &names)
      guard var content = self.content(media, caseName, typeName) else { return nil }
      content.caseName = caseName
      return content
    }
    return ResolvedBody(isRequired: body.isRequired, description: body.description, content: content)
  }

  /// What a body holds in one media type.
  private mutating func content(
    _ media: OpenAPI.MediaType, _ caseName: String, _ typeName: String
  ) -> ResolvedContent? {
    let name = MediaTypeName(media.name.value)
    let encoding: ResolvedContent.Encoding
    let suffix: String
    switch (name.type, name.subtype) {
    case _ where !name.isOfKnownType:
      unsupported(
        media, "a request", ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"])
      return nil
    case _ where name.isJSON: (encoding, suffix) = (.json, "Body")
    case ("application", "x-www-form-urlencoded"): (encoding, suffix) = (.form, "Form")
    case ("multipart", "form-data"): (encoding, suffix) = (.multipart([]), "Form")
    case ("text", _): (encoding, suffix) = (.text, "Text")
    default: (encoding, suffix) = (.binary(maxBytes: nil), "Bytes")
    }
    let schema: ResolvedSchema
    if media.schema == nil {
      schema = ResolvedSchema(place: media.name.place, pointer: "", kind: encoding == .json ? .json : .string(.init()))
    } else {
      guard
        let resolved = self.schema(
          of: media, firstFreeOf: [typeName, typeName + (SwiftName.upperCamel(caseName) ?? "")].map { $0 + suffix })
      else { return nil }
      schema = resolved
    }
    var content = ResolvedContent(
      mediaType: media.name.value, encoding: encoding, caseName: "", schema: schema,
      example: media.examples.first?.value)
    check(&content, media)
    return content
  }

  /// Checks that the schema is one of the media type, and completes what the schema says of it.
  private mutating func check(_ content: inout ResolvedContent, _ media: OpenAPI.MediaType) {
    guard let target = target(of: content.schema) else { return }
    var isFitting = true
    switch content.encoding {
    case .json: checkRequest(content.schema, media)
    case .form, .multipart:
      guard isForm(target, content.encoding, media) else { return }
      checkRequest(content.schema, media)
      fields(&content, target, media)
    case .text: isFitting = isText(target)
    case .binary:
      let bytes = self.bytes(target)
      isFitting = bytes != nil
      content.encoding = .binary(maxBytes: bytes?.maxBytes)
    }
    if !isFitting {
      tellUnread(media, content.encoding == .text ? "text" : "bytes")
      content.schema = ResolvedSchema(place: content.schema.place, pointer: "", kind: .string(.init()))
    }
    if !media.encodings.isEmpty, content.encoding != .form {
      if case .multipart = content.encoding { return }
      diagnostics.error(
        .formEncoding, at: media.encodings[0].name.place,
        "\"encoding\" is for the fields of forms (OpenAPI 3.1 §4.8.14.1), and \"\(media.name.value)\" is none; remove it"
      )
    }
  }

  /// The name of a media type's case, after what a person would call it.
  private mutating func caseName(_ name: Located<String>, _ names: inout NameScope) -> String {
    let media = MediaTypeName(name.value)
    let short =
      switch (media.type, media.subtype) {
      case ("application", "x-www-form-urlencoded"): "form"
      case ("multipart", "form-data"): "multipart"
      case ("application", "octet-stream"): "binary"
      default: media.swiftName
      }
    let swiftName = names.takes(short) ? short : media.longSwiftName
    names.take(swiftName, for: name, &diagnostics)
    return swiftName
  }

  /// A request cannot leave out what is required, and cannot hold what is read only.
  private mutating func checkRequest(_ schema: ResolvedSchema, _ media: OpenAPI.MediaType) {
    if isOutgoing { return }
    var pending = [schema]
    var seen: Set<String> = []
    while let schema = pending.popLast() {
      switch schema.kind {
      case .reference(let name):
        if seen.insert(name).inserted, let declaration = declarationIndex[name] { pending.append(declaration.schema) }
      case .array(let item, _): pending.append(item)
      case .map(let value, _): pending.append(value)
      case .choice(let choice): pending += choice.cases.map(\.schema)
      case .object(let object):
        for property in object.properties {
          pending.append(property.schema)
          guard property.isRequired, property.schema.isReadOnly,
            !diagnostics.contains(where: { $0.code == .contradiction && $0.place == property.name.place })
          else { continue }
          diagnostics.error(
            .contradiction, at: property.name.place,
            "a request cannot have \"\(property.name.value)\", which is \"readOnly\", and cannot leave it out, since it is required; take it out of \"required\" or give requests a schema of their own",
            notes: [.init(place: media.name.place, message: "requests have this schema here")])
        }
      default: break
      }
    }
  }
}

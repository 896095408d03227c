extension Resolver {
  /// Whether a schema is that of a form; false after an error.
  mutating func isForm(
    _ target: ResolvedSchema, _ encoding: ResolvedContent.Encoding, _ media: OpenAPI.MediaType
  ) -> Bool {
    switch target.kind {
    case .object: return true
    case .map(let value, let constraints)
    where encoding == .form && isScalar(value) && !isNullable(value) && !constraints.valuesAreNullable:
      return true
    default:
      diagnostics.error(
        .unsupportedSchema, at: media.schema?.place ?? media.name.place,
        "a form is an object with properties\(encoding == .form ? ", or a map of texts" : ""); write one")
      return false
    }
  }

  /// Which properties are files, and which are not written as is usual.
  mutating func fields(_ content: inout ResolvedContent, _ target: ResolvedSchema, _ media: OpenAPI.MediaType) {
    var properties: [ResolvedSchema.Property] = []
    if case .object(let object) = target.kind { properties = object.properties }
    for encoding in media.encodings where !properties.contains(where: { $0.name.value == encoding.name.value }) {
      diagnostics.error(
        .unknownProperty, at: encoding.name.place,
        "the form has no property \"\(encoding.name.value)\""
          + Suggestion.text(
            for: encoding.name.value, among: properties.map(\.name.value), else: "; remove its encoding"))
    }
    var files: [FormFile] = []
    for property in properties {
      let encoding = media.encodings.first { $0.name.value == property.name.value }
      if case .multipart = content.encoding, let file = file(property, encoding?.value) {
        files.append(file)
      } else if let encoding, let field = field(property, encoding.value) {
        content.fields.append(
          FormField(name: property.name.value, encoding: field, allowsReserved: encoding.value.allowsReserved))
      }
    }
    if case .multipart = content.encoding { content.encoding = .multipart(files) }
  }

  /// The property as a file; nil for a field.
  private mutating func file(_ property: ResolvedSchema.Property, _ encoding: OpenAPI.Encoding?) -> FormFile? {
    guard let target = target(of: property.schema) else { return nil }
    var item = target
    var items: ArrayConstraints?
    if case .array(let inner, let constraints) = target.kind {
      guard let inner = self.target(of: inner) else { return nil }
      (item, items) = (inner, constraints)
    }
    let mediaTypes = (encoding?.contentType?.value ?? "").split(separator: ",").map(\.trimmed)
    guard let bytes = bytes(item) else { return nil }
    if case .string(let constraints) = item.kind, constraints.format != .binary {
      // A text with the media type of something else is a file as well.
      guard let first = mediaTypes.first, !MediaTypeName(first).isJSON, MediaTypeName(first).type != "text" else {
        return nil
      }
    }
    return FormFile(
      name: property.name.value, swiftName: property.swiftName,
      minItems: property.isRequired && !isNullable(property.schema) ? max(items?.minItems ?? 1, 1) : 0,
      maxItems: items == nil ? 1 : items?.maxItems, maxBytes: bytes.maxBytes, mediaTypes: mediaTypes,
      description: property.schema.description ?? target.description)
  }

  /// A value of bytes.
  struct Bytes {
    var maxBytes: Int?
  }

  /// The schema as that of bytes: a string, or anything; nil for what is something else.
  func bytes(_ target: ResolvedSchema) -> Bytes? {
    switch target.kind {
    case .json: return Bytes(maxBytes: nil)
    // OpenAPI 3.1 §4.8.14.2: the length of a binary string is that of its bytes.
    case .string(let constraints): return Bytes(maxBytes: constraints.maxBytes ?? constraints.maxLength)
    default: return nil
    }
  }

  /// How a field is written that has an encoding; nil where that is as usual, or after an error.
  private mutating func field(
    _ property: ResolvedSchema.Property, _ encoding: OpenAPI.Encoding
  ) -> Parameter.Encoding? {
    guard let target = target(of: property.schema) else { return nil }
    if encoding.style != nil || encoding.explode != nil || encoding.allowsReserved {
      let style = encoding.style?.value ?? .form
      let explode = encoding.explode ?? (style == .form)
      guard fits(target, style, explode: explode, style: encoding.style?.place ?? encoding.place, isCookie: false)
      else {
        diagnostics.error(
          .formEncoding, at: encoding.place,
          "the text of a style has no place for what is within \"\(property.name.value)\"; write \"contentType: application/json\""
        )
        return nil
      }
      return Self.encoding(style, explode: explode)
    }
    guard let contentType = encoding.contentType else { return nil }
    if MediaTypeName(contentType.value).isJSON { return .json }
    if MediaTypeName(contentType.value).type == "text", isScalar(target) || isScalarArray(property.schema) {
      return nil
    }
    diagnostics.error(
      .formEncoding, at: contentType.place,
      "\"\(contentType.value)\" is not supported by SpecGen for a field; write \"application/json\", \"text/plain\" for a text, or make it a file: \"{type: string, format: binary}\" in \"multipart/form-data\""
    )
    return nil
  }
}

/// Reads the keywords of a string.
struct StringReading {
  let schema: OpenAPI.Schema

  private static let formats = StringConstraints.Format.allCases.map(\.rawValue)

  func kind(_ resolver: inout Resolver) -> ResolvedSchema.Kind? {
    resolver.checkOrder(schema.minLength, schema.maxLength, "minLength", "maxLength")
    resolver.checkOrder(schema.minLength, schema.maxBytes, "minLength", "x-max-bytes")
    if let pattern = schema.pattern { resolver.checkPattern(pattern) }
    if isBytes(&resolver) { return .bytes }
    switch schema.format?.value {
    case "uuid" where isBare: return .uuid
    case "date-time" where isBare: return .timestamp
    case "date" where isBare: return .date
    case let name?:
      guard let format = StringConstraints.Format(rawValue: name) else {
        resolver.diagnostics.warning(
          .unsupportedValue, at: schema.format?.place ?? schema.place,
          "the format \"\(name)\" of a string is not known, so that any string has it"
            + Suggestion.text(
              for: name, among: Self.formats,
              else: "; use \(Self.formats.map { "\"\($0)\"" }.joined(separator: ", ")), or a \"pattern\""))
        return .string(constraints(nil))
      }
      return .string(constraints(format))
    case nil: return .string(constraints(isBinary ? .binary : nil))
    }
  }

  /// Whether the string is base64 and nothing else is said of its text, so that its bytes are the value.
  private func isBytes(_ resolver: inout Resolver) -> Bool {
    if let encoding = schema.contentEncoding, encoding != "base64" {
      resolver.diagnostics.note(
        .unsupportedValue, at: schema.keys["contentEncoding"] ?? schema.place,
        "text in \"\(encoding)\" stays text; only \"base64\" is read and written as bytes")
      return false
    }
    let isBase64 = schema.format?.value == "byte" || (schema.contentEncoding != nil && schema.format == nil)
    return isBase64 && isBare
  }

  /// Whether nothing is said of the text, so that its format may be a Swift type of its own.
  private var isBare: Bool {
    !["minLength", "maxLength", "pattern", "x-max-bytes"].contains { schema.keys[$0] != nil }
  }

  /// Whether the media type is neither text nor JSON, so that the value is bytes (OpenAPI 3.1 §4.8.14.2).
  private var isBinary: Bool {
    guard schema.contentEncoding == nil, let media = schema.contentMediaType.map({ MediaTypeName($0.value) })
    else { return false }
    return !media.isJSON && media.type != "text"
  }

  private func constraints(_ format: StringConstraints.Format?) -> StringConstraints {
    StringConstraints(
      minLength: schema.minLength?.value, maxLength: schema.maxLength?.value, maxBytes: schema.maxBytes?.value,
      pattern: schema.pattern?.value, format: format)
  }
}

/// Reads the keywords of an integer or a number.
struct NumberReading {
  let schema: OpenAPI.Schema

  func integer(_ resolver: inout Resolver) -> ResolvedSchema.Kind? {
    checkFormat(["int32", "int64"], &resolver)
    var constraints = IntegerConstraints()
    let isInt32 = schema.format?.value == "int32"
    let lower = [
      schema.minimum.flatMap { bound($0, .up, isLower: true, &resolver) },
      schema.exclusiveMinimum.flatMap { bound($0, .down, isLower: true, &resolver) }.map { $0 == .max ? $0 : $0 + 1 },
      isInt32 ? Int64(Int32.min) : nil,
    ]
    let upper = [
      schema.maximum.flatMap { bound($0, .down, isLower: false, &resolver) },
      schema.exclusiveMaximum.flatMap { bound($0, .up, isLower: false, &resolver) }.map { $0 == .min ? $0 : $0 - 1 },
      isInt32 ? Int64(Int32.max) : nil,
    ]
    constraints.minimum = lower.compactMap(\.self).max()
    constraints.maximum = upper.compactMap(\.self).min()
    if let factor = schema.multipleOf {
      guard case .integer(let value) = factor.value, value > 0 else {
        resolver.diagnostics.error(
          .invalidValue, at: factor.place, "\"multipleOf\" of an integer must be a whole number greater than 0")
        return nil
      }
      constraints.multipleOf = value
    }
    if let minimum = constraints.minimum, let maximum = constraints.maximum, minimum > maximum {
      emptyRange(&resolver)
    }
    return .integer(constraints)
  }

  func number(_ resolver: inout Resolver) -> ResolvedSchema.Kind? {
    checkFormat(["double", "float"], &resolver)
    let constraints = NumberConstraints(
      minimum: schema.minimum?.value.double, maximum: schema.maximum?.value.double,
      exclusiveMinimum: schema.exclusiveMinimum?.value.double,
      exclusiveMaximum: schema.exclusiveMaximum?.value.double, multipleOf: schema.multipleOf?.value.double)
    if let factor = schema.multipleOf, (factor.value.double ?? 0) <= 0 {
      resolver.diagnostics.error(.invalidValue, at: factor.place, "\"multipleOf\" must be greater than 0")
    }
    let lower = max(constraints.minimum ?? -.infinity, constraints.exclusiveMinimum ?? -.infinity)
    let upper = min(constraints.maximum ?? .infinity, constraints.exclusiveMaximum ?? .infinity)
    let isOpen = lower == constraints.exclusiveMinimum || upper == constraints.exclusiveMaximum
    if lower > upper || (lower == upper && isOpen) { emptyRange(&resolver) }
    return .number(constraints)
  }

  private func bound(
    _ value: Located<DocumentValue>, _ rule: FloatingPointRoundingRule, isLower: Bool, _ resolver: inout Resolver
  ) -> Int64? {
    if case .integer(let bound) = value.value { return bound }
    let number = value.value.double ?? .nan
    if let bound = Int64(exactly: number.rounded(rule)) { return bound }
    if isLower ? number < 0 : number > 0 {
      resolver.diagnostics.note(
        .unsupportedValue, at: value.place,
        "an integer here has 64 bits, so that every one of them keeps this bound; remove it, or use \"type: number\"")
      return nil
    }
    resolver.diagnostics.error(
      .invalidValue, at: value.place, "no integer of 64 bits is within this bound; correct or remove it")
    return nil
  }

  private func checkFormat(_ formats: [String], _ resolver: inout Resolver) {
    guard let format = schema.format, !formats.contains(format.value) else { return }
    resolver.diagnostics.warning(
      .unsupportedValue, at: format.place,
      "the format \"\(format.value)\" of a number is not known, so that any number has it"
        + Suggestion.text(
          for: format.value, among: formats, else: "; use \(formats.map { "\"\($0)\"" }.joined(separator: " or "))"))
  }

  private func emptyRange(_ resolver: inout Resolver) {
    let keys = ["minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"]
    let place = keys.compactMap { schema.keys[$0] }.max { $0.start < $1.start } ?? schema.place
    resolver.diagnostics.error(
      .contradiction, at: place, "no number is within these bounds; the lower one must not be above the upper one")
  }
}

extension Resolver {
  /// A minimum above its maximum leaves no value.
  mutating func checkOrder(_ low: Located<Int>?, _ high: Located<Int>?, _ lowKey: String, _ highKey: String) {
    guard let low, let high, low.value > high.value else { return }
    let (first, second) = low.place.start < high.place.start ? (low, high) : (high, low)
    diagnostics.error(
      .contradiction, at: second.place,
      "\"\(lowKey)\" (\(low.value)) is above \"\(highKey)\" (\(high.value)), so no value fits; correct one of the two",
      notes: [.init(place: first.place, message: "the other one is here")])
  }

  mutating func checkPattern(_ pattern: Located<String>) {
    if let reason = PatternSyntax.check(pattern.value) {
      diagnostics.error(.invalidPattern, at: pattern.place, "the pattern cannot be used: \(reason); correct it")
    } else if let reason = PatternSyntax.doubt(pattern.value) {
      diagnostics.warning(.invalidPattern, at: pattern.place, reason)
    }
  }
}

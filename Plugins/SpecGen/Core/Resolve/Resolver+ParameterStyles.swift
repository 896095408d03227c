extension Resolver {
  /// How the value of a parameter becomes text.
  func encoding(of parameter: OpenAPI.Parameter) -> Parameter.Encoding {
    if let media = parameter.mediaType {
      return MediaTypeName(media.value).isJSON ? .json : parameter.location.value.defaultEncoding
    }
    let style = parameter.style?.value ?? parameter.location.value.styles[0]
    return Self.encoding(style, explode: parameter.explode ?? (style == .form))
  }

  static func encoding(_ style: Parameter.Style, explode: Bool) -> Parameter.Encoding {
    switch style {
    // An array with one value an item is the same in all three; an object is not.
    case .spaceDelimited where explode, .pipeDelimited where explode: .style(.form, explode: true)
    case .spaceDelimited, .pipeDelimited, .deepObject: .style(style, explode: false)
    default: .style(style, explode: explode)
    }
  }

  mutating func check(_ parameter: OpenAPI.Parameter, _ schema: ResolvedSchema, _ encoding: Parameter.Encoding) {
    let location = parameter.location.value
    if location == .path && !parameter.isRequired {
      diagnostics.error(
        .pathParameter, at: parameter.name.place,
        "the path parameter \"\(parameter.name.value)\" cannot be left out of a path; add \"required: true\"")
    }
    if location == .header, ["accept", "content-type", "authorization"].contains(parameter.name.value.lowercased()) {
      diagnostics.error(
        .unsupportedParameter, at: parameter.name.place,
        "OpenAPI takes \"\(parameter.name.value)\" from the content and the security of an operation; remove the parameter"
      )
    }
    guard case .style(let style, let explode) = encoding else { return }
    if let media = parameter.mediaType, !media.value.lowercased().hasPrefix("text/") {
      diagnostics.error(
        .unsupportedParameter, at: media.place,
        "a parameter in \"\(media.value)\" is not supported by SpecGen; use \"application/json\", or a \"schema\" with a \"style\""
      )
    }
    if isNullable(schema) && parameter.isRequired {
      diagnostics.error(
        .unsupportedParameter, at: parameter.schema.place,
        "a parameter is text, which cannot say null: null is the parameter left out (RFC 6570 §2.3); remove null or \"required: true\""
      )
    }
    guard let target = target(of: schema) else { return }
    if parameter.mediaType != nil
      ? isText(target)
      : fits(
        target, style, explode: explode, style: parameter.style?.place ?? parameter.name.place,
        isCookie: location == .cookie)
    {
      return
    }
    diagnostics.error(
      .unsupportedParameter, at: parameter.schema.place,
      "a \(location.rawValue) parameter of this type is not supported by SpecGen: its text has no place for what is within; use texts, numbers, booleans and enums, arrays and flat objects of them, or \"content: {application/json: …}\""
    )
  }

  /// Whether a style has a text for the values of a schema; true after an error that says more.
  ///
  /// - Parameter place: where the style is said.
  mutating func fits(
    _ target: ResolvedSchema, _ style: Parameter.Style, explode: Bool, style place: Place, isCookie: Bool
  ) -> Bool {
    let isForm = style == .form && explode
    if isScalar(target) {
      if [.spaceDelimited, .pipeDelimited, .deepObject].contains(style) {
        diagnostics.error(
          .parameterStyle, at: place,
          "\"\(style.rawValue)\" is a style of \(style == .deepObject ? "objects" : "arrays and objects"), and this is one value; remove the style"
        )
      }
      return true
    }
    switch target.kind {
    case .array(let item, let constraints):
      if style == .deepObject {
        diagnostics.error(
          .parameterStyle, at: place,
          "\"deepObject\" is a style of objects, and this is an array; use \"form\", \"spaceDelimited\" or \"pipeDelimited\""
        )
      }
      return isScalar(item) && !constraints.itemsAreNullable && !isNullable(item)
    case .map(let value, let constraints):
      if isForm && isCookie { return false }
      return isScalar(value) && !constraints.valuesAreNullable && !isNullable(value)
    case .object(let object):
      // The fields of a whole query or all cookies are shared with other parameters.
      let countsOthers = object.otherMembers != nil || object.minProperties != nil || object.maxProperties != nil
      if countsOthers && isForm { return false }
      let fields = object.properties.map(\.schema) + (object.otherMembers.map { [$0.schema] } ?? [])
      return fields.allSatisfy { isScalar($0) || ((isForm || style == .deepObject) && isScalarArray($0)) }
    default: return false
    }
  }

  /// Whether a value is one text: a text by itself, or one that is told from the text's kind.
  func isScalar(_ schema: ResolvedSchema, depth: Int = 0) -> Bool {
    guard let target = target(of: schema), depth < 16 else { return false }
    switch target.kind {
    case .json, .ruled, .literal: return true
    case .choice(let choice): return choice.cases.allSatisfy { isScalar($0.schema, depth: depth + 1) }
    default: return isText(target)
    }
  }

  func isScalarArray(_ schema: ResolvedSchema) -> Bool {
    guard let target = target(of: schema), case .array(let item, let constraints) = target.kind else { return false }
    return isScalar(item) && !constraints.itemsAreNullable && !isNullable(item)
  }

  /// The members of an exploded object stand beside the other parameters, so that no two can have one name.
  mutating func checkMembers(of parameters: [ResolvedParameter]) {
    for location in [Parameter.Location.query, .cookie] {
      let here = parameters.filter { $0.source.location.value == location }
      var seen: [String: Place] = [:]
      var map: Place?
      func isExploded(_ parameter: ResolvedParameter) -> Bool { parameter.encoding == .style(.form, explode: true) }
      for parameter in here {
        guard let target = target(of: parameter.schema), isExploded(parameter) else { continue }
        switch target.kind {
        case .object(let object):
          for property in object.properties {
            if let place = seen[property.name.value] {
              tellSharedMember(property.name.value, at: parameter.source.name.place, place)
            }
            seen[property.name.value] = parameter.source.name.place
          }
        case .map:
          if let map {
            diagnostics.error(
              .duplicateParameter, at: parameter.source.name.place,
              "\"\(parameter.source.name.value)\" takes every \(location.rawValue) parameter that no other takes, and so does another one; give one of the two the style \"deepObject\"",
              notes: [.init(place: map, message: "the other one is here")])
          }
          map = parameter.source.name.place
        default: continue
        }
      }
      for parameter in here {
        guard let place = seen[parameter.source.name.value], place != parameter.source.name.place else { continue }
        tellSharedMember(parameter.source.name.value, at: parameter.source.name.place, place)
      }
    }
  }

  private mutating func tellSharedMember(_ name: String, at place: Place, _ object: Place) {
    diagnostics.error(
      .duplicateParameter, at: place,
      "an object that is written as parameters of its own has a member \"\(name)\" too; rename one of the two, or give the object another style",
      notes: [.init(place: object, message: "the object is here")])
  }
}

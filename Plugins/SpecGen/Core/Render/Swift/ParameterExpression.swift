/// The expression that reads one parameter: `input.query.value("ids", .pipeDelimited) { $0.array { $0.integer() } }`.
struct ParameterExpression {
  let parameter: Parameter
  let expression: ReadExpression
  let types: TypeTable

  /// Whether the value is the map of all fields that are no other parameter; it is read after them.
  var isOfOthers: Bool {
    guard case .map = parameter.type else { return false }
    return isExplodedForm
  }

  /// Whether a failed reading leaves nothing to call the operation with.
  var isUnwrapped: Bool { parameter.isRequired && !isOfOthers }

  private var isExplodedForm: Bool { parameter.encoding == .style(.form, explode: true) }

  /// - Parameters:
  ///   - input: the name of the `InputReader`.
  ///   - index: the place of a path parameter's segment.
  ///   - segment: that segment.
  func text(from input: String, at index: Int, _ segment: PathSegment) -> String {
    var text = read(from: input, at: index, segment)
    if isOfOthers, parameter.isRequired { text += " ?? [:]" }
    if let initial = parameter.initialValue(types), initial != "nil" || parameter.saysNull {
      text += " ?? \(initial)"
    }
    return text
  }

  private func read(from input: String, at index: Int, _ segment: PathSegment) -> String {
    let name = SwiftSyntax.literal(parameter.name)
    let style = parameter.encoding.argument(for: parameter.type, besides: parameter.location.defaultEncoding)
    switch parameter.location {
    case .path:
      var part: String?
      if case .mixed(let template) = segment, let index = template.parameters.firstIndex(of: parameter.name) {
        part = "part: \(index), of: \(template.pattern)"
      }
      return "\(input).path(\(list([name, "at: \(index)", part, style]))) { \(value) }"
    case .header:
      return "\(input).\(parameter.isRequired ? "requiredHeader" : "header")(\(list([name, style]))) { \(value) }"
    case .query, .cookie:
      let fields = "\(input).\(parameter.location == .query ? "query" : "cookies")"
      if isOfOthers, case .map(let value, let constraints) = parameter.type {
        let arguments = expression.arguments(constraints)
        return "\(fields).others\(arguments.isEmpty ? "" : "(\(list(arguments)))") { "
          + "\(expression.readText(value, from: "$0")) }"
      }
      if isExplodedForm, case .named(let type) = parameter.type, case .object? = types[type] {
        return "\(fields).\(parameter.isRequired ? "requiredObject" : "object")(\(type).self)"
      }
      let empty = parameter.allowsEmpty && !takesEmpty ? "emptyIsAbsent: true" : nil
      return "\(fields).\(parameter.isRequired ? "required" : "value")(\(list([name, style, empty]))) { \(value) }"
    }
  }

  /// Whether an empty text is a value like any other.
  private var takesEmpty: Bool {
    if case .string = parameter.type { true } else { false }
  }

  private var value: String {
    guard parameter.encoding == .json else { return expression.readText(parameter.type, from: "$0") }
    let read = expression.read(parameter.type, from: "$0")
    return "$0.json { \(parameter.isNullable ? "$0.nullable { \(read) }" : read) }"
  }

  private func list(_ arguments: [String?]) -> String { arguments.compactMap(\.self).joined(separator: ", ") }
}

extension SegmentTemplate {
  /// The runtime's pattern for it: `SegmentPattern("", ".json")`.
  var pattern: String {
    "SegmentPattern(\(literals.map { SwiftSyntax.literal(Self.encoded($0)) }.joined(separator: ", ")))"
  }
}

extension Parameter.Encoding {
  /// The style as an argument; nil where it is what the call has by itself, or says nothing about one text.
  func argument(for type: TypeUse, besides common: Parameter.Encoding) -> String? {
    guard self != common, case .style(let style, let explode) = self else { return nil }
    switch style {
    case .spaceDelimited, .pipeDelimited, .deepObject: return ".\(style.rawValue)"
    case .simple, .form:
      switch type {
      case .array, .map, .named: return ".\(style.rawValue)(explode: \(explode))"
      default: return nil
      }
    case .label, .matrix: return ".\(style.rawValue)(explode: \(explode))"
    }
  }
}

/// Runtime expressions, by which links and callbacks take values out of requests and responses (OpenAPI 3.1 §4.8.20.3).
enum RuntimeExpression {
  /// The first part of a text that begins like an expression and is none: the whole text, or what stands in braces.
  static func firstFault(in text: String) -> String? {
    if text.hasPrefix("$") { return isExpression(text[...]) ? nil : text }
    for part in text.split(separator: "{").dropFirst(text.hasPrefix("{") ? 0 : 1) where part.hasPrefix("$") {
      let inner = part.prefix { $0 != "}" }
      if !isExpression(inner) { return String(inner) }
    }
    return nil
  }

  private static func isExpression(_ text: Substring) -> Bool {
    if ["$url", "$method", "$statusCode"].contains(text) { return true }
    guard let source = ["$request.", "$response."].first(where: text.hasPrefix) else { return false }
    let rest = text.dropFirst(source.count)
    if rest.hasPrefix("body") { return rest == "body" || rest == "body#" || rest.hasPrefix("body#/") }
    return ["header.", "query.", "path."].contains { rest.hasPrefix($0) && rest.count > $0.count }
  }
}

extension Loader {
  /// Warns of what looks like a runtime expression, but would be taken as it is.
  mutating func checkExpressions(in text: Located<String>?) {
    guard let text, let fault = RuntimeExpression.firstFault(in: text.value) else { return }
    diagnostics.warning(
      .invalidValue, at: text.place,
      "\"\(fault)\" is no runtime expression (OpenAPI 3.1 §4.8.20.3); write one such as \"$request.body#/url\" or \"$response.header.Location\""
    )
  }
}

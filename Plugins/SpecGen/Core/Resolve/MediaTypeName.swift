/// A media type as the key of `content` writes it, which may be a range (OpenAPI 3.1 §4.8.14).
struct MediaTypeName {
  /// In lower case.
  let type: String
  /// In lower case.
  let subtype: String

  init(_ text: String) {
    let essence = text.prefix { $0 != ";" }.trimmed.lowercased()
    let parts = essence.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    type = String(parts[0])
    subtype = parts.count > 1 ? String(parts[1]) : ""
  }

  var isJSON: Bool { type == "application" && subtype == "json" || subtype.hasSuffix("+json") }
  var isEvents: Bool { type == "text" && subtype == "event-stream" }
  var isProblem: Bool { type == "application" && subtype == "problem+json" }

  /// As the case of an enum: `json`, `eventStream`, `text`.
  var swiftName: String {
    switch (type, subtype) {
    case ("text", "plain"): "text"
    case ("*", _): "any"
    case (_, "*"): SwiftName.lowerCamel(type) ?? "any"
    default: SwiftName.lowerCamel(shortSubtype) ?? "other"
    }
  }

  /// With the type, for two that are alike without.
  var longSwiftName: String { SwiftName.lowerCamel("\(type) \(subtype)") ?? "other" }

  /// Without what says that it is not registered.
  private var shortSubtype: String {
    for prefix in ["x-", "vnd."] where subtype.hasPrefix(prefix) { return String(subtype.dropFirst(prefix.count)) }
    return subtype
  }
}

/// A media type as the key of `content` writes it, which may be a range (OpenAPI 3.1 §4.8.14).
struct MediaTypeName {
  /// In lower case.
  let type: String
  /// In lower case.
  let subtype: String

  init(_ text: String) {
    // Most are this one.
    if text == "application/json" {
      (type, subtype) = ("application", "json")
      return
    }
    let essence = text.prefix { $0 != ";" }.trimmed.lowercased()
    let parts = essence.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    type = String(parts[0])
    subtype = parts.count > 1 ? String(parts[1]) : ""
  }

  var isJSON: Bool { isPlainJSON || subtype.hasSuffix("+json") }
  /// Of a type that is registered (RFC 6838 §4.2), or of a range.
  var isOfKnownType: Bool {
    [
      "*", "application", "audio", "chemical", "example", "font", "haptics", "image", "message", "model", "multipart",
      "text", "video",
    ].contains(type) && !subtype.isEmpty || type.hasPrefix("x-")
  }

  var isPlainJSON: Bool { type == "application" && subtype == "json" }
  /// A JSON text a line, or a record (RFC 7464).
  var isLines: Bool {
    type == "application" && ["jsonl", "x-jsonl", "jsonlines", "x-ndjson", "ndjson", "json-seq"].contains(subtype)
  }
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

/// The names of the media types that the responses of one operation have.
struct MediaTypeNames {
  private var names: [String: String] = [:]

  /// As the case of an enum, another one for each media type.
  mutating func name(of mediaType: String) -> String {
    if let known = names[mediaType] { return known }
    let parsed = MediaTypeName(mediaType)
    let taken = Set(names.values)
    var name = parsed.swiftName
    if taken.contains(name) {
      let long = parsed.longSwiftName
      name = long
      var number = 2
      while taken.contains(name) {
        name = "\(long)\(number)"
        number += 1
      }
    }
    names[mediaType] = name
    return name
  }
}

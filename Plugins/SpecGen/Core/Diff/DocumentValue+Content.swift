/// What the document says of contents, wherever it is declared.
extension DocumentValue {
  /// The media types of the body or the response at a pointer.
  func content(at pointer: String) -> [Member] {
    var value = value(at: pointer)
    for _ in 0..<100 {
      guard let reference = value?["$ref"]?.text else { break }
      value = self.value(at: reference)
    }
    return value?["content"]?.memberList ?? []
  }

  /// That of a parameter, be it in its `content`.
  func schema(ofParameter pointer: String) -> DocumentValue? {
    if let schema = value(at: pointer + "/schema") { return schema }
    guard case .object(let content)? = value(at: pointer + "/content") else { return nil }
    return content.first?.value["schema"]
  }
}

extension Operation {
  /// Of each response, however many media types it has.
  var statuses: [String] {
    var statuses: [String] = []
    for status in responses.map(\.status.text) where !statuses.contains(status) { statuses.append(status) }
    return statuses
  }
}

extension Parameter {
  /// Whether it is the same on the wire.
  func isSame(as other: Parameter) -> Bool {
    guard location == other.location else { return false }
    return location == .header ? name.lowercased() == other.name.lowercased() : name == other.name
  }
}

/// What the document says of contents, wherever it is declared.
extension DocumentValue {
  /// The media types of the body or the response at a pointer.
  func content(at pointer: String) -> [Member] {
    resolved(value(at: pointer))?["content"]?.memberList ?? []
  }

  /// The fields of the response at a pointer, but for that which the content says (OpenAPI 3.1 §4.8.17.1).
  func headers(at pointer: String) -> [Member] {
    (resolved(value(at: pointer))?["headers"]?.memberList ?? []).compactMap { member in
      if member.key.lowercased() == "content-type" { return nil }
      return resolved(member.value).map { Member(key: member.key, value: $0) }
    }
  }

  /// What a value refers to, through further references; a value that is no reference itself.
  private func resolved(_ value: DocumentValue?) -> DocumentValue? {
    var value = value
    for _ in 0..<100 {
      guard let reference = value?["$ref"]?.text else { break }
      value = self.value(at: reference)
    }
    return value
  }

  /// That of a parameter, be it in its `content`.
  func schema(ofParameter pointer: String) -> DocumentValue? { value(at: pointer)?.valueSchema }

  /// Of a parameter or a header: the schema of its value, be it in its `content`.
  var valueSchema: DocumentValue? { self["schema"] ?? self["content"]?.memberList.first?.value["schema"] }
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

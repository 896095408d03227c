extension DocumentValue {
  /// The value of a member, or nil when there is none or this is no object.
  subscript(key: String) -> DocumentValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// The value that a URI fragment names: `#/components/schemas/User` (RFC 6901 §6, without percent-encoding).
  func value(at fragment: String) -> DocumentValue? {
    guard fragment.hasPrefix("#") else { return nil }
    var value = self
    for token in fragment.dropFirst().split(separator: "/") {
      let name = String(token).fromPointerToken
      switch value {
      case .object:
        guard let member = value[name] else { return nil }
        value = member
      case .array(let items):
        guard let index = Int(name), items.indices.contains(index) else { return nil }
        value = items[index]
      default:
        return nil
      }
    }
    return value
  }

  /// The text of a string.
  var text: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }
}

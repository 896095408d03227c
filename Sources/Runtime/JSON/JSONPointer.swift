/// Writing JSON Pointers (RFC 6901).
package enum JSONPointer {
  /// Unicode scalars of a pointer that are told at most.
  package static let limit = 1024

  /// The pointer to a member of the root.
  package static func member(_ name: String) -> String {
    "/" + escaped(name)
  }

  /// What is told of a pointer.
  static func bounded(_ pointer: String) -> String {
    String(String.UnicodeScalarView(pointer.unicodeScalars.prefix(limit)))
  }

  /// A name as a reference token.
  package static func escaped(_ name: String) -> String {
    guard name.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return name }
    var escaped = ""
    for character in name.unicodeScalars {
      switch character {
      case "~": escaped += "~0"
      case "/": escaped += "~1"
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }
}
